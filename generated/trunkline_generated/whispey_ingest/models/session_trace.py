# Generated from whispey-ingest.yaml; do not edit. Change the contract, then run `make generate`.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self, cast

from attr import define as _attrs_define
from attr import field as _attrs_field

from .. import schemas as _schemas
from ..types import Model as _Model
from ..types import Reading as _Reading
from ..types import count_only as _count_only
from ..types import mask as _mask
from ..types import new as _new


@_attrs_define(eq=False, repr=False, getstate_setstate=False)
class SessionTrace(_Model):
    """One span of the session's tracing.

    Attributes:
        name (str | None):
        start_time_ns (int | None):
        end_time_ns (int | None):
        duration_ns (int | None):
        duration_ms (float | None):
        duration_seconds (float | None):
        status (Any | None): Status of the span.
        attributes (Any | None): Attributes of the span.
        events (Any | None): Events of the span.
        context (SpanContext | None):
        parent_span_id (None | str | None):
        resource (Any | None): Resource of the span.
        links (Any | None): Links of the span.
        instrumentation_scope (Any | None): Who made the span.
        kind (Any | None): Kind of the span.
        exceptions (Any | None): Exceptions that the span recorded.
        request_id (None | str | None):
        request_id_source (None | str | None):
        captured_at (Any | None): When the span was collected.
        sdk_version (str | None):
        conversation_turn_id (None | str | None):
        turn_sequence (int | None):
        operation_type (str | None):
        source (str | None):
    """

    _wire_names: ClassVar[Mapping[str, str]] = {
        "name": "name",
        "start_time_ns": "start_time_ns",
        "end_time_ns": "end_time_ns",
        "duration_ns": "duration_ns",
        "duration_ms": "duration_ms",
        "duration_seconds": "duration_seconds",
        "status": "status",
        "attributes": "attributes",
        "events": "events",
        "context": "context",
        "parent_span_id": "parent_span_id",
        "resource": "resource",
        "links": "links",
        "instrumentation_scope": "instrumentation_scope",
        "kind": "kind",
        "exceptions": "exceptions",
        "request_id": "request_id",
        "request_id_source": "request_id_source",
        "captured_at": "captured_at",
        "sdk_version": "sdk_version",
        "conversation_turn_id": "conversation_turn_id",
        "turn_sequence": "turn_sequence",
        "operation_type": "operation_type",
        "source": "source",
    }
    _optional: ClassVar[frozenset[str]] = frozenset(
        {
            "name",
            "start_time_ns",
            "end_time_ns",
            "duration_ns",
            "duration_ms",
            "duration_seconds",
            "status",
            "attributes",
            "events",
            "context",
            "parent_span_id",
            "resource",
            "links",
            "instrumentation_scope",
            "kind",
            "exceptions",
            "request_id",
            "request_id_source",
            "captured_at",
            "sdk_version",
            "conversation_turn_id",
            "turn_sequence",
            "operation_type",
            "source",
        }
    )

    name: str | None = _attrs_field(default=None, repr=_mask)
    start_time_ns: int | None = None
    end_time_ns: int | None = None
    duration_ns: int | None = None
    duration_ms: float | None = None
    duration_seconds: float | None = None
    status: Any = None
    attributes: Any = _attrs_field(default=None, repr=_mask)
    events: Any = _attrs_field(default=None, repr=_mask)
    context: SpanContext | None = None
    parent_span_id: None | str = None
    resource: Any = _attrs_field(default=None, repr=_mask)
    links: Any = _attrs_field(default=None, repr=_mask)
    instrumentation_scope: Any = _attrs_field(default=None, repr=_mask)
    kind: Any = _attrs_field(default=None, repr=_mask)
    exceptions: Any = _attrs_field(default=None, repr=_mask)
    request_id: None | str = None
    request_id_source: None | str = _attrs_field(default=None, repr=_mask)
    captured_at: Any = _attrs_field(default=None, repr=_mask)
    sdk_version: str | None = _attrs_field(default=None, repr=_mask)
    conversation_turn_id: None | str = None
    turn_sequence: int | None = None
    operation_type: str | None = _attrs_field(default=None, repr=_mask)
    source: str | None = _attrs_field(default=None, repr=_mask)
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict, repr=_count_only)

    def to_dict(self) -> dict[str, Any]:
        received = self._received()
        if received is not None:
            return received
        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        if self.name is not None:
            field_dict["name"] = self.name
        if self.start_time_ns is not None:
            field_dict["start_time_ns"] = self.start_time_ns
        if self.end_time_ns is not None:
            field_dict["end_time_ns"] = self.end_time_ns
        if self.duration_ns is not None:
            field_dict["duration_ns"] = self.duration_ns
        if self.duration_ms is not None:
            field_dict["duration_ms"] = self.duration_ms
        if self.duration_seconds is not None:
            field_dict["duration_seconds"] = self.duration_seconds
        if self.status is not None:
            field_dict["status"] = self.status
        if self.attributes is not None:
            field_dict["attributes"] = self.attributes
        if self.events is not None:
            field_dict["events"] = self.events
        if self.context is not None:
            field_dict["context"] = self.context.to_dict()
        if self.parent_span_id is not None:
            field_dict["parent_span_id"] = self.parent_span_id
        if self.resource is not None:
            field_dict["resource"] = self.resource
        if self.links is not None:
            field_dict["links"] = self.links
        if self.instrumentation_scope is not None:
            field_dict["instrumentation_scope"] = self.instrumentation_scope
        if self.kind is not None:
            field_dict["kind"] = self.kind
        if self.exceptions is not None:
            field_dict["exceptions"] = self.exceptions
        if self.request_id is not None:
            field_dict["request_id"] = self.request_id
        if self.request_id_source is not None:
            field_dict["request_id_source"] = self.request_id_source
        if self.captured_at is not None:
            field_dict["captured_at"] = self.captured_at
        if self.sdk_version is not None:
            field_dict["sdk_version"] = self.sdk_version
        if self.conversation_turn_id is not None:
            field_dict["conversation_turn_id"] = self.conversation_turn_id
        if self.turn_sequence is not None:
            field_dict["turn_sequence"] = self.turn_sequence
        if self.operation_type is not None:
            field_dict["operation_type"] = self.operation_type
        if self.source is not None:
            field_dict["source"] = self.source
        return field_dict

    @classmethod
    def from_dict(
        cls, src_dict: Mapping[str, Any], reading: _Reading | None = None, values: tuple[Any, ...] | None = None
    ) -> Self:
        try:
            if values is not None:
                (
                    f_name,
                    f_start_time_ns,
                    f_end_time_ns,
                    f_duration_ns,
                    f_duration_ms,
                    f_duration_seconds,
                    f_status,
                    f_attributes,
                    f_events,
                    f_context,
                    f_parent_span_id,
                    f_resource,
                    f_links,
                    f_instrumentation_scope,
                    f_kind,
                    f_exceptions,
                    f_request_id,
                    f_request_id_source,
                    f_captured_at,
                    f_sdk_version,
                    f_conversation_turn_id,
                    f_turn_sequence,
                    f_operation_type,
                    f_source,
                ) = values
            else:
                get = src_dict.get
                f_name = get("name")
                f_start_time_ns = get("start_time_ns")
                f_end_time_ns = get("end_time_ns")
                f_duration_ns = get("duration_ns")
                f_duration_ms = get("duration_ms")
                f_duration_seconds = get("duration_seconds")
                f_status = get("status")
                f_attributes = get("attributes")
                f_events = get("events")
                f_context = get("context")
                f_parent_span_id = get("parent_span_id")
                f_resource = get("resource")
                f_links = get("links")
                f_instrumentation_scope = get("instrumentation_scope")
                f_kind = get("kind")
                f_exceptions = get("exceptions")
                f_request_id = get("request_id")
                f_request_id_source = get("request_id_source")
                f_captured_at = get("captured_at")
                f_sdk_version = get("sdk_version")
                f_conversation_turn_id = get("conversation_turn_id")
                f_turn_sequence = get("turn_sequence")
                f_operation_type = get("operation_type")
                f_source = get("source")
            if (
                type(src_dict) is dict
                and (type(f_name) is str or f_name is None and "name" not in src_dict)
                and (f_start_time_ns is None or type(f_start_time_ns) is int)
                and (f_end_time_ns is None or type(f_end_time_ns) is int)
                and (f_duration_ns is None or type(f_duration_ns) is int)
                and (f_duration_ms is None or (type(f_duration_ms) is float or type(f_duration_ms) is int))
                and (
                    f_duration_seconds is None or (type(f_duration_seconds) is float or type(f_duration_seconds) is int)
                )
                and (type(f_context) is dict or f_context is None and "context" not in src_dict)
                and (f_parent_span_id is None or type(f_parent_span_id) is str)
                and (f_request_id is None or type(f_request_id) is str)
                and (f_request_id_source is None or type(f_request_id_source) is str)
                and (type(f_sdk_version) is str or f_sdk_version is None and "sdk_version" not in src_dict)
                and (f_conversation_turn_id is None or type(f_conversation_turn_id) is str)
                and (f_turn_sequence is None or type(f_turn_sequence) is int)
                and (type(f_operation_type) is str or f_operation_type is None and "operation_type" not in src_dict)
                and (type(f_source) is str or f_source is None and "source" not in src_dict)
            ):
                model = _new(cls)
                model.name = f_name
                model.start_time_ns = f_start_time_ns
                model.end_time_ns = f_end_time_ns
                model.duration_ns = f_duration_ns
                model.duration_ms = f_duration_ms
                model.duration_seconds = f_duration_seconds
                model.status = f_status
                model.attributes = f_attributes
                model.events = f_events
                model.context = None if f_context is None else _read_SpanContext(f_context, reading)
                model.parent_span_id = f_parent_span_id
                model.resource = f_resource
                model.links = f_links
                model.instrumentation_scope = f_instrumentation_scope
                model.kind = f_kind
                model.exceptions = f_exceptions
                model.request_id = f_request_id
                model.request_id_source = f_request_id_source
                model.captured_at = f_captured_at
                model.sdk_version = f_sdk_version
                model.conversation_turn_id = f_conversation_turn_id
                model.turn_sequence = f_turn_sequence
                model.operation_type = f_operation_type
                model.source = f_source
                model._raw = src_dict if reading is not None else {**src_dict}
                return model
        except (AttributeError, KeyError, TypeError, ValueError):
            pass
        return cast(Self, _schemas.read_unusual(cls, src_dict, reading))


