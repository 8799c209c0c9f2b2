# Derived from phone_ai/_async/agents.py by `make generate`; do not edit.
"""Voice agents and their personas."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from trunkline._engine.client._sync.resource import APIResource
from trunkline._engine.client.operation import operation, require_type
from trunkline._engine.client.validation import identifier
from trunkline._engine.session.extra_options import extra_options
from trunkline.phone_ai._fields import open_body
from trunkline_generated.phone_ai.api.agents import create_agent, update_agent, upsert_persona
from trunkline_generated.phone_ai.client import AuthenticatedClient
from trunkline_generated.phone_ai.models.agent_request import AgentRequest
from trunkline_generated.phone_ai.models.agent_result import AgentResult
from trunkline_generated.phone_ai.models.persona_request import PersonaRequest
from trunkline_generated.phone_ai.models.persona_result import PersonaResult

if TYPE_CHECKING:
    from trunkline._engine.session.extra_options import ExtraBody, ExtraHeaders, ExtraQuery


class Agents(APIResource[AuthenticatedClient]):
    """Voice agents and their personas.

    As with calls, fields are not documented: what you pass is sent as it is.
    """

    @operation(create_agent)
    def create(
        self,
        *,
        extra_body: ExtraBody = None,
        extra_query: ExtraQuery = None,
        extra_headers: ExtraHeaders = None,
        **fields: Any,
    ) -> AgentResult:
        """Create a voice agent (operation ``create_agent``).

        Args:
            extra_body: members of the body, under their names on the wire; see ``ExtraOptions``.
            extra_query: query parameters beyond the contract, likewise.
            extra_headers: headers beyond the contract, likewise.
            fields: the request's fields, JSON values, sent unchecked.

        Raises:
            InvalidArgumentError: a field is not a JSON value.
            AmbiguousResultError: no response came and the agent may have been created.
            APIError: anything else that went wrong.
        """
        extra = extra_options(extra_body, extra_query, extra_headers)
        body = open_body(AgentRequest, fields)
        return require_type(AgentResult, create_agent.sync(client=self._raw_with(extra), body=body))

    @operation(update_agent)
    def update(
        self,
        agent_id: str,
        *,
        extra_body: ExtraBody = None,
        extra_query: ExtraQuery = None,
        extra_headers: ExtraHeaders = None,
        **fields: Any,
    ) -> AgentResult:
        """Change an agent (operation ``update_agent``).

        Whether fields that are left out keep their values is not documented.

        Args:
            agent_id: the agent's id.
            extra_body: members of the body, under their names on the wire; see ``ExtraOptions``.
            extra_query: query parameters beyond the contract, likewise.
            extra_headers: headers beyond the contract, likewise.
            fields: the request's fields, JSON values, sent unchecked.

        Raises:
            InvalidArgumentError: the id is empty or a field is not a JSON value.
            APIError: the request failed.
        """
        extra = extra_options(extra_body, extra_query, extra_headers)
        agent_id = identifier("agent_id", agent_id)
        body = open_body(AgentRequest, fields)
        client = self._raw_with(extra)
        return require_type(AgentResult, update_agent.sync(agent_id, client=client, body=body))

    @operation(upsert_persona)
    def persona(
        self,
        agent_id: str,
        *,
        extra_body: ExtraBody = None,
        extra_query: ExtraQuery = None,
        extra_headers: ExtraHeaders = None,
        **fields: Any,
    ) -> PersonaResult:
        """Set an agent's persona, whether it had one or not (operation ``upsert_persona``).

        Args:
            agent_id: the agent's id.
            extra_body: members of the body, under their names on the wire; see ``ExtraOptions``.
            extra_query: query parameters beyond the contract, likewise.
            extra_headers: headers beyond the contract, likewise.
            fields: the request's fields, JSON values, sent unchecked.

        Raises:
            InvalidArgumentError: the id is empty or a field is not a JSON value.
            AmbiguousResultError: no response came and the persona may have been set.
            APIError: anything else that went wrong.
        """
        extra = extra_options(extra_body, extra_query, extra_headers)
        agent_id = identifier("agent_id", agent_id)
        body = open_body(PersonaRequest, fields)
        client = self._raw_with(extra)
        return require_type(PersonaResult, upsert_persona.sync(agent_id, client=client, body=body))
