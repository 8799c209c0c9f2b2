"""The StateSet Voice client."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from trunkline._engine.client._async.client import AsyncAPIClient
from trunkline.stateset_voice._async.resources.calls import AsyncCalls
from trunkline.stateset_voice._async.resources.health import AsyncHealth
from trunkline.stateset_voice._async.resources.lists import AsyncCallLogs, AsyncVoiceSessions
from trunkline.stateset_voice._provider import PROVIDER
from trunkline_generated.stateset_voice_public.client import AuthenticatedClient

if TYPE_CHECKING:
    from trunkline._engine.provider import Provider
    from trunkline_generated.stateset_voice_public.models.make_call_response import MakeCallResponse


class AsyncStateSetVoice(AsyncAPIClient):
    """StateSet Voice: outbound calls, call logs, voice sessions.

    Args:
        api_key: the key; without it ``STATESET_VOICE_API_KEY`` is read.
        base_url: the server; without it ``STATESET_VOICE_BASE_URL``, else production.
        keywords: those of the clients' common base: timeout, deadline, max_retries, max_wait,
            max_response_bytes, headers, check_phone_numbers, max_connections, verify, proxy,
            transport, http_client, throttle, strict, observe,
            ledger, runtime.

    Raises:
        ConfigurationError: no key was given, or an argument of the connection is not usable.
        InvalidArgumentError: an option is not usable, such as a negative timeout.
    """

    _provider: ClassVar[Provider] = PROVIDER

    @property
    def raw(self) -> AuthenticatedClient:
        """The generated client, on this client's engine."""
        return self._generated(AuthenticatedClient)

    @property
    def calls(self) -> AsyncCalls:
        """Outbound calls."""
        return AsyncCalls(self)

    @property
    def call_logs(self) -> AsyncCallLogs:
        """The history of calls."""
        return AsyncCallLogs(self)

    @property
    def voice_sessions(self) -> AsyncVoiceSessions:
        """The persisted sessions of calls."""
        return AsyncVoiceSessions(self)

    @property
    def health(self) -> AsyncHealth:
        """Whether the service can take calls."""
        return AsyncHealth(self)

    async def make_call(
        self,
        *,
        to: str,
        from_: str | None = None,
        agent_key: str | None = None,
        agent_version_id: str | None = None,
        greeting: str | None = None,
        org_id: str | None = None,
        key: str | None = None,
        attempt: int = 1,
        retry_rejected: bool = False,
    ) -> MakeCallResponse:
        """Start an outbound call; the same as ``calls.make``."""
        return await self.calls.make(
            to=to,
            from_=from_,
            agent_key=agent_key,
            agent_version_id=agent_version_id,
            greeting=greeting,
            org_id=org_id,
            key=key,
            attempt=attempt,
            retry_rejected=retry_rejected,
        )
