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
class AgentDetail(_Model):
    """An agent with its figures in `metrics`.

    Attributes:
        id (str): Id of the agent; no format is promised.
        name (str | None): Name of the agent.
        project_id (str | None): Id of the project.
        status (str | None): Only `active` is shown; other values are not documented.
        created_at (datetime.datetime | None): When the agent was created, UTC; the null is inferred.
        metrics (AgentMetrics | None):
    """

    _wire_names: ClassVar[Mapping[str, str]] = {
        "id": "id",
        "name": "name",
        "project_id": "project_id",
        "status": "status",
        "created_at": "created_at",
        "metrics": "metrics",
    }
    _optional: ClassVar[frozenset[str]] = frozenset(
        {
            "name",
            "project_id",
            "status",
            "created_at",
            "metrics",
        }
    )

    id: str
    name: str | None = _attrs_field(default=None, repr=_mask)
    project_id: str | None = None
    status: str | None = None
    created_at: datetime.datetime | None = None
    metrics: AgentMetrics | None = None
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
        if self.metrics is not None:
            field_dict["metrics"] = self.metrics.to_dict()
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
                    f_metrics,
                ) = values
            else:
                get = src_dict.get
                f_id = src_dict["id"]
                f_name = get("name")
                f_project_id = get("project_id")
                f_status = get("status")
                f_created_at = get("created_at")
                f_metrics = get("metrics")
            if (
                type(src_dict) is dict
                and type(f_id) is str
                and (type(f_name) is str or f_name is None and "name" not in src_dict)
                and (type(f_project_id) is str or f_project_id is None and "project_id" not in src_dict)
                and (type(f_status) is str or f_status is None and "status" not in src_dict)
                and (type(f_metrics) is dict or f_metrics is None and "metrics" not in src_dict)
            ):
                model = _new(cls)
                model.id = f_id
                model.name = f_name
                model.project_id = f_project_id
                model.status = f_status
                model.created_at = None if f_created_at is None else _parse_datetime(f_created_at)
                model.metrics = None if f_metrics is None else _read_AgentMetrics(f_metrics, reading)
                model._raw = src_dict if reading is not None else {**src_dict}
                return model
        except (AttributeError, KeyError, TypeError, ValueError):
            pass
        return cast(Self, _schemas.read_unusual(cls, src_dict, reading))


from ..models.agent_metrics import AgentMetrics

_read_AgentMetrics = AgentMetrics.from_dict

AgentDetail._fields = (
    _schemas.Field("id", "id", True, _schemas.STRING),
    _schemas.Field("name", "name", False, _schemas.STRING),
    _schemas.Field("project_id", "project_id", False, _schemas.STRING),
    _schemas.Field("status", "status", False, _schemas.STRING),
    _schemas.Field("created_at", "created_at", False, _schemas.Union(_schemas.DATETIME, _schemas.NULL)),
    _schemas.Field("metrics", "metrics", False, _schemas.Object(AgentMetrics)),
)
AgentDetail._extra = _schemas.ANYTHING
