"""The vendor's types of results: dictionaries whose members may all be absent."""

from __future__ import annotations

from typing import Any, TypeAlias, TypedDict

JSONPrimitive: TypeAlias = str | int | float | bool | None
# The vendor's are recursive, which makes every access to a nested member a type error.
JSONValue: TypeAlias = Any
JSONObject: TypeAlias = dict[str, JSONValue]


class CallResponse(TypedDict, total=False):
    """What ``create_call``, ``cancel_call`` and ``hangup_call`` return."""

    id: str
    status: str
    call_session_id: str
    conversation_id: str
    created_at: str
    updated_at: str
    to: str
    from_number: str
    task: str
    message: str
    success: bool


class CallStatusResponse(TypedDict, total=False):
    """What ``get_call`` returns."""

    id: str
    status: str
    call_session_id: str
    conversation_id: str
    duration_seconds: int
    billed_minutes: int
    transcript: str
    summary: str
    created_at: str
    started_at: str
    ended_at: str
    metadata: JSONObject
    message: str
    success: bool


class CallListResponse(TypedDict, total=False):
    """What ``list_calls`` returns: one page."""

    items: list[CallStatusResponse]
    total: int
    limit: int
    offset: int
    has_more: bool
    next_offset: int | None


class ToolDefinition(TypedDict, total=False):
    """A tool."""

    id: str
    name: str
    description: str
    active: bool
    input_schema: JSONObject
    output_schema: JSONObject
    timeout_ms: int
    created_at: str
    updated_at: str


class ToolRegistration(TypedDict, total=False):
    """What ``register_tool`` returns."""

    success: bool
    message: str
    tool_id: str
    tool: ToolDefinition


class ToolDeleteResponse(TypedDict, total=False):
    """What ``delete_tool`` returns."""

    success: bool
    message: str
    tool_id: str


class UsageQuota(TypedDict, total=False):
    """The limits in a :class:`UsageResponse`; None is unlimited."""

    partner_limit: int | None
    project_limit: int | None


class UsageResponse(TypedDict, total=False):
    """What ``usage.get`` returns."""

    partner_id: str
    project_id: str | None
    period: str
    call_count: int
    api_minutes: float
    billed_minutes: int
    quota: UsageQuota


class ToolWebhookParsed(TypedDict):
    """What ``parse_tool_webhook`` returns."""

    tool_name: str
    arguments: JSONObject
    call_id: str
    correlation_id: str
    call_session_id: str | None
    partner_id: str | None
    project_id: str | None


class WebhookDelivery(TypedDict, total=False):
    """A delivery of a webhook; no operation returns it."""

    id: str
    event: str
    target_url: str
    status: str
    attempts: int
    response_status: int | None
    delivered_at: str | None
    created_at: str
    error: str | None
