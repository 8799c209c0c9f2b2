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

    def to_dict(self) -> dict[str, Any]:
        received = self._received()
        if received is not None:
            return received
        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        if self.partner_limit is not None:
            field_dict["partner_limit"] = self.partner_limit
        if self.project_limit is not None:
            field_dict["project_limit"] = self.project_limit
        return field_dict

    @classmethod
    def from_dict(
        cls, src_dict: Mapping[str, Any], reading: _Reading | None = None, values: tuple[Any, ...] | None = None
    ) -> Self:
        try:
            if values is not None:
                (
                    f_partner_limit,
                    f_project_limit,
                ) = values
            else:
                get = src_dict.get
                f_partner_limit = get("partner_limit")
                f_project_limit = get("project_limit")
            if (
                type(src_dict) is dict
                and (f_partner_limit is None or type(f_partner_limit) is int)
                and (f_project_limit is None or type(f_project_limit) is int)
            ):
                model = _new(cls)
                model.partner_limit = f_partner_limit
                model.project_limit = f_project_limit
                model._raw = src_dict if reading is not None else {**src_dict}
                return model
        except (AttributeError, KeyError, TypeError, ValueError):
            pass
        return cast(Self, _schemas.read_unusual(cls, src_dict, reading))


UsageQuota._fields = (
    _schemas.Field("partner_limit", "partner_limit", False, _schemas.Union(_schemas.INTEGER, _schemas.NULL)),
    _schemas.Field("project_limit", "project_limit", False, _schemas.Union(_schemas.INTEGER, _schemas.NULL)),
)
UsageQuota._extra = _schemas.ANYTHING
