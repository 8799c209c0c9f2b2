# Generated from whispey-ingest.yaml; do not edit. Change the contract, then run `make generate`.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self, cast

from attr import define as _attrs_define
from attr import field as _attrs_field

from .. import schemas as _schemas
from ..types import Model as _Model
from ..types import Reading as _Reading
from ..types import count_only as _count_only
from ..types import mask as _mask
from ..types import new as _new


@_attrs_define(eq=False, repr=False, getstate_setstate=False)
class ErrorBody(_Model):
    """Failure; `error` is a text, `success` is missing on the older route.

    Attributes:
        success (bool | None): False.
        error (str | None): Why.
    """

    _wire_names: ClassVar[Mapping[str, str]] = {
        "success": "success",
        "error": "error",
    }
    _optional: ClassVar[frozenset[str]] = frozenset(
        {
            "success",
            "error",
        }
    )

    success: bool | None = None
    error: str | None = _attrs_field(default=None, repr=_mask)
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict, repr=_count_only)

    def to_dict(self) -> dict[str, Any]:
        received = self._received()
        if received is not None:
            return received
        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        if self.success is not None:
            field_dict["success"] = self.success
        if self.error is not None:
            field_dict["error"] = self.error
        return field_dict

    @classmethod
    def from_dict(
        cls, src_dict: Mapping[str, Any], reading: _Reading | None = None, values: tuple[Any, ...] | None = None
    ) -> Self:
        try:
            if values is not None:
                (
                    f_success,
                    f_error,
                ) = values
            else:
                get = src_dict.get
                f_success = get("success")
                f_error = get("error")
            if (
                type(src_dict) is dict
                and (type(f_success) is bool or f_success is None and "success" not in src_dict)
                and (type(f_error) is str or f_error is None and "error" not in src_dict)
            ):
                model = _new(cls)
                model.success = f_success
                model.error = f_error
                model._raw = src_dict if reading is not None else {**src_dict}
                return model
        except (AttributeError, KeyError, TypeError, ValueError):
            pass
        return cast(Self, _schemas.read_unusual(cls, src_dict, reading))


ErrorBody._fields = (
    _schemas.Field("success", "success", False, _schemas.BOOLEAN),
    _schemas.Field("error", "error", False, _schemas.STRING),
)
ErrorBody._extra = _schemas.ANYTHING
