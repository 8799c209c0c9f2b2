# Generated from whispey.yaml; do not edit. Change the contract, then run `make generate`.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import Model as _Model
from ..types import count_only as _count_only


@_attrs_define(repr=False)
class CallListResponse(_Model):
    """
    Attributes:
        success (bool): True.
        data (list[Call]):
        pagination (Pagination | None):
    """

    _wire_names: ClassVar[Mapping[str, str]] = {
        "success": "success",
        "data": "data",
        "pagination": "pagination",
    }
    _optional: ClassVar[frozenset[str]] = frozenset(
        {
            "pagination",
        }
    )

    success: bool
    data: list[Call]
    pagination: Pagination | None = None
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict, repr=_count_only)
    _nulls: tuple[str, ...] = _attrs_field(init=False, default=(), eq=False, repr=False)

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict["success"] = self.success
        field_dict["data"] = [item_data.to_dict() for item_data in self.data]
        if self.pagination is not None:
            field_dict["pagination"] = self.pagination.to_dict()
        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = {**src_dict}
        pop = d.pop
        model = cls(
            success=pop("success"),
            data=[Call.from_dict(item_data) for item_data in pop("data")],
            pagination=None if (value := pop("pagination", None)) is None else Pagination.from_dict(value),
        )
        model.additional_properties = d
        if None in src_dict.values():
            model._note_nulls(src_dict)
        return model


from ..models.call import Call
from ..models.pagination import Pagination
