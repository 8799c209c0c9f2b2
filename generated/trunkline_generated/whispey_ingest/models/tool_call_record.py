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
class ToolCallRecord(_Model):
    """One tool that the agent ran; times in epoch seconds.

    Attributes:
        name (str | None):
        arguments (Any | None): Arguments, parsed where that was possible.
        raw_arguments (Any | None): Arguments as the model wrote them.
        call_id (str | None):
        timestamp (float | None):
        execution_start (float | None):
        execution_end (float | None):
        execution_duration_ms (float | None): Milliseconds.
        status (str | None): `success` or `error`.
        result (Any | None): What the tool returned.
        error (Any | None): Why it failed.
        result_length (int | None):
        raw_output (Any | None): Output before any conversion.
        function_signature (Any | None): Signature of the function.
        function_description (Any | None): Description of the function.
        tool_type (Any | None): Kind of tool.
    """

    _wire_names: ClassVar[Mapping[str, str]] = {
        "name": "name",
        "arguments": "arguments",
        "raw_arguments": "raw_arguments",
        "call_id": "call_id",
        "timestamp": "timestamp",
        "execution_start": "execution_start",
        "execution_end": "execution_end",
        "execution_duration_ms": "execution_duration_ms",
        "status": "status",
        "result": "result",
        "error": "error",
        "result_length": "result_length",
        "raw_output": "raw_output",
        "function_signature": "function_signature",
        "function_description": "function_description",
        "tool_type": "tool_type",
    }
    _optional: ClassVar[frozenset[str]] = frozenset(
        {
            "name",
            "arguments",
            "raw_arguments",
            "call_id",
            "timestamp",
            "execution_start",
            "execution_end",
            "execution_duration_ms",
            "status",
            "result",
            "error",
            "result_length",
            "raw_output",
            "function_signature",
            "function_description",
            "tool_type",
        }
    )

    name: str | None = _attrs_field(default=None, repr=_mask)
    arguments: Any = _attrs_field(default=None, repr=_mask)
    raw_arguments: Any = _attrs_field(default=None, repr=_mask)
    call_id: str | None = None
    timestamp: float | None = None
    execution_start: float | None = None
    execution_end: float | None = None
    execution_duration_ms: float | None = None
    status: str | None = None
    result: Any = _attrs_field(default=None, repr=_mask)
    error: Any = _attrs_field(default=None, repr=_mask)
    result_length: int | None = None
    raw_output: Any = _attrs_field(default=None, repr=_mask)
    function_signature: Any = _attrs_field(default=None, repr=_mask)
    function_description: Any = _attrs_field(default=None, repr=_mask)
    tool_type: Any = _attrs_field(default=None, repr=_mask)
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict, repr=_count_only)
    _nulls: tuple[str, ...] = _attrs_field(init=False, default=(), eq=False, repr=False)

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        if self.name is not None:
            field_dict["name"] = self.name
        if self.arguments is not None:
            field_dict["arguments"] = self.arguments
        if self.raw_arguments is not None:
            field_dict["raw_arguments"] = self.raw_arguments
        if self.call_id is not None:
            field_dict["call_id"] = self.call_id
        if self.timestamp is not None:
            field_dict["timestamp"] = self.timestamp
        if self.execution_start is not None:
            field_dict["execution_start"] = self.execution_start
        if self.execution_end is not None:
            field_dict["execution_end"] = self.execution_end
        if self.execution_duration_ms is not None:
            field_dict["execution_duration_ms"] = self.execution_duration_ms
        if self.status is not None:
            field_dict["status"] = self.status
        if self.result is not None:
            field_dict["result"] = self.result
        if self.error is not None:
            field_dict["error"] = self.error
        if self.result_length is not None:
            field_dict["result_length"] = self.result_length
        if self.raw_output is not None:
            field_dict["raw_output"] = self.raw_output
        if self.function_signature is not None:
            field_dict["function_signature"] = self.function_signature
        if self.function_description is not None:
            field_dict["function_description"] = self.function_description
        if self.tool_type is not None:
            field_dict["tool_type"] = self.tool_type
        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = {**src_dict}
        pop = d.pop
        model = cls(
            name=pop("name", None),
            arguments=pop("arguments", None),
            raw_arguments=pop("raw_arguments", None),
            call_id=pop("call_id", None),
            timestamp=pop("timestamp", None),
            execution_start=pop("execution_start", None),
            execution_end=pop("execution_end", None),
            execution_duration_ms=pop("execution_duration_ms", None),
            status=pop("status", None),
            result=pop("result", None),
            error=pop("error", None),
            result_length=pop("result_length", None),
            raw_output=pop("raw_output", None),
            function_signature=pop("function_signature", None),
            function_description=pop("function_description", None),
            tool_type=pop("tool_type", None),
        )
        model.additional_properties = d
        if None in src_dict.values():
            model._note_nulls(src_dict)
        return model
