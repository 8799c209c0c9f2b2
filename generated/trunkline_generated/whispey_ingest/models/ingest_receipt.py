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
class IngestReceipt(_Model):
    """
    Attributes:
        message (str | None):
        log_id (str | None):
        agent_id (str | None):
        project_id (str | None):
    """

    _wire_names: ClassVar[Mapping[str, str]] = {
        "message": "message",
        "log_id": "log_id",
        "agent_id": "agent_id",
        "project_id": "project_id",
    }
    _optional: ClassVar[frozenset[str]] = frozenset(
        {
            "message",
            "log_id",
            "agent_id",
            "project_id",
        }
    )

    message: str | None = _attrs_field(default=None, repr=_mask)
    log_id: str | None = None
    agent_id: str | None = None
    project_id: str | None = None
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict, repr=_count_only)
    _nulls: tuple[str, ...] = _attrs_field(init=False, default=(), eq=False, repr=False)

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        if self.message is not None:
            field_dict["message"] = self.message
        if self.log_id is not None:
            field_dict["log_id"] = self.log_id
        if self.agent_id is not None:
            field_dict["agent_id"] = self.agent_id
        if self.project_id is not None:
            field_dict["project_id"] = self.project_id
        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = {**src_dict}
        pop = d.pop
        model = cls(
            message=pop("message", None),
            log_id=pop("log_id", None),
            agent_id=pop("agent_id", None),
            project_id=pop("project_id", None),
        )
        model.additional_properties = d
        if None in src_dict.values():
            model._note_nulls(src_dict)
        return model
