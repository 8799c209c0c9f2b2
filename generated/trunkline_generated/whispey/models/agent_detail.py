# Generated from whispey.yaml; do not edit. Change the contract, then run `make generate`.
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
    _nulls: tuple[str, ...] = _attrs_field(init=False, default=(), eq=False, repr=False)

    def to_dict(self) -> dict[str, Any]:
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
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = {**src_dict}
        pop = d.pop
        model = cls(
            id=pop("id"),
            name=pop("name", None),
            project_id=pop("project_id", None),
            status=pop("status", None),
            created_at=None if (value := pop("created_at", None)) is None else _decode_created_at(value),
            metrics=None if (value := pop("metrics", None)) is None else AgentMetrics.from_dict(value),
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


from ..models.agent_metrics import AgentMetrics
