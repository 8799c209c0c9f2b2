"""The options of a client and of a single call, normalised in one place."""

from __future__ import annotations

import logging
import math
import os
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeVar, cast

from trunkline._engine.headers import header_pairs, merge_headers
from trunkline._redact import quoted
from trunkline._secret import Secret
from trunkline.errors import ConfigurationError, InvalidArgumentError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import httpx

_log: Final = logging.getLogger("trunkline")


T = TypeVar("T")


MiB: Final = 1024 * 1024


#: The longest time limit of a phase, a day; a longer one is cut to it.
LONGEST_PHASE: Final = 86_400.0


class Options(NamedTuple):
    """How calls are made; every value can be changed for one call with ``with_options``.

    Attributes:
        connect: seconds to open a connection, TLS included.
        read: seconds without a byte from the server.
        write: seconds without a byte taken by the server.
        pool: seconds to wait for a free connection.
        deadline: seconds for all attempts together, waits and bodies included; ``inf`` for none.
        max_retries: attempts after the first.
        max_wait: the longest single wait in seconds that a server may ask for.
        max_response_bytes: a longer response body is refused, counted after decompression.
        headers: further request headers.
        extra_query: further query parameters of one call, see ``ExtraOptions``.
        extra_body: further members of its JSON body.
        key: the caller's own key of the operation, shown in errors.
        check_numbers: whether telephone numbers are checked before anything is sent.
        strict: whether a response that differs from the contract is an error.
        observe: an ``Observer`` that counts the shapes of responses; None counts nothing.
        send_hook: an ``AsyncSendHook`` or a ``SendHook``, called right before the first byte of a
            request is sent; None for no hook.
    """

    connect: float = 5.0
    read: float = 20.0
    write: float = 20.0
    pool: float = 5.0
    deadline: float = 60.0
    max_retries: int = 2
    max_wait: float = 60.0
    max_response_bytes: int = 64 * MiB
    headers: tuple[tuple[bytes, bytes], ...] = ()
    extra_query: tuple[tuple[str, str], ...] = ()
    extra_body: Mapping[str, Any] = {}
    key: str | None = None
    check_numbers: bool = True
    strict: bool = False
    observe: Any = None
    send_hook: Any = None

    def __repr__(self) -> str:
        """Leave out what may be secret, such as the headers."""
        return f"Options(deadline={self.deadline!r}, max_retries={self.max_retries!r})"

    def changed(
        self,
        *,
        timeout: float | httpx.Timeout | None = None,
        headers: Mapping[str, str] | None = None,
        observe: str | os.PathLike[str] | bool | None = None,
        **changes: Any,
    ) -> Options:
        """Return these options with the given changes; None leaves a value as it is.

        Raises:
            InvalidArgumentError: a value is not usable; the message names it and the remedy.
            ConfigurationError: ``observe`` names a folder that cannot be written to.
        """
        known = {name: value for name, value in changes.items() if value is not None}
        known.update(_checked(known))
        if timeout is not None:
            known.update(_phases(timeout))
        if headers is not None:
            known["headers"] = merge_headers(self.headers, header_pairs(headers))
        if observe is not None:
            known["observe"] = None if observe is False else _observer(observe)
        return self._replace(**known)


def strict_by_default() -> bool:
    """Return whether the environment asks for strict mode: ``TRUNKLINE_STRICT=1``.

    Raises:
        ConfigurationError: the variable is neither on nor off.
    """
    value = os.environ.get("TRUNKLINE_STRICT", "").strip().lower()
    if value in {"", "0", "false", "no", "off"}:
        return False
    if value in {"1", "true", "yes", "on"}:
        return True
    raise ConfigurationError(f"TRUNKLINE_STRICT must be 1 or 0, not {value[:20]!r}")


