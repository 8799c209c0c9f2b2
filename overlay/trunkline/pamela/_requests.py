"""Converts a caller's arguments to generated request models, for sync and async clients."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NotRequired, TypedDict

from trunkline._engine.client.nested_objects import field_names, nested_object
from trunkline._engine.client.operation import drop_none
from trunkline._engine.client.validation import bounded_int, day_or_moment, enum_member
from trunkline._json import is_mapping, is_sequence
from trunkline.errors import InvalidArgumentError
from trunkline_generated.pamela.models.call_metadata import CallMetadata
from trunkline_generated.pamela.models.call_status_filter import CallStatusFilter
from trunkline_generated.pamela.models.call_webhooks import CallWebhooks
from trunkline_generated.pamela.models.json_schema import JsonSchema
from trunkline_generated.pamela.models.tool_input import ToolInput
from trunkline_generated.pamela.types import Model

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime
    from typing import TypeAlias

    from trunkline_generated.pamela.models.create_call_request import CreateCallRequest

#: A JSON object as a caller may pass it: a dictionary, or a model from a response.
JsonObject: TypeAlias = "Mapping[str, Any] | Model"


class WebhooksParam(TypedDict, total=False):
    """The webhooks of one call, instead of the account's.

    Attributes:
        webhook_url: the URL that call events are sent to.
        tool_webhook_url: the URL that tool executions are sent to.
    """

    webhook_url: str
    tool_webhook_url: str


class ToolParam(TypedDict):
    """A tool of one call.

    Attributes:
        name: the name by which the agent calls it.
        description: what it does, for the agent to read.
        input_schema: the JSON Schema of its arguments.
        output_schema: the JSON Schema of its result.
        timeout_ms: the time it may take in milliseconds.
    """

    name: str
    description: str
    input_schema: JsonObject
    output_schema: NotRequired[JsonObject | None]
    timeout_ms: NotRequired[int | None]


#: The day or instant at which a time window begins or ends.
Moment: TypeAlias = "datetime | date | str"


def json_object(name: str, value: object) -> dict[str, Any]:
    """Return a JSON object as a dictionary.

    Raises:
        InvalidArgumentError: it is something else, or has keys that are not texts.
    """
    if isinstance(value, Model):
        return _plain(name, value)
    kind = type(value).__name__
    if is_mapping(value):
        if all(isinstance(key, str) for key in value):
            return dict(value)
        kind = "keys that are not texts"
    raise InvalidArgumentError(
        f"{name} must be a JSON object, that is a dictionary with text keys; got {kind}"
    )


def _plain(name: str, value: Model) -> dict[str, Any]:
    try:
        return value.to_dict()
    except (AttributeError, TypeError, ValueError):
        raise InvalidArgumentError(
            f"{name}: a member of this {type(value).__name__} is of the wrong type; give a "
            "dictionary, or models inside models"
        ) from None


#: The name in a call's metadata under which the marker of its key is sent.
MARKER: Final = "trunkline"


def metadata_of(value: JsonObject | None) -> CallMetadata | None:
    """Return the metadata of a call.

    Raises:
        InvalidArgumentError: it is not an object, or uses the reserved name.
    """
    if value is None:
        return None
    fields = json_object("metadata", value)
    if MARKER in fields:
        raise InvalidArgumentError(
            f"metadata may not hold the name {MARKER!r}: with key= it marks the call; rename yours"
        )
    return CallMetadata.from_dict(fields)


def marked(body: CreateCallRequest, marker: str) -> CreateCallRequest:
    """Return a request whose metadata carries the marker."""
    own = body.metadata.to_dict() if isinstance(body.metadata, CallMetadata) else {}
    body.metadata = CallMetadata.from_dict({**own, MARKER: marker})
    return body


def schema_of(name: str, value: JsonObject) -> JsonSchema:
    """Return a JSON Schema."""
    return JsonSchema.from_dict(json_object(name, value))


def webhooks_of(value: WebhooksParam | JsonObject | None) -> CallWebhooks | None:
    """Return the webhook URLs of a call.

    Raises:
        InvalidArgumentError: it is not an object, a name in it is unknown, or a URL is not a text.
    """
    if value is None:
        return None
    return nested_object("webhooks", CallWebhooks, json_object("webhooks", value))


def tools_of(value: object) -> list[ToolInput] | None:
    """Return the tools of a call.

    Raises:
        InvalidArgumentError: it is not a list, or a tool lacks a field.
    """
    if value is None:
        return None
    if is_sequence(value):
        return [_tool(f"tools[{index}]", tool) for index, tool in enumerate(value)]
    raise InvalidArgumentError(f"tools must be a list of tools; got {type(value).__name__}")


def _tool(name: str, value: object) -> ToolInput:
    fields = json_object(name, value)
    if isinstance(value, Model):
        # A tool from a response also has an id and a state, which are not sent.
        fields = {key: fields[key] for key in field_names(ToolInput) if key in fields}
    return nested_object(name, ToolInput, fields)


def calls_query(
    status: str | None,
    status_filter: str | None,
    limit: int | None,
    start_date: Moment | None,
    end_date: Moment | None,
) -> dict[str, Any]:
    """Return the query of a list of calls, without its offset."""
    # Both names are the vendor's; in its package the name in the API wins.
    name, value = ("status_filter", status_filter) if status_filter else ("status", status)
    return drop_none(
        {
            "status_filter": enum_member(name, value, CallStatusFilter),
            "limit": bounded_int("limit", limit, 1, 100),
            "start_date": day_or_moment("start_date", start_date),
            "end_date": day_or_moment("end_date", end_date),
        }
    )
