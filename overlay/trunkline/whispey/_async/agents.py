"""Voice agents that are observed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Unpack

from trunkline._engine.client._async.resource import AsyncAPIResource
from trunkline._engine.client.envelopes import unwrap, unwrap_list
from trunkline._engine.client.operation import operation, require_type
from trunkline._engine.client.validation import identifier
from trunkline_generated.whispey.api.agents import get_agent, list_agents
from trunkline_generated.whispey.client import AuthenticatedClient
from trunkline_generated.whispey.models.agent import Agent
from trunkline_generated.whispey.models.agent_detail import AgentDetail
from trunkline_generated.whispey.models.agent_list_response import AgentListResponse
from trunkline_generated.whispey.models.agent_response import AgentResponse

if TYPE_CHECKING:
    import builtins

    from trunkline._engine.session.extra_options import ExtraOptions


class AsyncAgents(AsyncAPIResource[AuthenticatedClient]):
    """Voice agents that are observed."""

    @operation(list_agents)
    async def list(self, **extra: Unpack[ExtraOptions]) -> builtins.list[Agent]:
        """Return all agents of the account (operation ``listAgents``).

        Here ``total_calls`` and ``success_rate`` (percent) are fields of the agent; in
        :meth:`get` they are in its ``metrics``.

        Raises:
            APIError: the request failed.
        """
        answer = await list_agents.asyncio(client=self._raw_with(extra))
        return unwrap_list(
            list_agents, Agent, require_type(AgentListResponse, answer), self._session
        )

    @operation(get_agent)
    async def get(self, agent_id: str, **extra: Unpack[ExtraOptions]) -> AgentDetail:
        """Return an agent with its figures in ``metrics`` (operation ``getAgent``).

        Args:
            agent_id: the agent's id.

        Raises:
            InvalidArgumentError: the id is empty.
            NotFoundError: there is no such agent.
            APIError: the request failed.
        """
        agent_id = identifier("agent_id", agent_id)
        answer = require_type(
            AgentResponse, await get_agent.asyncio(agent_id, client=self._raw_with(extra))
        )
        return unwrap(get_agent, AgentDetail, answer)
