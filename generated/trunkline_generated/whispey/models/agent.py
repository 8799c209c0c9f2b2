# Generated from whispey.yaml; do not edit. Change the contract, then run `make generate`.
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
class Agent(_Model):
    """An agent as the list gives it.

    Attributes:
        id (str): Id of the agent; no format is promised.
        name (str | None): Name of the agent.
        project_id (str | None): Id of the project.
        status (str | None): Only `active` is shown; other values are not documented.
        created_at (datetime.datetime | None): When the agent was created, UTC; the null is inferred.
        total_calls (int | None): Number of calls.
        success_rate (float | None): Share of completed calls in percent, 0 to 100.
    """

    _wire_names: ClassVar[Mapping[str, str]] = {
        "id": "id",
        "name": "name",
        "project_id": "project_id",
        "status": "status",
        "created_at": "created_at",
        "total_calls": "total_calls",
        "success_rate": "success_rate",
    }
    _optional: ClassVar[frozenset[str]] = frozenset(
        {
            "name",
            "project_id",
            "status",
            "created_at",
            "total_calls",
            "success_rate",
        }
    )

    id: str
    name: str | None = _attrs_field(default=None, repr=_mask)
    project_id: str | None = None
    status: str | None = None
    created_at: datetime.datetime | None = None
    total_calls: int | None = None
    success_rate: float | None = None
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict, repr=_count_only)

    def to_dict(self) -> dict[str, Any]:
        received = self._received()
        if received is not None:
            return received
        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict["id"] = self.id
        if self.name is not None:
            field_dict["name"] = self.name
        if self.project_id is not None:
            field_dict["project_id"] = self.project_id
        if self.status is not None:
            field_dict["status"] = self.status
        if self.created_at is not None:
            field_dict["created_at"] = to_json(self.created_at)
        if self.total_calls is not None:
            field_dict["total_calls"] = self.total_calls
        if self.success_rate is not None:
            field_dict["success_rate"] = self.success_rate
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
                    f_project_id,
                    f_status,
                    f_created_at,
                    f_total_calls,
                    f_success_rate,
                ) = values
            else:
                get = src_dict.get
                f_id = src_dict["id"]
                f_name = get("name")
                f_project_id = get("project_id")
                f_status = get("status")
                f_created_at = get("created_at")
                f_total_calls = get("total_calls")
                f_success_rate = get("success_rate")
            if (
                type(src_dict) is dict
                and type(f_id) is str
                and (type(f_name) is str or f_name is None and "name" not in src_dict)
                and (type(f_project_id) is str or f_project_id is None and "project_id" not in src_dict)
                and (type(f_status) is str or f_status is None and "status" not in src_dict)
                and (type(f_total_calls) is int or f_total_calls is None and "total_calls" not in src_dict)
                and (
                    (type(f_success_rate) is float or type(f_success_rate) is int)
                    or f_success_rate is None
                    and "success_rate" not in src_dict
                )
            ):
                model = _new(cls)
                model.id = f_id
                model.name = f_name
                model.project_id = f_project_id
                model.status = f_status
                model.created_at = None if f_created_at is None else _parse_datetime(f_created_at)
                model.total_calls = f_total_calls
                model.success_rate = f_success_rate
                model._raw = src_dict if reading is not None else {**src_dict}
                return model
        except (AttributeError, KeyError, TypeError, ValueError):
            pass
        return cast(Self, _schemas.read_unusual(cls, src_dict, reading))


Agent._fields = (
    _schemas.Field("id", "id", True, _schemas.STRING),
    _schemas.Field("name", "name", False, _schemas.STRING),
    _schemas.Field("project_id", "project_id", False, _schemas.STRING),
    _schemas.Field("status", "status", False, _schemas.STRING),
    _schemas.Field("created_at", "created_at", False, _schemas.Union(_schemas.DATETIME, _schemas.NULL)),
    _schemas.Field("total_calls", "total_calls", False, _schemas.INTEGER),
    _schemas.Field("success_rate", "success_rate", False, _schemas.NUMBER),
)
Agent._extra = _schemas.ANYTHING
