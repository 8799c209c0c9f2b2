"""The Phone.ai client."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar

from trunkline._engine.client._async.client import AsyncAPIClient
from trunkline._engine.client._async.resource import AsyncAPIResource
from trunkline._engine.client.operation import expect, operation
from trunkline._engine.client.raw_response import async_raw
from trunkline._engine.client.validation import identifier
from trunkline.phone_ai._fields import open_body
from trunkline.phone_ai._provider import PROVIDER
from trunkline_generated.phone_ai.api.agents import create_agent, update_agent, upsert_persona
from trunkline_generated.phone_ai.api.calls import (
    create_call,
    hangup_call,
    inject_audio,
    respond_to_call,
    route_call,
)
from trunkline_generated.phone_ai.client import AuthenticatedClient
from trunkline_generated.phone_ai.models.agent_request import AgentRequest
from trunkline_generated.phone_ai.models.agent_result import AgentResult
from trunkline_generated.phone_ai.models.audio_request import AudioRequest
from trunkline_generated.phone_ai.models.audio_result import AudioResult
from trunkline_generated.phone_ai.models.call_request import CallRequest
from trunkline_generated.phone_ai.models.call_result import CallResult
from trunkline_generated.phone_ai.models.hangup_request import HangupRequest
from trunkline_generated.phone_ai.models.hangup_result import HangupResult
from trunkline_generated.phone_ai.models.persona_request import PersonaRequest
from trunkline_generated.phone_ai.models.persona_result import PersonaResult
from trunkline_generated.phone_ai.models.respond_request import RespondRequest
from trunkline_generated.phone_ai.models.respond_result import RespondResult
from trunkline_generated.phone_ai.models.route_request import RouteRequest
from trunkline_generated.phone_ai.models.route_result import RouteResult

if TYPE_CHECKING:
    from trunkline._engine.provider import Provider


class AsyncCalls(AsyncAPIResource[AuthenticatedClient]):
    """Voice calls.

    The vendor documents no field of any request or response: what you pass is sent as it is, and
    results answer ``result["name"]`` and ``result.get("name")``.
    """

    @property
    def with_raw_response(self) -> AsyncCallsRaw:
        """The same methods, returning the response beside the result."""
        return AsyncCallsRaw(self)

    @operation(create_call)
    async def create(self, **fields: Any) -> CallResult:
        """Start a call (operation ``create_call``).

        It is never repeated after a timeout or a 5xx: the call may have been started, and there
        is no operation to look it up with.

        Args:
            fields: the request's fields, JSON values, sent unchecked; ``from_`` is sent as
                ``from``.

        Raises:
            InvalidArgumentError: a field is not a JSON value.
            AmbiguousResultError: no answer came and the call may have been started.
            APIError: anything else that went wrong.
        """
        body = open_body(CallRequest, fields)
        return expect(CallResult, await create_call.asyncio(client=self._raw, body=body))

    @operation(hangup_call)
    async def hangup(self, call_id: str, **fields: Any) -> HangupResult:
        """End an active call (operation ``hangup_call``).

        Args:
            call_id: the call's id.
            fields: the request's fields, JSON values, sent unchecked.

        Raises:
            InvalidArgumentError: the id is empty or a field is not a JSON value.
            APIError: the request failed.
        """
        place = identifier("call_id", call_id)
        body = open_body(HangupRequest, fields)
        client = self._raw
        return expect(HangupResult, await hangup_call.asyncio(place, client=client, body=body))

    @operation(respond_to_call)
    async def respond(self, call_id: str, **fields: Any) -> RespondResult:
        """Send a response into an active call (operation ``respond_to_call``).

        It is never repeated after a timeout or a 5xx: the response may have been spoken.

        Args:
            call_id: the call's id.
            fields: the request's fields, JSON values, sent unchecked.

        Raises:
            InvalidArgumentError: the id is empty or a field is not a JSON value.
            AmbiguousResultError: no answer came and the response may have been taken.
            APIError: anything else that went wrong.
        """
        place = identifier("call_id", call_id)
        body = open_body(RespondRequest, fields)
        client = self._raw
        return expect(RespondResult, await respond_to_call.asyncio(place, client=client, body=body))

    @operation(inject_audio)
    async def audio(self, call_id: str, **fields: Any) -> AudioResult:
        """Inject audio into an active call (operation ``inject_audio``).

        Whether audio is given as a URL or in base64 is not documented. It is never repeated after
        a timeout or a 5xx, although it is a PUT: the audio would be heard twice.

        Args:
            call_id: the call's id.
            fields: the request's fields, JSON values, sent unchecked.

        Raises:
            InvalidArgumentError: the id is empty or a field is not a JSON value.
            AmbiguousResultError: no answer came and the audio may have been taken.
            APIError: anything else that went wrong.
        """
        place = identifier("call_id", call_id)
        body = open_body(AudioRequest, fields)
        client = self._raw
        return expect(AudioResult, await inject_audio.asyncio(place, client=client, body=body))

    @operation(route_call)
    async def route(self, call_id: str, **fields: Any) -> RouteResult:
        """Route an active call to another endpoint (operation ``route_call``).

        What an endpoint is, a telephone number or an address, is not documented.

        Args:
            call_id: the call's id.
            fields: the request's fields, JSON values, sent unchecked.

        Raises:
            InvalidArgumentError: the id is empty or a field is not a JSON value.
            APIError: the request failed.
        """
        place = identifier("call_id", call_id)
        body = open_body(RouteRequest, fields)
        client = self._raw
        return expect(RouteResult, await route_call.asyncio(place, client=client, body=body))


class AsyncCallsRaw:
    """:class:`AsyncCalls` with the response beside each result."""

    def __init__(self, calls: AsyncCalls) -> None:
        self.create = async_raw(calls.create)
        self.hangup = async_raw(calls.hangup)
        self.respond = async_raw(calls.respond)
        self.audio = async_raw(calls.audio)
        self.route = async_raw(calls.route)


class AsyncAgents(AsyncAPIResource[AuthenticatedClient]):
    """Voice agents and their personas.

    As with calls, fields are not documented: what you pass is sent as it is.
    """

    @property
    def with_raw_response(self) -> AsyncAgentsRaw:
        """The same methods, returning the response beside the result."""
        return AsyncAgentsRaw(self)

    @operation(create_agent)
    async def create(self, **fields: Any) -> AgentResult:
        """Create a voice agent (operation ``create_agent``).

        Args:
            fields: the request's fields, JSON values, sent unchecked.

        Raises:
            InvalidArgumentError: a field is not a JSON value.
            AmbiguousResultError: no answer came and the agent may have been created.
            APIError: anything else that went wrong.
        """
        body = open_body(AgentRequest, fields)
        return expect(AgentResult, await create_agent.asyncio(client=self._raw, body=body))

    @operation(update_agent)
    async def update(self, agent_id: str, **fields: Any) -> AgentResult:
        """Change an agent (operation ``update_agent``).

        Whether fields that are left out keep their values is not documented.

        Args:
            agent_id: the agent's id.
            fields: the request's fields, JSON values, sent unchecked.

        Raises:
            InvalidArgumentError: the id is empty or a field is not a JSON value.
            APIError: the request failed.
        """
        place = identifier("agent_id", agent_id)
        body = open_body(AgentRequest, fields)
        client = self._raw
        return expect(AgentResult, await update_agent.asyncio(place, client=client, body=body))

    @operation(upsert_persona)
    async def persona(self, agent_id: str, **fields: Any) -> PersonaResult:
        """Set an agent's persona, whether it had one or not (operation ``upsert_persona``).

        Args:
            agent_id: the agent's id.
            fields: the request's fields, JSON values, sent unchecked.

        Raises:
            InvalidArgumentError: the id is empty or a field is not a JSON value.
            AmbiguousResultError: no answer came and the persona may have been set.
            APIError: anything else that went wrong.
        """
        place = identifier("agent_id", agent_id)
        body = open_body(PersonaRequest, fields)
        client = self._raw
        return expect(PersonaResult, await upsert_persona.asyncio(place, client=client, body=body))


class AsyncAgentsRaw:
    """:class:`AsyncAgents` with the response beside each result."""

    def __init__(self, agents: AsyncAgents) -> None:
        self.create = async_raw(agents.create)
        self.update = async_raw(agents.update)
        self.persona = async_raw(agents.persona)


class AsyncPhoneAI(AsyncAPIClient):
    """Phone.ai: voice calls and voice agents.

    The vendor allows 100 requests a minute; ``with_raw_response`` shows what is left of them.

    Args:
        api_key: the token; without it ``PHONE_AI_API_KEY`` is read.
        base_url: the server; without it ``PHONE_AI_BASE_URL``, else production.
        keywords: those of the clients' common base: timeout, deadline, max_retries, max_wait,
            max_response_bytes, headers, check_phone_numbers, max_connections, verify, proxy,
            transport, http_client, throttle, strict, runtime.

    Raises:
        ConfigurationError: no token was given, or an argument of the connection is not usable.
        InvalidArgumentError: an option is not usable, such as a negative timeout.
    """

    _provider: ClassVar[Provider] = PROVIDER

    @cached_property
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
