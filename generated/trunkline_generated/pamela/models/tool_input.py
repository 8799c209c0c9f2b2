# Generated from pamela.yaml; do not edit. Change the contract, then run `make generate`.
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
class ToolInput(_Model):
    """Definition of a tool as the caller gives it.

    Attributes:
        name (str): Name by which the agent calls the tool.
        description (str): What the tool does, for the agent to read.
        input_schema (JsonSchema): A JSON Schema.
        output_schema (JsonSchema | None): A JSON Schema.
        timeout_ms (int | None): Time that the tool may take, in milliseconds. The vendor's package sends 30000 when
            none is given; the upper limit is not known.
    """

    _wire_names: ClassVar[Mapping[str, str]] = {
        "name": "name",
        "description": "description",
        "input_schema": "input_schema",
        "output_schema": "output_schema",
        "timeout_ms": "timeout_ms",
    }
    _optional: ClassVar[frozenset[str]] = frozenset(
        {
            "output_schema",
            "timeout_ms",
        }
    )

    name: str
    description: str = _attrs_field(repr=_mask)
    input_schema: JsonSchema
    output_schema: JsonSchema | None = None
    timeout_ms: int | None = None
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict, repr=_count_only)

    def to_dict(self) -> dict[str, Any]:
        received = self._received()
        if received is not None:
            return received
        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict["name"] = self.name
        field_dict["description"] = self.description
        field_dict["input_schema"] = self.input_schema.to_dict()
        if self.output_schema is not None:
            field_dict["output_schema"] = self.output_schema.to_dict()
        if self.timeout_ms is not None:
            field_dict["timeout_ms"] = self.timeout_ms
        return field_dict

    @classmethod
    def from_dict(
        cls, src_dict: Mapping[str, Any], reading: _Reading | None = None, values: tuple[Any, ...] | None = None
    ) -> Self:
        try:
            if values is not None:
                (
                    f_name,
                    f_description,
                    f_input_schema,
                    f_output_schema,
                    f_timeout_ms,
                ) = values
            else:
                get = src_dict.get
                f_name = src_dict["name"]
                f_description = src_dict["description"]
                f_input_schema = src_dict["input_schema"]
                f_output_schema = get("output_schema")
                f_timeout_ms = get("timeout_ms")
            if (
                type(src_dict) is dict
                and type(f_name) is str
                and type(f_description) is str
                and type(f_input_schema) is dict
                and (type(f_output_schema) is dict or f_output_schema is None and "output_schema" not in src_dict)
                and (type(f_timeout_ms) is int or f_timeout_ms is None and "timeout_ms" not in src_dict)
            ):
                model = _new(cls)
                model.name = f_name
                model.description = f_description
                model.input_schema = _read_JsonSchema(f_input_schema, reading)
                model.output_schema = None if f_output_schema is None else _read_JsonSchema(f_output_schema, reading)
                model.timeout_ms = f_timeout_ms
                model._raw = src_dict if reading is not None else {**src_dict}
                return model
        except (AttributeError, KeyError, TypeError, ValueError):
            pass
        return cast(Self, _schemas.read_unusual(cls, src_dict, reading))


from ..models.json_schema import JsonSchema

_read_JsonSchema = JsonSchema.from_dict

ToolInput._fields = (
    _schemas.Field("name", "name", True, _schemas.STRING),
    _schemas.Field("description", "description", True, _schemas.STRING),
    _schemas.Field("input_schema", "input_schema", True, _schemas.Object(JsonSchema)),
    _schemas.Field("output_schema", "output_schema", False, _schemas.Object(JsonSchema)),
    _schemas.Field("timeout_ms", "timeout_ms", False, _schemas.INTEGER),
)
ToolInput._extra = _schemas.ANYTHING
