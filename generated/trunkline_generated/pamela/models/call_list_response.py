# Generated from pamela.yaml; do not edit. Change the contract, then run `make generate`.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import Model as _Model
from ..types import count_only as _count_only


@_attrs_define(repr=False)
class CallListResponse(_Model):
    """One page of calls.

    Attributes:
        items (list[CallStatusResponse]):
        total (int | None): Number of calls that fit the filter.
        limit (int | None): Page size that was used.
        offset (int | None): Number of calls that were skipped.
        has_more (bool | None): Whether another page follows.
        next_offset (int | None): Offset of the next page, null at the end.
    """

    _wire_names: ClassVar[Mapping[str, str]] = {
        "items": "items",
        "total": "total",
        "limit": "limit",
        "offset": "offset",
        "has_more": "has_more",
        "next_offset": "next_offset",
    }
    _optional: ClassVar[frozenset[str]] = frozenset(
        {
            "total",
            "limit",
            "offset",
            "has_more",
            "next_offset",
        }
    )

    items: list[CallStatusResponse]
    total: int | None = None
    limit: int | None = None
    offset: int | None = None
    has_more: bool | None = None
    next_offset: int | None = None
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict, repr=_count_only)
    _nulls: tuple[str, ...] = _attrs_field(init=False, default=(), eq=False, repr=False)

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict["items"] = [item_items.to_dict() for item_items in self.items]
        if self.total is not None:
            field_dict["total"] = self.total
        if self.limit is not None:
            field_dict["limit"] = self.limit
        if self.offset is not None:
            field_dict["offset"] = self.offset
        if self.has_more is not None:
            field_dict["has_more"] = self.has_more
        if self.next_offset is not None:
            field_dict["next_offset"] = self.next_offset
        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = {**src_dict}
        pop = d.pop
        model = cls(
            items=[CallStatusResponse.from_dict(item_items) for item_items in pop("items")],
            total=pop("total", None),
            limit=pop("limit", None),
            offset=pop("offset", None),
            has_more=pop("has_more", None),
            next_offset=pop("next_offset", None),
        )
        model.additional_properties = d
        if None in src_dict.values():
            model._note_nulls(src_dict)
        return model


from ..models.call_status_response import CallStatusResponse
