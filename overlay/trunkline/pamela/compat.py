"""The vendor's own method names, so that code written for its package keeps working.

``from trunkline.pamela import PamelaClient, verify_webhook_signature`` takes the place of
``from pamela import PamelaClient, verify_webhook_signature``. Results are models that also answer
``call["id"]`` and ``.get("id")``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Unpack

from trunkline._engine.client.operation import drop_none, require_type
from trunkline._engine.client.validation import bounded_int, enum_member
from trunkline.pamela._requests import calls_query
from trunkline.pamela._sync.client import Pamela
from trunkline_generated.pamela.api.calls import list_calls
from trunkline_generated.pamela.models.call_list_response import CallListResponse
from trunkline_generated.pamela.models.voice import Voice

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from trunkline._engine.client._sync.client import Keywords
    from trunkline._secret import Secret
    from trunkline.pamela._requests import ToolParam, WebhooksParam
    from trunkline_generated.pamela.models.call_action_response import CallActionResponse
    from trunkline_generated.pamela.models.call_response import CallResponse
    from trunkline_generated.pamela.models.call_status_response import CallStatusResponse
    from trunkline_generated.pamela.models.call_webhooks import CallWebhooks
    from trunkline_generated.pamela.models.tool_definition import ToolDefinition
    from trunkline_generated.pamela.models.tool_delete_response import ToolDeleteResponse
    from trunkline_generated.pamela.models.tool_input import ToolInput
    from trunkline_generated.pamela.models.tool_registration import ToolRegistration
    from trunkline_generated.pamela.models.usage_response import UsageResponse

#: What the vendor's package sends when no time is given, in milliseconds.
VENDOR_TIMEOUT_MS = 30_000


class PamelaClient(Pamela):
    """:class:`Pamela` with the vendor's method names and argument order (package 1.2.0).

    As in the vendor's package, optional arguments that are empty (``""``, ``{}``, ``[]``, a limit
    or offset of 0) are not sent. Errors are this package's own; the guide has a table of them.

    Args:
        api_key: the key; without it ``PAMELA_API_KEY`` is read.
        base_url: the server; without it ``PAMELA_BASE_URL``, else production.
        user_token: as for :class:`Pamela`.
        keywords: as for :class:`Pamela`.

    Raises:
        ConfigurationError: no key was given, or an argument is not usable.
    """

    def __init__(
        self,
        api_key: str | Secret | None = None,
        base_url: str | None = None,
        *,
        user_token: str | Secret | None = None,
        **keywords: Unpack[Keywords],
    ) -> None:
        super().__init__(api_key, user_token=user_token, base_url=base_url, **keywords)

    def create_call(
        self,
        to: str,
        task: str,
        country: str | None = None,
        locale: str | None = None,
        instructions: str | None = None,
        max_duration_seconds: int | None = None,
        voice: str | None = None,
        agent_name: str | None = None,
        caller_name: str | None = None,
        metadata: Mapping[str, Any] | None = None,
        tools: Sequence[ToolParam | ToolInput | ToolDefinition] | None = None,
        webhooks: WebhooksParam | CallWebhooks | None = None,
        end_user_id: str | None = None,
    ) -> CallResponse:
        """Start an outbound call; see :meth:`Calls.create`."""
        return self.calls.create(
            to=to,
            task=task,
            country=country or None,
            locale=locale or None,
            instructions=instructions or None,
            max_duration_seconds=max_duration_seconds,
            voice=enum_member("voice", voice or None, Voice),
            agent_name=agent_name or None,
            caller_name=caller_name or None,
            metadata=metadata or None,
            tools=tools or None,
            webhooks=webhooks or None,
            end_user_id=end_user_id or None,
        )

    def get_call(self, call_id: str) -> CallStatusResponse:
        """Return a call's state; see :meth:`Calls.get`."""
        return self.calls.get(call_id)

    def list_calls(
        self,
        status: str | None = None,
        status_filter: str | None = None,
        limit: int | None = None,
        offset: int | None = None,
        start_date: str | None = None,
        end_date: str | None = None,
    ) -> CallListResponse:
        """Return one page of calls as the API sends it, with ``items`` and ``total``.

        ``status_filter`` wins over ``status``; :meth:`Calls.list` goes through all pages.
        """
        query = calls_query(
            status or None,
            status_filter or None,
            limit or None,
            start_date or None,
            end_date or None,
        )
        place = drop_none({"offset": bounded_int("offset", offset or None, 0)})
        return require_type(CallListResponse, list_calls.sync(client=self.raw, **query, **place))

    def cancel_call(self, call_id: str) -> CallActionResponse:
        """Cancel a call; see :meth:`Calls.cancel`."""
        return self.calls.cancel(call_id)

    def hangup_call(self, call_id: str) -> CallActionResponse:
        """End a call by force; see :meth:`Calls.hangup`."""
        return self.calls.hangup(call_id)

    def register_tool(
        self,
        name: str,
        description: str,
        input_schema: Mapping[str, Any],
        output_schema: Mapping[str, Any] | None = None,
        timeout_ms: int = VENDOR_TIMEOUT_MS,
    ) -> ToolRegistration:
        """Register a tool; sends an empty output schema and 30000 ms where none are given."""
        return self.tools.register(
            name=name,
            description=description,
            input_schema=input_schema,
            output_schema=output_schema or {},
            timeout_ms=timeout_ms,
        )

    def list_tools(self) -> list[ToolDefinition]:
        """Return all tools; see :meth:`Tools.list`."""
        return self.tools.list()

    def delete_tool(self, tool_id: str) -> ToolDeleteResponse:
        """Take a tool out of service; see :meth:`Tools.delete`."""
        return self.tools.delete(tool_id)

    def get_usage(self, period: str | None = None) -> UsageResponse:
        """Return the usage of a month; the same as ``usage.get``."""
        return self.usage.get(period or None)
