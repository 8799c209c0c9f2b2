# Generated from whispey-ingest.yaml; do not edit. Change the contract, then run `make generate`.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import Model as _Model
from ..types import count_only as _count_only
from ..types import mask as _mask


@_attrs_define(repr=False)
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
    _nulls: tuple[str, ...] = _attrs_field(init=False, default=(), eq=False, repr=False)

    def to_dict(self) -> dict[str, Any]:
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
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = {**src_dict}
        pop = d.pop
        model = cls(
            name=pop("name", None),
            start_time_ns=pop("start_time_ns", None),
            end_time_ns=pop("end_time_ns", None),
            duration_ns=pop("duration_ns", None),
            duration_ms=pop("duration_ms", None),
            duration_seconds=pop("duration_seconds", None),
            status=pop("status", None),
            attributes=pop("attributes", None),
            events=pop("events", None),
            context=None if (value := pop("context", None)) is None else SpanContext.from_dict(value),
            parent_span_id=pop("parent_span_id", None),
            resource=pop("resource", None),
            links=pop("links", None),
            instrumentation_scope=pop("instrumentation_scope", None),
            kind=pop("kind", None),
            exceptions=pop("exceptions", None),
            request_id=pop("request_id", None),
            request_id_source=pop("request_id_source", None),
            captured_at=pop("captured_at", None),
            sdk_version=pop("sdk_version", None),
            conversation_turn_id=pop("conversation_turn_id", None),
            turn_sequence=pop("turn_sequence", None),
            operation_type=pop("operation_type", None),
            source=pop("source", None),
        )
        model.additional_properties = d
        if None in src_dict.values():
            model._note_nulls(src_dict)
        return model


from ..models.span_context import SpanContext
