# Derived from _engine/client/_async/client.py by `make generate`; do not edit.
"""What the four clients have in common."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any, ClassVar, Literal, Protocol, Self, TypedDict, TypeVar

from trunkline._engine.client.operation import expand_keywords
from trunkline._engine.options import Options, checked_key, given, strict_by_default
from trunkline._engine.runtime import SYSTEM, Runtime
from trunkline._engine.session._sync.session import Session
from trunkline._engine.session.context import ClientContext
from trunkline._engine.transport._sync.factory import sync_transport
from trunkline._engine.urls import checked_base_url, warn_of_clear_text
from trunkline.errors import ConfigurationError

if TYPE_CHECKING:
    import os
    import ssl
    from collections.abc import Callable, Mapping
    from inspect import Signature
    from types import TracebackType

    import httpx

    from trunkline._engine.provider import Provider
    from trunkline._engine.runtime import Runtime
    from trunkline._engine.session._sync.rate_limit import Limiter
    from trunkline._secret import Secret
    from trunkline.ledger import Ledger


class GeneratedClient(Protocol):
    """The part of a generated client that the engine fills in."""

    def set_httpx_client(self, client: httpx.Client) -> Any:
        """Use this httpx client."""
        ...


G = TypeVar("G", bound=GeneratedClient)


class APIClient:
    """A client of one API.

    Args:
        api_key: the key; without it the environment's ``<PREFIX>_API_KEY`` is read.
        base_url: the server; without it ``<PREFIX>_BASE_URL``, else production.
        timeout: seconds for each phase (connect, read, write, pool), or an ``httpx.Timeout``.
            Defaults to 5, 20, 20 and 5.
        deadline: seconds for all attempts of a call together, waits and body included (60).
        max_retries: attempts after the first (2).
        max_wait: the longest wait in seconds that a server may ask for (60).
        max_response_bytes: a longer body is refused (64 MiB).
        headers: further headers of every request.
        check_phone_numbers: whether numbers must be in E.164 form before anything is sent.
        max_connections: how many connections may be open at once (100).
        verify: True, a path to a private authority's PEM file, an ``ssl.SSLContext``, or False.
        proxy: the URL of an HTTP proxy; without it HTTP_PROXY, HTTPS_PROXY, ALL_PROXY and
            NO_PROXY apply, read when the client is made. SOCKS proxies and proxies that
            need TLS go through ``http_client=``.
        transport: an httpx transport to send through instead of the pool of this package.
        http_client: an httpx client to send through; it stays open when this one closes.
        throttle: True delays requests to stay within the limits that the vendor publishes; all
            clients of this process with the same key share them. Your own limiter may also share
            them between processes.
        strict: whether a success that differs from the contract (a required field is absent, a
            value has another type) is a ResponseValidationError. By default it becomes a result
            that reports where it differs (``deviations``), unless the environment has
            ``TRUNKLINE_STRICT=1``. Meant for tests and staging.
        observe: a folder in which the shapes of responses are counted, for ``trunkline contracts
            learn``: never a value, header or address. Without it ``TRUNKLINE_OBSERVE`` is read,
            else nothing is counted; False turns it off even then.
        ledger: a ``trunkline.ledger.Ledger`` that records every call made under a key; without it
            ``TRUNKLINE_LEDGER`` is read, else there is none. It stays open when this client closes.
        runtime: the clock, sleep and randomness; for tests.

    Raises:
        ConfigurationError: no key was given, or a connection argument or the folder of
            ``observe`` is not usable.
        InvalidArgumentError: an option is not usable: timeout, deadline, max_retries, max_wait,
            max_response_bytes, headers or observe.
    """

    _provider: ClassVar[Provider]
    __signature__: ClassVar[Signature]

    def __init_subclass__(cls, **further: Any) -> None:
        """Make help and completion show every argument of a client that passes some on."""
        super().__init_subclass__(**further)
        cls.__signature__ = expand_keywords(cls.__init__, APIClient.__init__)

    def __init__(
        self,
        api_key: str | Secret | None = None,
        *,
        base_url: str | None = None,
        timeout: float | httpx.Timeout | None = None,
        deadline: float | None = None,
        max_retries: int | None = None,
        max_wait: float | None = None,
        max_response_bytes: int | None = None,
        headers: Mapping[str, str] | None = None,
        check_phone_numbers: bool = True,
        max_connections: int = 100,
        verify: ssl.SSLContext | str | bool = True,
        proxy: str | None = None,
        transport: httpx.BaseTransport | None = None,
        http_client: httpx.Client | None = None,
        throttle: bool | Limiter = False,
        strict: bool | None = None,
        observe: str | os.PathLike[str] | Literal[False] | None = None,
        ledger: Ledger | None = None,
        runtime: Runtime = SYSTEM,
    ) -> None:
        exact = strict_by_default() if strict is None else strict
        options = Options(check_numbers=check_phone_numbers, strict=exact).changed(
            timeout=timeout,
            deadline=deadline,
            max_retries=max_retries,
            max_wait=max_wait,
            max_response_bytes=max_response_bytes,
            headers=headers,
            observe=given(observe, "TRUNKLINE_OBSERVE"),
        )
        context = self._new_context(api_key, base_url, options, runtime)
        if given(ledger, "TRUNKLINE_LEDGER") is not None:
            from trunkline._engine.client.ledgers import checked_ledger

            context.ledger = checked_ledger(ledger)
        sender = sync_transport(
            context.origin,
            runtime.monotonic,
            max_connections,
            verify=verify,
            proxy=proxy,
            transport=transport,
            http_client=http_client,
        )
        if throttle is not False:
            from trunkline._engine.session._sync.rate_limit import sync_rate_limited

            sender = sync_rate_limited(sender, throttle, context)
        self._session = Session(context, sender)

    def _new_context(
        self, api_key: str | Secret | None, base_url: str | None, options: Options, runtime: Runtime
    ) -> ClientContext:
        provider = self._provider
        variable = f"{provider.env}_BASE_URL"
        url = given(base_url, variable)
        checked = checked_base_url(provider.base_url if url is None else url, provider.display_name)
        warn_of_clear_text(checked, provider.display_name)
        return ClientContext(provider, checked, self._key(api_key), options, runtime)

    def _key(self, api_key: str | Secret | None) -> Secret:
        provider = self._provider
        variable = f"{provider.env}_API_KEY"
        return checked_key(given(api_key, variable), variable, "api_key", provider.display_name)

    def with_options(
        self,
        *,
        timeout: float | httpx.Timeout | None = None,
        deadline: float | None = None,
        max_retries: int | None = None,
        max_wait: float | None = None,
        max_response_bytes: int | None = None,
        headers: Mapping[str, str] | None = None,
        strict: bool | None = None,
        observe: str | os.PathLike[str] | Literal[False] | None = None,
        key: str | None = None,
    ) -> Self:
        """Return this client with other options, on the same connections.

        Args:
            timeout: seconds for each phase, or an ``httpx.Timeout``.
            deadline: seconds for all attempts together; ``math.inf`` for no deadline.
            max_retries: attempts after the first.
            max_wait: the longest wait in seconds that a server may ask for.
            max_response_bytes: a longer body is refused.
            headers: further request headers.
            strict: whether a success that differs from the contract is an error.
            observe: a folder in which the shapes of responses are counted; False counts none.
            key: your own key of the operation, such as an order number; errors carry it. A
                ledger ignores it: for that, ``key=`` is an argument of the call.

        Raises:
            InvalidArgumentError: a value is not usable.
        """
        context = self._session.context
        options = context.options.changed(
            timeout=timeout,
            deadline=deadline,
            max_retries=max_retries,
            max_wait=max_wait,
            max_response_bytes=max_response_bytes,
            headers=headers,
            strict=strict,
            observe=observe,
            key=key,
        )
        return self._replaced(context.replace(options=options))

    def _replaced(self, context: ClientContext, *, capture: bool = False) -> Self:
        other = copy.copy(self)
        other.__dict__.pop("_raw_client", None)  # made again on first use, with the other session
        other._session = self._session.replace(context, capture=capture)  # noqa: SLF001 - its own copy
        return other

    def _generated(self, client: Callable[..., G]) -> G:
        """Return a generated client that sends through this client's session."""
        made: G | None = self.__dict__.get("_raw_client")
        if made is None:
            made = client(
                base_url=self._session.context.base_url,
                token="",
                invalid_response=self._session.invalid_response,
                deviating=self._session.report_deviations,
            )
            made.set_httpx_client(self._session)
            self.__dict__["_raw_client"] = made
        return made

    def close(self) -> None:
        """Close all connections; a client made by ``with_options`` shares them."""
        self._session.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        session = self.__dict__.get("_session")
        if session is None:  # __init__ has raised, and its variables are shown
            return f"<{type(self).__name__}, not initialised>"
        return f"{type(self).__name__}(base_url={session.context.base_url!r})"

    def __reduce__(self) -> Any:
        raise ConfigurationError(
            f"{type(self).__name__} holds sockets and a key and cannot be pickled or copied: make "
            "one in each process"
        )

    def __copy__(self) -> Self:
        other = object.__new__(type(self))
        other.__dict__.update(self.__dict__)
        return other


class Keywords(TypedDict, total=False):
    """The keyword arguments of ``APIClient`` except base_url; that class explains them."""

    timeout: float | httpx.Timeout | None
    deadline: float | None
    max_retries: int | None
    max_wait: float | None
    max_response_bytes: int | None
    headers: Mapping[str, str] | None
    check_phone_numbers: bool
    max_connections: int
    verify: ssl.SSLContext | str | bool
    proxy: str | None
    transport: httpx.BaseTransport | None
    http_client: httpx.Client | None
    throttle: bool | Limiter
    strict: bool | None
    observe: str | os.PathLike[str] | Literal[False] | None
    ledger: Ledger | None
    runtime: Runtime
