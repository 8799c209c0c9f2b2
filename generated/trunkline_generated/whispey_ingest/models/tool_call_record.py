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

    def to_dict(self) -> dict[str, Any]:
        received = self._received()
        if received is not None:
            return received
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
    def from_dict(
        cls, src_dict: Mapping[str, Any], reading: _Reading | None = None, values: tuple[Any, ...] | None = None
    ) -> Self:
        try:
            if values is not None:
                (
                    f_name,
                    f_arguments,
                    f_raw_arguments,
                    f_call_id,
                    f_timestamp,
                    f_execution_start,
                    f_execution_end,
                    f_execution_duration_ms,
                    f_status,
                    f_result,
                    f_error,
                    f_result_length,
                    f_raw_output,
                    f_function_signature,
                    f_function_description,
                    f_tool_type,
                ) = values
            else:
                get = src_dict.get
                f_name = get("name")
                f_arguments = get("arguments")
                f_raw_arguments = get("raw_arguments")
                f_call_id = get("call_id")
                f_timestamp = get("timestamp")
                f_execution_start = get("execution_start")
                f_execution_end = get("execution_end")
                f_execution_duration_ms = get("execution_duration_ms")
                f_status = get("status")
                f_result = get("result")
                f_error = get("error")
                f_result_length = get("result_length")
                f_raw_output = get("raw_output")
                f_function_signature = get("function_signature")
                f_function_description = get("function_description")
                f_tool_type = get("tool_type")
            if (
                type(src_dict) is dict
                and (type(f_name) is str or f_name is None and "name" not in src_dict)
                and (type(f_call_id) is str or f_call_id is None and "call_id" not in src_dict)
                and (
                    (type(f_timestamp) is float or type(f_timestamp) is int)
                    or f_timestamp is None
                    and "timestamp" not in src_dict
                )
                and (f_execution_start is None or (type(f_execution_start) is float or type(f_execution_start) is int))
                and (f_execution_end is None or (type(f_execution_end) is float or type(f_execution_end) is int))
                and (
                    f_execution_duration_ms is None
                    or (type(f_execution_duration_ms) is float or type(f_execution_duration_ms) is int)
                )
                and (type(f_status) is str or f_status is None and "status" not in src_dict)
                and (f_result_length is None or type(f_result_length) is int)
            ):
                model = _new(cls)
                model.name = f_name
                model.arguments = f_arguments
                model.raw_arguments = f_raw_arguments
                model.call_id = f_call_id
                model.timestamp = f_timestamp
                model.execution_start = f_execution_start
                model.execution_end = f_execution_end
                model.execution_duration_ms = f_execution_duration_ms
                model.status = f_status
                model.result = f_result
                model.error = f_error
                model.result_length = f_result_length
                model.raw_output = f_raw_output
                model.function_signature = f_function_signature
                model.function_description = f_function_description
                model.tool_type = f_tool_type
                model._raw = src_dict if reading is not None else {**src_dict}
                return model
        except (AttributeError, KeyError, TypeError, ValueError):
            pass
        return cast(Self, _schemas.read_unusual(cls, src_dict, reading))


ToolCallRecord._fields = (
    _schemas.Field("name", "name", False, _schemas.STRING),
    _schemas.Field("arguments", "arguments", False, _schemas.ANYTHING),
    _schemas.Field("raw_arguments", "raw_arguments", False, _schemas.ANYTHING),
    _schemas.Field("call_id", "call_id", False, _schemas.STRING),
    _schemas.Field("timestamp", "timestamp", False, _schemas.NUMBER),
    _schemas.Field("execution_start", "execution_start", False, _schemas.Union(_schemas.NUMBER, _schemas.NULL)),
    _schemas.Field("execution_end", "execution_end", False, _schemas.Union(_schemas.NUMBER, _schemas.NULL)),
    _schemas.Field(
        "execution_duration_ms", "execution_duration_ms", False, _schemas.Union(_schemas.NUMBER, _schemas.NULL)
    ),
    _schemas.Field("status", "status", False, _schemas.STRING),
    _schemas.Field("result", "result", False, _schemas.ANYTHING),
    _schemas.Field("error", "error", False, _schemas.ANYTHING),
    _schemas.Field("result_length", "result_length", False, _schemas.Union(_schemas.INTEGER, _schemas.NULL)),
    _schemas.Field("raw_output", "raw_output", False, _schemas.ANYTHING),
    _schemas.Field("function_signature", "function_signature", False, _schemas.ANYTHING),
    _schemas.Field("function_description", "function_description", False, _schemas.ANYTHING),
    _schemas.Field("tool_type", "tool_type", False, _schemas.ANYTHING),
)
ToolCallRecord._extra = _schemas.ANYTHING
