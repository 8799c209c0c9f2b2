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

    def to_dict(self) -> dict[str, Any]:
        received = self._received()
        if received is not None:
            return received
        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict["success"] = self.success
        field_dict["data"] = [item_data.to_dict() for item_data in self.data]
        if self.pagination is not None:
            field_dict["pagination"] = self.pagination.to_dict()
        return field_dict

    @classmethod
    def from_dict(
        cls, src_dict: Mapping[str, Any], reading: _Reading | None = None, values: tuple[Any, ...] | None = None
    ) -> Self:
        try:
            if values is not None:
                (
                    f_success,
                    f_data,
                    f_pagination,
                ) = values
            else:
                get = src_dict.get
                f_success = src_dict["success"]
                f_data = src_dict["data"]
                f_pagination = get("pagination")
            if (
                type(src_dict) is dict
                and type(f_success) is bool
                and type(f_data) is list
                and (type(f_pagination) is dict or f_pagination is None and "pagination" not in src_dict)
            ):
                model = _new(cls)
                model.success = f_success
                model.data = _schemas.read_objects(Call, _read_Call, f_data, reading)
                model.pagination = None if f_pagination is None else _read_Pagination(f_pagination, reading)
                model._raw = src_dict if reading is not None else {**src_dict}
                return model
        except (AttributeError, KeyError, TypeError, ValueError):
            pass
        return cast(Self, _schemas.read_unusual(cls, src_dict, reading))


from ..models.call import Call
from ..models.pagination import Pagination

_read_Call = Call.from_dict
_read_Pagination = Pagination.from_dict

CallListResponse._fields = (
    _schemas.Field("success", "success", True, _schemas.BOOLEAN),
    _schemas.Field("data", "data", True, _schemas.Array(_schemas.Object(Call))),
    _schemas.Field("pagination", "pagination", False, _schemas.Object(Pagination)),
)
CallListResponse._extra = _schemas.ANYTHING
