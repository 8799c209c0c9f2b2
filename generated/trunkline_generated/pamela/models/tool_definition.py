# Generated from pamela.yaml; do not edit. Change the contract, then run `make generate`.
from __future__ import annotations

import datetime
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
from ..types import parse_datetime as _parse_datetime
from ..types import to_json


@_attrs_define(eq=False, repr=False, getstate_setstate=False)
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
    name: str | None = None
    description: str | None = _attrs_field(default=None, repr=_mask)
    active: bool | None = None
    input_schema: JsonSchema | None = None
    output_schema: JsonSchema | None = None
    timeout_ms: int | None = None
    created_at: datetime.datetime | None = None
    updated_at: datetime.datetime | None = None
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict, repr=_count_only)

    def to_dict(self) -> dict[str, Any]:
        received = self._received()
        if received is not None:
            return received
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
    def from_dict(
        cls, src_dict: Mapping[str, Any], reading: _Reading | None = None, values: tuple[Any, ...] | None = None
    ) -> Self:
        try:
            if values is not None:
                (
                    f_id,
                    f_name,
                    f_description,
                    f_active,
                    f_input_schema,
                    f_output_schema,
                    f_timeout_ms,
                    f_created_at,
                    f_updated_at,
                ) = values
            else:
                get = src_dict.get
                f_id = get("id")
                f_name = get("name")
                f_description = get("description")
                f_active = get("active")
                f_input_schema = get("input_schema")
                f_output_schema = get("output_schema")
                f_timeout_ms = get("timeout_ms")
                f_created_at = get("created_at")
                f_updated_at = get("updated_at")
            if (
                type(src_dict) is dict
                and (type(f_id) is str or f_id is None and "id" not in src_dict)
                and (type(f_name) is str or f_name is None and "name" not in src_dict)
                and (type(f_description) is str or f_description is None and "description" not in src_dict)
                and (type(f_active) is bool or f_active is None and "active" not in src_dict)
                and (type(f_input_schema) is dict or f_input_schema is None and "input_schema" not in src_dict)
                and (type(f_output_schema) is dict or f_output_schema is None and "output_schema" not in src_dict)
                and (type(f_timeout_ms) is int or f_timeout_ms is None and "timeout_ms" not in src_dict)
            ):
                model = _new(cls)
                model.id = f_id
                model.name = f_name
                model.description = f_description
                model.active = f_active
                model.input_schema = None if f_input_schema is None else _read_JsonSchema(f_input_schema, reading)
                model.output_schema = None if f_output_schema is None else _read_JsonSchema(f_output_schema, reading)
                model.timeout_ms = f_timeout_ms
                model.created_at = None if f_created_at is None else _parse_datetime(f_created_at)
                model.updated_at = None if f_updated_at is None else _parse_datetime(f_updated_at)
                model._raw = src_dict if reading is not None else {**src_dict}
                return model
        except (AttributeError, KeyError, TypeError, ValueError):
            pass
        return cast(Self, _schemas.read_unusual(cls, src_dict, reading))


from ..models.json_schema import JsonSchema

_read_JsonSchema = JsonSchema.from_dict

ToolDefinition._fields = (
    _schemas.Field("id", "id", False, _schemas.STRING),
    _schemas.Field("name", "name", False, _schemas.STRING),
    _schemas.Field("description", "description", False, _schemas.STRING),
    _schemas.Field("active", "active", False, _schemas.BOOLEAN),
    _schemas.Field("input_schema", "input_schema", False, _schemas.Object(JsonSchema)),
    _schemas.Field("output_schema", "output_schema", False, _schemas.Object(JsonSchema)),
    _schemas.Field("timeout_ms", "timeout_ms", False, _schemas.INTEGER),
    _schemas.Field("created_at", "created_at", False, _schemas.Union(_schemas.DATETIME, _schemas.NULL)),
    _schemas.Field("updated_at", "updated_at", False, _schemas.Union(_schemas.DATETIME, _schemas.NULL)),
)
ToolDefinition._extra = _schemas.ANYTHING