def _observer(folder: Any) -> Any:
    from trunkline._shapes.observer import observer_at

    usable = isinstance(folder, str | os.PathLike)
    path = os.fspath(cast("str", folder)) if usable else ""
    if not path:
        raise InvalidArgumentError(
            f"observe must be the path of a folder, or False, not {quoted(folder)}"
        )
    try:
        return observer_at(path)
    except OSError as error:
        raise ConfigurationError(
            f"observe: the folder {path} cannot be used: {error.strerror}; name one "
            "that this process may write to"
        ) from error


def _checked(values: Mapping[str, Any]) -> dict[str, Any]:
    retries = values.get("max_retries", 0)
    if isinstance(retries, bool) or not isinstance(retries, int) or retries < 0:
        raise InvalidArgumentError(
            f"max_retries must be 0 or a positive integer, not {quoted(retries)}"
        )
    key = values.get("key", "-")
    if not isinstance(key, str) or not key:
        raise InvalidArgumentError("key must be a non-empty text, such as your order's number")
    times = {
        name: positive(name, values[name], finite=False)
        for name in ("deadline", "max_wait")
        if name in values
    }
    if "max_response_bytes" in values:
        times["max_response_bytes"] = math.ceil(
            positive("max_response_bytes", values["max_response_bytes"])
        )
    return times


def positive(name: str, value: Any, *, finite: bool = True) -> float:
    """Return ``value`` as a float above 0.

    Raises:
        InvalidArgumentError: it is not a number, not above 0, or infinite where not allowed.
    """
    number = isinstance(value, int | float) and not isinstance(value, bool)
    try:
        amount = float(value) if number else 0.0
    except OverflowError:
        amount = math.inf
    if amount > 0 and not (finite and math.isinf(amount)):
        return amount
    raise InvalidArgumentError(f"{name} must be a number above 0, not {quoted(value)}")


def _phases(timeout: Any) -> dict[str, float]:
    if isinstance(timeout, int | float) and not isinstance(timeout, bool):
        return dict.fromkeys(("connect", "read", "write", "pool"), _phase("timeout", timeout))
    read: Callable[[], dict[str, float | None]] | None = getattr(timeout, "as_dict", None)
    if read is None:
        raise InvalidArgumentError(
            f"timeout must be a number of seconds or an httpx.Timeout, not {type(timeout).__name__}"
        )
    phases = read()
    if None in phases.values():
        raise InvalidArgumentError("timeout has a phase without a limit: give each one seconds")
    return {name: _phase(f"timeout.{name}", value) for name, value in phases.items()}


def _phase(name: str, value: Any) -> float:
    # The operating system's timers have a maximum, and Python's calls fail above it.
    return min(positive(name, value), LONGEST_PHASE)


def given(value: T | None, variable: str) -> T | str | None:
    """Return the argument if given, else the environment variable's text, if any.

    "" does not mean "not given": an empty setting must not silently fall back to the key in the
    environment or to the vendor's own server.
    """
    return os.environ.get(variable) or None if value is None else value


def checked_key(key: str | Secret | None, variable: str, argument: str, title: str) -> Secret:
    """Return a key that can be sent in a header.

    Raises:
        ConfigurationError: it is missing or unusable; the message names both ways to pass it.
    """
    text = key.reveal() if isinstance(key, Secret) else key
    if text is None:
        raise missing_key(f"{title} needs a key", argument, variable)
    if not isinstance(text, str):
        raise ConfigurationError(f"{argument} must be text, not {type(text).__name__}")
    if not text:
        raise ConfigurationError(f"{title}: {argument} is empty; leave it out to read {variable}")
    if not text.isascii() or not text.isprintable() or " " in text:
        raise ConfigurationError(
            f"the key in {argument}= or {variable} holds spaces, line ends or characters outside "
            "ASCII: copy it again"
        )
    return Secret(text)


def missing_key(need: str, argument: str, variable: str) -> ConfigurationError:
    """Return the error for a missing key; it names both ways to pass it."""
    return ConfigurationError(
        f"{need}: pass {argument}=... or set the environment variable {variable}"
    )