from ..models.span_context import SpanContext

_read_SpanContext = SpanContext.from_dict

SessionTrace._fields = (
    _schemas.Field("name", "name", False, _schemas.STRING),
    _schemas.Field("start_time_ns", "start_time_ns", False, _schemas.Union(_schemas.INTEGER, _schemas.NULL)),
    _schemas.Field("end_time_ns", "end_time_ns", False, _schemas.Union(_schemas.INTEGER, _schemas.NULL)),
    _schemas.Field("duration_ns", "duration_ns", False, _schemas.Union(_schemas.INTEGER, _schemas.NULL)),
    _schemas.Field("duration_ms", "duration_ms", False, _schemas.Union(_schemas.NUMBER, _schemas.NULL)),
    _schemas.Field("duration_seconds", "duration_seconds", False, _schemas.Union(_schemas.NUMBER, _schemas.NULL)),
    _schemas.Field("status", "status", False, _schemas.ANYTHING),
    _schemas.Field("attributes", "attributes", False, _schemas.ANYTHING),
    _schemas.Field("events", "events", False, _schemas.ANYTHING),
    _schemas.Field("context", "context", False, _schemas.Object(SpanContext)),
    _schemas.Field("parent_span_id", "parent_span_id", False, _schemas.Union(_schemas.STRING, _schemas.NULL)),
    _schemas.Field("resource", "resource", False, _schemas.ANYTHING),
    _schemas.Field("links", "links", False, _schemas.ANYTHING),
    _schemas.Field("instrumentation_scope", "instrumentation_scope", False, _schemas.ANYTHING),
    _schemas.Field("kind", "kind", False, _schemas.ANYTHING),
    _schemas.Field("exceptions", "exceptions", False, _schemas.ANYTHING),
    _schemas.Field("request_id", "request_id", False, _schemas.Union(_schemas.STRING, _schemas.NULL)),
    _schemas.Field("request_id_source", "request_id_source", False, _schemas.Union(_schemas.STRING, _schemas.NULL)),
    _schemas.Field("captured_at", "captured_at", False, _schemas.ANYTHING),
    _schemas.Field("sdk_version", "sdk_version", False, _schemas.STRING),
    _schemas.Field(
        "conversation_turn_id", "conversation_turn_id", False, _schemas.Union(_schemas.STRING, _schemas.NULL)
    ),
    _schemas.Field("turn_sequence", "turn_sequence", False, _schemas.Union(_schemas.INTEGER, _schemas.NULL)),
    _schemas.Field("operation_type", "operation_type", False, _schemas.STRING),
    _schemas.Field("source", "source", False, _schemas.STRING),
)
SessionTrace._extra = _schemas.ANYTHING
