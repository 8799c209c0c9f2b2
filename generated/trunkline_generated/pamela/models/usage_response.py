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
from ..types import new as _new


@_attrs_define(eq=False, repr=False, getstate_setstate=False)
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

    def to_dict(self) -> dict[str, Any]:
        received = self._received()
        if received is not None:
            return received
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
    def from_dict(
        cls, src_dict: Mapping[str, Any], reading: _Reading | None = None, values: tuple[Any, ...] | None = None
    ) -> Self:
        try:
            if values is not None:
                (
                    f_partner_id,
                    f_project_id,
                    f_period,
                    f_call_count,
                    f_api_minutes,
                    f_billed_minutes,
                    f_quota,
                ) = values
            else:
                get = src_dict.get
                f_partner_id = get("partner_id")
                f_project_id = get("project_id")
                f_period = get("period")
                f_call_count = get("call_count")
                f_api_minutes = get("api_minutes")
                f_billed_minutes = get("billed_minutes")
                f_quota = get("quota")
            if (
                type(src_dict) is dict
                and (type(f_partner_id) is str or f_partner_id is None and "partner_id" not in src_dict)
                and (f_project_id is None or type(f_project_id) is str)
                and (type(f_period) is str or f_period is None and "period" not in src_dict)
                and (type(f_call_count) is int or f_call_count is None and "call_count" not in src_dict)
                and (
                    (type(f_api_minutes) is float or type(f_api_minutes) is int)
                    or f_api_minutes is None
                    and "api_minutes" not in src_dict
                )
                and (type(f_billed_minutes) is int or f_billed_minutes is None and "billed_minutes" not in src_dict)
                and (type(f_quota) is dict or f_quota is None and "quota" not in src_dict)
            ):
                model = _new(cls)
                model.partner_id = f_partner_id
                model.project_id = f_project_id
                model.period = f_period
                model.call_count = f_call_count
                model.api_minutes = f_api_minutes
                model.billed_minutes = f_billed_minutes
                model.quota = None if f_quota is None else _read_UsageQuota(f_quota, reading)
                model._raw = src_dict if reading is not None else {**src_dict}
                return model
        except (AttributeError, KeyError, TypeError, ValueError):
            pass
        return cast(Self, _schemas.read_unusual(cls, src_dict, reading))


from ..models.usage_quota import UsageQuota

_read_UsageQuota = UsageQuota.from_dict

UsageResponse._fields = (
    _schemas.Field("partner_id", "partner_id", False, _schemas.STRING),
    _schemas.Field("project_id", "project_id", False, _schemas.Union(_schemas.STRING, _schemas.NULL)),
    _schemas.Field("period", "period", False, _schemas.STRING),
    _schemas.Field("call_count", "call_count", False, _schemas.INTEGER),
    _schemas.Field("api_minutes", "api_minutes", False, _schemas.NUMBER),
    _schemas.Field("billed_minutes", "billed_minutes", False, _schemas.INTEGER),
    _schemas.Field("quota", "quota", False, _schemas.Object(UsageQuota)),
)
UsageResponse._extra = _schemas.ANYTHING
