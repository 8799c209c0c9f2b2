"""State shared by all calls of one client: settings, credentials, retry budget, cooldowns."""

from __future__ import annotations

import copy
import sys
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urljoin, urlsplit

import httpx

from trunkline import errors
from trunkline._engine.cooldown import Cooldowns
from trunkline._engine.models import Origin, RawHeaders
from trunkline._engine.options import missing_key
from trunkline._engine.runtime import SYSTEM, Runtime
from trunkline._engine.session.retry_budget import UNASSIGNED, RetryBudget, budget_for
from trunkline._engine.urls import ascii_host
from trunkline._secret import Secret
from trunkline._version import __version__

if TYPE_CHECKING:
    from trunkline._engine.options import Options
    from trunkline._engine.provider import Provider
    from trunkline.ledger import Ledger

Header = tuple[bytes, bytes]

#: Sent unless the contract names other media types for an operation's success.
JSON_ACCEPT: Final[Header] = (b"Accept", b"application/json")


@lru_cache(maxsize=1)
def user_agent() -> bytes:
    """Return the User-Agent: this package's version, Python's and httpx's."""
    python = ".".join(map(str, sys.version_info[:3]))
    return f"trunkline/{__version__} python/{python} httpx/{httpx.__version__}".encode()


class ClientContext:
    """What a client's calls share, sync and async alike; performs no I/O."""

    def __init__(
        self,
        provider: Provider,
        base_url: str,
        key: Secret,
        options: Options,
        runtime: Runtime = SYSTEM,
    ) -> None:
        self.provider, self.base_url, self.key = provider, base_url, key
        self.options, self.runtime = options, runtime
        self.user_token = Secret("")
        self.anonymous = False
        self.budget: RetryBudget = UNASSIGNED
        self.cooldowns = Cooldowns()
        self.ledger: Ledger | None = None
        self._derive()

    def _derive(self) -> None:
        """Set the attributes that are derived from the others."""
        parts = urlsplit(self.base_url)
        self.origin = Origin(
            parts.scheme.encode(), ascii_host(parts.hostname or "").encode(), parts.port
        )
        self.prefix = parts.path
        self.budget = self._budget()
        given = {name.lower() for name, _ in self.without_key(self.options.headers)}
        defaults = (
            (b"Host", self.origin.netloc),
            (b"User-Agent", user_agent()),
            JSON_ACCEPT,
            (b"Accept-Encoding", b"gzip"),  # "deflate" is in use in two forms
        )
        self.default_headers: RawHeaders = [
            pair for pair in defaults if pair[0].lower() not in given
        ]
        self.credentials = self._header(self.key), self._header(self.user_token)

    def _budget(self) -> RetryBudget:
        # A download from another host must not count against this server's budget.
        origin = self.origin
        address = (origin.scheme, origin.host, origin.port_number)
        server = (self.provider.name, *address, self.runtime.monotonic)
        if self.budget.server in {None, server}:  # budget_for() may have forgotten the server since
            return self.budget
        return budget_for(*server)

    def without_key(self, headers: tuple[Header, ...]) -> tuple[Header, ...]:
        """Return headers unchanged.

        Raises:
            InvalidArgumentError: one of them is the header that carries the key.
        """
        name = self.provider.key_header.lower().encode()
        if any(name == other.lower() for other, _ in headers):
            raise errors.InvalidArgumentError(
                f"the header {self.provider.key_header} cannot be set: give the key as api_key="
            )
        return headers

    def _header(self, secret: Secret) -> Header | None:
        provider = self.provider
        value = f"{provider.key_prefix}{secret.reveal()}".encode()
        return (provider.key_header.encode(), value) if secret else None

    def credential(self, operation_id: str | None) -> Header:
        """Return the header that authorises an operation.

        Raises:
            ConfigurationError: the key or token that it needs was not given.
        """
        provider = self.provider
        for_user = operation_id in provider.user_token_operations
        header = self.credentials[for_user]
        if header is not None:
            return header
        if for_user:
            need = f"{provider.display_name} needs the token of a logged-in user for {operation_id}"
            raise missing_key(need, "user_token", f"{provider.env}_USER_TOKEN")
        need = f"{provider.display_name} needs a key for {operation_id or 'this request'}"
        raise missing_key(need, "api_key", f"{provider.env}_API_KEY")

    def replace(self, **changes: Any) -> ClientContext:
        """Return a context with other options or another key; budget and clock stay shared.

        Cooldowns are shared as well, but not with another account.
        """
        if changes.keys() & {"base_url", "key", "user_token"}:
            changes["cooldowns"] = Cooldowns()
        made = copy.copy(self)
        for name, value in changes.items():
            setattr(made, name, value)
        made._derive()  # noqa: SLF001 - the same class
        return made


def context_for_url(context: ClientContext, url: str, base: str = "") -> tuple[ClientContext, str]:
    """Return a context for the server of a URL, and the URL's path and query.

    Requests to other origins carry no credentials and nothing that the caller added.

    Args:
        context: the client's own.
        url: absolute, or relative to ``base``.
        base: the URL that it is relative to.

    Raises:
        ValueError: the URL cannot be followed: its scheme is not http or https, or it is http
            while the client uses https, or it has a user name.
    """
    parts = urlsplit(urljoin(base, url))
    downgraded = context.origin.scheme == b"https" and parts.scheme != "https"
    if parts.scheme not in {"http", "https"} or not parts.hostname or downgraded:
        raise ValueError("not a URL to follow")
    if "@" in parts.netloc:
        raise ValueError("the URL holds a user name")
    other = context.replace(
        base_url=f"{parts.scheme}://{parts.netloc}",
        anonymous=True,
        options=context.options._replace(headers=(), extra_query=(), extra_body={}),
    )
    return other, (parts.path or "/") + (f"?{parts.query}" if parts.query else "")


def is_same_origin(context: ClientContext, url: str) -> bool:
    """Return whether a URL points at the client's own server (RFC 6454, section 4)."""
    try:
        origin = context_for_url(context, url)[0].origin
    except ValueError:
        return False
    return _comparable(origin) == _comparable(context.origin)


def _comparable(origin: Origin) -> tuple[bytes, bytes, int]:
    return origin.scheme, origin.host.lower(), origin.port_number
