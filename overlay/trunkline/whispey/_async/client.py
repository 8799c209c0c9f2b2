"""The Whispey client."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Unpack

from trunkline._engine.client._async.client import AsyncAPIClient
from trunkline._engine.options import given
from trunkline._engine.urls import split_endpoint, warn_of_clear_text
from trunkline.whispey._async.resources.agents import AsyncAgents
from trunkline.whispey._async.resources.analytics import AsyncAnalytics
from trunkline.whispey._async.resources.calls import AsyncCalls
from trunkline.whispey._async.resources.exports import AsyncExports
from trunkline.whispey._async.resources.webhooks import AsyncWebhooks
from trunkline.whispey._provider import INGEST, INGEST_URL, PROVIDER
from trunkline_generated.whispey.client import AuthenticatedClient

if TYPE_CHECKING:
    from trunkline._engine.client._async.client import AsyncKeywords
    from trunkline._engine.provider import Provider
    from trunkline._secret import Secret
    from trunkline.whispey._async.resources.ingest import AsyncIngest


class AsyncWhispey(AsyncAPIClient):
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
        **keywords: Unpack[AsyncKeywords],
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
    def agents(self) -> AsyncAgents:
        """Voice agents that are observed."""
        return AsyncAgents(self)

    @property
    def calls(self) -> AsyncCalls:
        """Calls that were observed."""
        return AsyncCalls(self)

    @property
    def analytics(self) -> AsyncAnalytics:
        """Figures over a period."""
        return AsyncAnalytics(self)

    @property
    def webhooks(self) -> AsyncWebhooks:
        """Where events are sent."""
        return AsyncWebhooks(self)

    @property
    def exports(self) -> AsyncExports:
        """Calls as files."""
        return AsyncExports(self)

    @property
    def ingest(self) -> AsyncIngest:
        """Records of calls, sent to another server than the rest."""
        from trunkline.whispey._async.resources.ingest import AsyncIngest

        context = self._session.context.replace(provider=INGEST, base_url=self._ingest_server)
        return AsyncIngest(self._replaced(context))
