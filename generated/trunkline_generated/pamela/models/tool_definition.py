# Generated from pamela.yaml; do not edit. Change the contract, then run `make generate`.
from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, ClassVar, Self, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import Model as _Model
from ..types import count_only as _count_only
from ..types import mask as _mask
from ..types import to_json


@_attrs_define(repr=False)
class ToolDefinition(_Model):
    """A registered tool.

    Attributes:
        id (str | None): Id of the tool.
        name (str | None): Name by which the agent calls the tool.
        description (str | None): What the tool does.
        active (bool | None): False after the tool was deleted (inferred).
        input_schema (JsonSchema | None): A JSON Schema.
        output_schema (JsonSchema | None): A JSON Schema.
        timeout_ms (int | None): Time that the tool may take, in milliseconds.
        created_at (datetime.datetime | None): When the tool was registered; the format and the null are inferred.
        updated_at (datetime.datetime | None): When the tool last changed; the format and the null are inferred.
    """

    _wire_names: ClassVar[Mapping[str, str]] = {
        "id": "id",
        "name": "name",
        "description": "description",
        "active": "active",
        "input_schema": "input_schema",
        "output_schema": "output_schema",
        "timeout_ms": "timeout_ms",
        "created_at": "created_at",
        "updated_at": "updated_at",
    }
    _optional: ClassVar[frozenset[str]] = frozenset(
        {
            "id",
            "name",
            "description",
            "active",
            "input_schema",
            "output_schema",
            "timeout_ms",
            "created_at",
            "updated_at",
        }
    )

    id: str | None = None
    name: str | None = _attrs_field(default=None, repr=_mask)
    description: str | None = _attrs_field(default=None, repr=_mask)
    active: bool | None = None
    input_schema: JsonSchema | None = None
    output_schema: JsonSchema | None = None
    timeout_ms: int | None = None
    created_at: datetime.datetime | None = None
    updated_at: datetime.datetime | None = None
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict, repr=_count_only)
    _nulls: tuple[str, ...] = _attrs_field(init=False, default=(), eq=False, repr=False)

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        if self.id is not None:
            field_dict["id"] = self.id
        if self.name is not None:
            field_dict["name"] = self.name
        if self.description is not None:
            field_dict["description"] = self.description
        if self.active is not None:
            field_dict["active"] = self.active
        if self.input_schema is not None:
            field_dict["input_schema"] = self.input_schema.to_dict()
        if self.output_schema is not None:
            field_dict["output_schema"] = self.output_schema.to_dict()
        if self.timeout_ms is not None:
            field_dict["timeout_ms"] = self.timeout_ms
        if self.created_at is not None:
            field_dict["created_at"] = to_json(self.created_at)
        if self.updated_at is not None:
            field_dict["updated_at"] = to_json(self.updated_at)
        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = {**src_dict}
        pop = d.pop
        model = cls(
            id=pop("id", None),
            name=pop("name", None),
            description=pop("description", None),
            active=pop("active", None),
            input_schema=None if (value := pop("input_schema", None)) is None else JsonSchema.from_dict(value),
            output_schema=None if (value := pop("output_schema", None)) is None else JsonSchema.from_dict(value),
            timeout_ms=pop("timeout_ms", None),
            created_at=None if (value := pop("created_at", None)) is None else _decode_created_at(value),
            updated_at=None if (value := pop("updated_at", None)) is None else _decode_updated_at(value),
        )
        model.additional_properties = d
        if None in src_dict.values():
            model._note_nulls(src_dict)
        return model


def _decode_created_at(data: Any) -> datetime.datetime | None:
    if data is None:
        return data
    if isinstance(data, str):
        try:
            return datetime.datetime.fromisoformat(data)
        except (AttributeError, KeyError, TypeError, ValueError):
            pass
    return cast("datetime.datetime | None", data)


def _decode_updated_at(data: Any) -> datetime.datetime | None:
    if data is None:
        return data
    if isinstance(data, str):
        try:
            return datetime.datetime.fromisoformat(data)
        except (AttributeError, KeyError, TypeError, ValueError):
            pass
    return cast("datetime.datetime | None", data)


from ..models.json_schema import JsonSchema
