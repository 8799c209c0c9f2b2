# Generated from pamela.yaml; do not edit. Change the contract, then run `make generate`.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import Model as _Model
from ..types import count_only as _count_only
from ..types import mask as _mask


@_attrs_define(repr=False)
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

    name: str = _attrs_field(repr=_mask)
    description: str = _attrs_field(repr=_mask)
    input_schema: JsonSchema
    output_schema: JsonSchema | None = None
    timeout_ms: int | None = None
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict, repr=_count_only)
    _nulls: tuple[str, ...] = _attrs_field(init=False, default=(), eq=False, repr=False)

    def to_dict(self) -> dict[str, Any]:
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
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = {**src_dict}
        pop = d.pop
        model = cls(
            name=pop("name"),
            description=pop("description"),
            input_schema=JsonSchema.from_dict(pop("input_schema")),
            output_schema=None if (value := pop("output_schema", None)) is None else JsonSchema.from_dict(value),
            timeout_ms=pop("timeout_ms", None),
        )
        model.additional_properties = d
        if None in src_dict.values():
            model._note_nulls(src_dict)
        return model


from ..models.json_schema import JsonSchema
