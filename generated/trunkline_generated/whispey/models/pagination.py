# Generated from whispey.yaml; do not edit. Change the contract, then run `make generate`.
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
class Pagination(_Model):
    """
    Attributes:
        total (int | None): Number of calls that fit the filter.
        limit (int | None): Page size that was used.
        offset (int | None): Number of calls that were skipped.
        has_more (bool | None): Whether another page follows.
    """

    _wire_names: ClassVar[Mapping[str, str]] = {
        "total": "total",
        "limit": "limit",
        "offset": "offset",
        "has_more": "has_more",
    }
    _optional: ClassVar[frozenset[str]] = frozenset(
        {
            "total",
            "limit",
            "offset",
            "has_more",
        }
    )

    total: int | None = None
    limit: int | None = None
    offset: int | None = None
    has_more: bool | None = None
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict, repr=_count_only)

    def to_dict(self) -> dict[str, Any]:
        received = self._received()
        if received is not None:
            return received
        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        if self.total is not None:
            field_dict["total"] = self.total
        if self.limit is not None:
            field_dict["limit"] = self.limit
        if self.offset is not None:
            field_dict["offset"] = self.offset
        if self.has_more is not None:
            field_dict["has_more"] = self.has_more
        return field_dict

    @classmethod
    def from_dict(
        cls, src_dict: Mapping[str, Any], reading: _Reading | None = None, values: tuple[Any, ...] | None = None
    ) -> Self:
        try:
            if values is not None:
                (
                    f_total,
                    f_limit,
                    f_offset,
                    f_has_more,
                ) = values
            else:
                get = src_dict.get
                f_total = get("total")
                f_limit = get("limit")
                f_offset = get("offset")
                f_has_more = get("has_more")
            if (
                type(src_dict) is dict
                and (type(f_total) is int or f_total is None and "total" not in src_dict)
                and (type(f_limit) is int or f_limit is None and "limit" not in src_dict)
                and (type(f_offset) is int or f_offset is None and "offset" not in src_dict)
                and (type(f_has_more) is bool or f_has_more is None and "has_more" not in src_dict)
            ):
                model = _new(cls)
                model.total = f_total
                model.limit = f_limit
                model.offset = f_offset
                model.has_more = f_has_more
                model._raw = src_dict if reading is not None else {**src_dict}
                return model
        except (AttributeError, KeyError, TypeError, ValueError):
            pass
        return cast(Self, _schemas.read_unusual(cls, src_dict, reading))


Pagination._fields = (
    _schemas.Field("total", "total", False, _schemas.INTEGER),
    _schemas.Field("limit", "limit", False, _schemas.INTEGER),
    _schemas.Field("offset", "offset", False, _schemas.INTEGER),
    _schemas.Field("has_more", "has_more", False, _schemas.BOOLEAN),
)
Pagination._extra = _schemas.ANYTHING
