"""The Phone.ai client."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from trunkline._engine.client._async.client import AsyncAPIClient
from trunkline.phone_ai._async.resources.agents import AsyncAgents
from trunkline.phone_ai._async.resources.calls import AsyncCalls
from trunkline.phone_ai._provider import PROVIDER
from trunkline_generated.phone_ai.client import AuthenticatedClient

if TYPE_CHECKING:
    from trunkline._engine.provider import Provider


class AsyncPhoneAI(AsyncAPIClient):
    """Phone.ai: voice calls and voice agents.

    The vendor allows 100 requests a minute; ``with_raw_response`` shows how many are left.

    Args:
        api_key: the token; without it ``PHONE_AI_API_KEY`` is read.
        base_url: the server; without it ``PHONE_AI_BASE_URL``, else production.
        keywords: those of the clients' common base: timeout, deadline, max_retries, max_wait,
            max_response_bytes, headers, check_phone_numbers, max_connections, verify, proxy,
            transport, http_client, throttle, strict, observe,
            ledger, runtime.

    Raises:
        ConfigurationError: no token was given, or an argument of the connection is not usable.
        InvalidArgumentError: an option is not usable, such as a negative timeout.
    """

    _provider: ClassVar[Provider] = PROVIDER

    @property
    def raw(self) -> AuthenticatedClient:
        """The generated client, on this client's engine."""
        return self._generated(AuthenticatedClient)

    @property
    def calls(self) -> AsyncCalls:
        """Voice calls."""
        return AsyncCalls(self)

    @property
    def agents(self) -> AsyncAgents:
        """Voice agents and their personas."""
        return AsyncAgents(self)
