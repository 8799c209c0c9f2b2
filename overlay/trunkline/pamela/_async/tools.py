"""Functions that the agent may call at your server during a call."""

from __future__ import annotations

import builtins
from typing import TYPE_CHECKING, Unpack

from trunkline._engine.client._async.resource import AsyncAPIResource
from trunkline._engine.client.envelopes import find_items
from trunkline._engine.client.operation import operation, require_type
from trunkline._engine.client.validation import bounded_int, identifier
from trunkline.pamela._requests import schema_of
from trunkline_generated.pamela.api.tools import delete_tool, list_tools, register_tool
from trunkline_generated.pamela.client import AuthenticatedClient
from trunkline_generated.pamela.models.register_tool_request import RegisterToolRequest
from trunkline_generated.pamela.models.tool_definition import ToolDefinition
from trunkline_generated.pamela.models.tool_delete_response import ToolDeleteResponse
from trunkline_generated.pamela.models.tool_input import ToolInput
from trunkline_generated.pamela.models.tool_list_response import ToolListResponse
from trunkline_generated.pamela.models.tool_registration import ToolRegistration

if TYPE_CHECKING:
    from trunkline._engine.session.extra_options import ExtraOptions
    from trunkline.pamela._requests import JsonObject


class AsyncTools(AsyncAPIResource[AuthenticatedClient]):
    """Functions that the agent may call at your server during a call."""

    @operation(register_tool, bounds={"timeout_ms": "a timeout of 0 would always expire"})
    async def register(
        self,
        *,
        name: str,
        description: str,
        input_schema: JsonObject,
        output_schema: JsonObject | None = None,
        timeout_ms: int | None = None,
        **extra: Unpack[ExtraOptions],
    ) -> ToolRegistration:
        """Register a tool (operation ``register_tool``, whose body wraps it as ``tool``).

        Args:
            name: the name by which the agent calls it.
            description: what it does, for the agent to read.
            input_schema: the JSON Schema of its arguments.
            output_schema: the JSON Schema of its result.
            timeout_ms: the time it may take in milliseconds; the vendor's package sends 30000, the
                upper limit is not documented.

        Raises:
            InvalidArgumentError: a schema is not a JSON object, or the time is below 1.
            APIError: anything else that went wrong.
        """
        tool = ToolInput(
            name=name,
            description=description,
            input_schema=schema_of("input_schema", input_schema),
            output_schema=None
            if output_schema is None
            else schema_of("output_schema", output_schema),
            timeout_ms=bounded_int("timeout_ms", timeout_ms, 1),
        )
        body = RegisterToolRequest(tool=tool)
        return require_type(
            ToolRegistration, await register_tool.asyncio(client=self._raw_with(extra), body=body)
        )

    @operation(list_tools)
    async def list(self, **extra: Unpack[ExtraOptions]) -> builtins.list[ToolDefinition]:
        """Return all tools (operation ``list_tools``); both documented shapes give a list.

        Raises:
            ResponseValidationError: the response holds no list of tools.
            APIError: anything else that went wrong.
        """
        found = await list_tools.asyncio(client=self._raw_with(extra))
        if isinstance(found, builtins.list):
            return found
        if isinstance(found, ToolListResponse) and isinstance(found.get("tools"), builtins.list):
            return found.tools
        body = found.raw if isinstance(found, ToolListResponse) else found
        return find_items(list_tools, ToolDefinition, body, "tools", self._session)

    @operation(delete_tool)
    async def delete(self, tool_id: str, **extra: Unpack[ExtraOptions]) -> ToolDeleteResponse:
        """Deactivate a tool (operation ``delete_tool``).

        Args:
            tool_id: the tool's id.

        Raises:
            NotFoundError: there is no such tool.
            APIError: anything else that went wrong.
        """
        tool_id = identifier("tool_id", tool_id)
        return require_type(
            ToolDeleteResponse, await delete_tool.asyncio(tool_id, client=self._raw_with(extra))
        )
