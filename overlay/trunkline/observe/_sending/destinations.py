"""Where sessions go: Whispey's ingest API, or a file of JSON Lines."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, Any, Final, Literal, Protocol

from trunkline._engine.options import checked_key, given
from trunkline._engine.provider import RetryRule
from trunkline._engine.session.retry import AttemptResult, is_retryable
from trunkline._engine.urls import split_endpoint, warn_of_clear_text
from trunkline.errors import APIError, APIStatusError, ConfigurationError, TrunklineError
from trunkline.observe._storage.outbox import Outcome
from trunkline.whispey._provider import INGEST_URL

if TYPE_CHECKING:
    from trunkline._secret import Secret
    from trunkline.observe._storage.journal import Delivery
    from trunkline.whispey import Whispey

__all__ = ["Destination", "FileDestination", "WhispeyDestination"]

_REPEATABLE: Final = RetryRule(idempotent=True, evidence="the caller's choice: at least once")


class Destination(Protocol):
    """An object that takes records of sessions."""

    @property
    def name(self) -> str:
        """Its kind."""
        ...

    @property
    def target(self) -> str:
        """Its address; it is given only records for this target."""
        ...

    @property
    def kinds(self) -> frozenset[str]:
        """Which records it takes: ``started``, ``ended``, ``recording``."""
        ...

    def send(self, delivery: Delivery, seconds: float, /) -> Outcome:
        """Deliver a record, within this many seconds."""
        ...


class WhispeyDestination:
    """Whispey's ingest API.

    Args:
        apikey: the key; without it ``WHISPEY_API_KEY`` is read.
        host_url: the complete URL to post to; without it ``WHISPEY_API_URL``, else the
            vendor's hosted service.
        client: a :class:`trunkline.Whispey` to send through, instead of both.

    Raises:
        ConfigurationError: there is no key, or the URL is not usable.
    """

    name: Literal["whispey"] = "whispey"
    #: A call that is stored cannot be changed: there is no way to add its recording later.
    kinds = frozenset({"started", "ended"})

    def __init__(
        self,
        apikey: str | Secret | None = None,
        host_url: str | None = None,
        *,
        client: Whispey | None = None,
    ) -> None:
        # Imported now: an import during a call would block the event loop, from any thread.
        from trunkline.whispey import Whispey, ingest

        self._models = ingest
        if client is None:
            key: str | Secret | None = given(apikey, "WHISPEY_API_KEY")
            key = checked_key(key, "WHISPEY_API_KEY", "apikey", "The session observer")
            url = given(host_url, "WHISPEY_API_URL") or INGEST_URL
            server, _ = split_endpoint(url, "Whispey", "host_url")
            warn_of_clear_text(server, "Whispey", "host_url")
            client = Whispey(key, ingest_url=url)
        self._client = client

    @property
    def target(self) -> str:
        """The URL without a query, which may hold a credential."""
        return self._client.ingest_url.partition("?")[0]

    def __repr__(self) -> str:
        return f"WhispeyDestination({self.target!r})"

    def send(self, delivery: Delivery, seconds: float) -> Outcome:
        """Post a record once."""
        models = self._models
        model: Any = models.CallStarted if delivery.kind == "started" else models.CallEnded
        try:
            record = model.from_dict(json.loads(delivery.payload or "{}"))
            client = self._client.with_options(
                max_retries=0, deadline=seconds, timeout=min(seconds, 20.0)
            )
            client.ingest.send(record)
        except APIError as error:
            return _outcome(error, delivery.policy)
        except TrunklineError as error:
            return Outcome("dead", f"{type(error).__name__}: {error}")
        return Outcome("sent")


def _outcome(error: APIError, policy: str) -> Outcome:
    reason = f"{type(error).__name__}: {error.message}"
    if policy == "at_least_once":
        result = AttemptResult(error.status, sent=error.maybe_accepted or error.status is not None)
        if is_retryable(result, _REPEATABLE):
            return Outcome("retry", reason, error.retry_after)
    elif error.maybe_accepted or (error.status is not None and error.status < 300):
        return Outcome("unknown", reason)
    elif error.status in {None, 429}:
        return Outcome("retry", reason, error.retry_after)
    return Outcome("dead" if isinstance(error, APIStatusError) else "unknown", reason)


class FileDestination:
    """A file to which each record is appended as one line of JSON.

    Args:
        path: the file; it is created for its owner only.

    Raises:
        ConfigurationError: the path is empty.
    """

    name: Literal["file"] = "file"
    kinds = frozenset({"ended", "recording"})

    def __init__(self, path: str | os.PathLike[str]) -> None:
        if not os.fspath(path):
            raise ConfigurationError("the path of FileDestination is empty")
        self._path = os.path.abspath(path)

    @property
    def target(self) -> str:
        """The absolute path."""
        return self._path

    def __repr__(self) -> str:
        return f"FileDestination({self._path!r})"

    def send(self, delivery: Delivery, _seconds: float) -> Outcome:
        """Append a record, whole or not at all."""
        line = f"{delivery.payload}\n".encode("ascii")
        try:
            file = os.open(self._path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
            try:
                return _appended(file, line)
            finally:
                os.close(file)
        except OSError as error:
            return Outcome("retry", f"cannot write {self._path}: {error.strerror}")


def _appended(file: int, line: bytes) -> Outcome:
    written = os.write(file, line)
    if written == len(line):
        return Outcome("sent")
    # A full disk takes a part; with other writers appending, it cannot be removed.
    os.write(file, b"\n")
    return Outcome("retry", f"only {written} of {len(line)} bytes could be written")
