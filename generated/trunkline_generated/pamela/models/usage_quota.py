# Generated from pamela.yaml; do not edit. Change the contract, then run `make generate`.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import Model as _Model
from ..types import count_only as _count_only


@_attrs_define(repr=False)
class UsageQuota(_Model):
    """Limits on the number of calls; null, the normal case, means unlimited.

    Attributes:
        partner_limit (int | None): Limit of the partner.
        project_limit (int | None): Limit of the project.
    """

    _wire_names: ClassVar[Mapping[str, str]] = {
        "partner_limit": "partner_limit",
        "project_limit": "project_limit",
    }
    _optional: ClassVar[frozenset[str]] = frozenset(
        {
            "partner_limit",
            "project_limit",
        }
    )

    partner_limit: int | None = None
    project_limit: int | None = None
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict, repr=_count_only)
    _nulls: tuple[str, ...] = _attrs_field(init=False, default=(), eq=False, repr=False)

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        if self.partner_limit is not None:
            field_dict["partner_limit"] = self.partner_limit
        if self.project_limit is not None:
            field_dict["project_limit"] = self.project_limit
        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = {**src_dict}
        pop = d.pop
        model = cls(
            partner_limit=pop("partner_limit", None),
            project_limit=pop("project_limit", None),
        )
        model.additional_properties = d
        if None in src_dict.values():
            model._note_nulls(src_dict)
        return model
