# Generated from pamela.yaml; do not edit. Change the contract, then run `make generate`.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import Model as _Model
from ..types import count_only as _count_only


@_attrs_define(repr=False)
class UsageResponse(_Model):
    """Usage of one calendar month.

    Attributes:
        partner_id (str | None): Id of the partner.
        project_id (None | str | None): Id of the project that the key is tied to.
        period (str | None): Calendar month as `YYYY-MM`.
        call_count (int | None): Number of calls.
        api_minutes (float | None): Minutes used; missing in the sample of the package page.
        billed_minutes (int | None): Minutes charged; missing in the sample of the package page.
        quota (UsageQuota | None): Limits on the number of calls; null, the normal case, means unlimited.
    """

    _wire_names: ClassVar[Mapping[str, str]] = {
        "partner_id": "partner_id",
        "project_id": "project_id",
        "period": "period",
        "call_count": "call_count",
        "api_minutes": "api_minutes",
        "billed_minutes": "billed_minutes",
        "quota": "quota",
    }
    _optional: ClassVar[frozenset[str]] = frozenset(
        {
            "partner_id",
            "project_id",
            "period",
            "call_count",
            "api_minutes",
            "billed_minutes",
            "quota",
        }
    )

    partner_id: str | None = None
    project_id: None | str = None
    period: str | None = None
    call_count: int | None = None
    api_minutes: float | None = None
    billed_minutes: int | None = None
    quota: UsageQuota | None = None
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict, repr=_count_only)
    _nulls: tuple[str, ...] = _attrs_field(init=False, default=(), eq=False, repr=False)

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        if self.partner_id is not None:
            field_dict["partner_id"] = self.partner_id
        if self.project_id is not None:
            field_dict["project_id"] = self.project_id
        if self.period is not None:
            field_dict["period"] = self.period
        if self.call_count is not None:
            field_dict["call_count"] = self.call_count
        if self.api_minutes is not None:
            field_dict["api_minutes"] = self.api_minutes
        if self.billed_minutes is not None:
            field_dict["billed_minutes"] = self.billed_minutes
        if self.quota is not None:
            field_dict["quota"] = self.quota.to_dict()
        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = {**src_dict}
        pop = d.pop
        model = cls(
            partner_id=pop("partner_id", None),
            project_id=pop("project_id", None),
            period=pop("period", None),
            call_count=pop("call_count", None),
            api_minutes=pop("api_minutes", None),
            billed_minutes=pop("billed_minutes", None),
            quota=None if (value := pop("quota", None)) is None else UsageQuota.from_dict(value),
        )
        model.additional_properties = d
        if None in src_dict.values():
            model._note_nulls(src_dict)
        return model


from ..models.usage_quota import UsageQuota
