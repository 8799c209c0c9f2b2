# Derived from whispey/_async/client.py by `make generate`; do not edit.
"""The Whispey client."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Unpack

from trunkline._engine.client._sync.client import APIClient
from trunkline._engine.options import given
from trunkline._engine.urls import split_endpoint, warn_of_clear_text
from trunkline.whispey._provider import INGEST, INGEST_URL, PROVIDER
from trunkline.whispey._sync.resources.agents import Agents
from trunkline.whispey._sync.resources.analytics import Analytics
from trunkline.whispey._sync.resources.calls import Calls
from trunkline.whispey._sync.resources.exports import Exports
from trunkline.whispey._sync.resources.webhooks import Webhooks
from trunkline_generated.whispey.client import AuthenticatedClient

if TYPE_CHECKING:
    from trunkline._engine.client._sync.client import Keywords
    from trunkline._engine.provider import Provider
    from trunkline._secret import Secret
    from trunkline.whispey._sync.resources.ingest import Ingest


class Whispey(APIClient):
    """Whispey: observed agents and calls, analytics, webhooks, exports, and the ingest API.

    Args:
        api_key: the key; without it ``WHISPEY_API_KEY`` is read.
        base_url: the server; without it ``WHISPEY_BASE_URL``, else production.
        ingest_url: the complete URL that ``ingest`` posts to; without it ``WHISPEY_API_URL``, else
            the vendor's hosted service. A self-hosted dashboard takes records at
            ``<dashboard>/api/logs/call-logs``.
        keywords: those of the clients' common base: timeout, deadline, max_retries, max_wait,
            max_response_bytes, headers, check_phone_numbers, max_connections, verify, proxy,
            transport, http_client, throttle, strict, observe,
            ledger, runtime.

    Raises:
        ConfigurationError: no key was given, or an argument of the connection is not usable.
        InvalidArgumentError: an option is not usable, such as a negative timeout.
    """

    _provider: ClassVar[Provider] = PROVIDER

    def __init__(
        self,
        api_key: str | Secret | None = None,
        *,
        base_url: str | None = None,
        ingest_url: str | None = None,
        **keywords: Unpack[Keywords],
    ) -> None:
        url = given(ingest_url, "WHISPEY_API_URL")
        self._ingest_url = INGEST_URL if url is None else url
        self._ingest_server, _ = split_endpoint(
            self._ingest_url, PROVIDER.display_name, "ingest_url"
        )
        warn_of_clear_text(self._ingest_server, PROVIDER.display_name, "ingest_url")
        super().__init__(api_key, base_url=base_url, **keywords)

    @property
    def raw(self) -> AuthenticatedClient:
        """The generated client of the REST API, on this client's engine."""
        return self._generated(AuthenticatedClient)

    @property
    def ingest_url(self) -> str:
        """The complete URL that ``ingest`` posts to."""
        return self._ingest_url

    @property
    def agents(self) -> Agents:
        """Voice agents that are observed."""
        return Agents(self)

    @property
    def calls(self) -> Calls:
        """Calls that were observed."""
        return Calls(self)

    @property
    def analytics(self) -> Analytics:
        """Figures over a period."""
        return Analytics(self)

    @property
    def webhooks(self) -> Webhooks:
        """Where events are sent."""
        return Webhooks(self)

    @property
    def exports(self) -> Exports:
        """Calls as files."""
        return Exports(self)

    @property
    def ingest(self) -> Ingest:
        """Records of calls, sent to another server than the rest."""
        from trunkline.whispey._sync.resources.ingest import Ingest

        context = self._session.context.replace(provider=INGEST, base_url=self._ingest_server)
        return Ingest(self._replaced(context))
