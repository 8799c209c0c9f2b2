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
from ..types import mask as _mask
from ..types import new as _new


@_attrs_define(eq=False, repr=False, getstate_setstate=False)
class ErrorBody(_Model):
    """Any of six shapes that the vendor's package is written to accept: A `detail` with error_code, message and details; B
    `detail.error` with code, message and details; C `detail` as text; D error_code, message and details at top level; E
    `error` with code, message and details; F `detail` as a list of places. Which of them the service sends is not
    known; A and C are best supported.

        Attributes:
            detail (Any | None): Object, text or list: variants A, B, C and F.
            error (Any | None): Object with code, message and details: variant E.
            error_code (Any | None): Integer code: variant D.
            message (Any | None): Text for people: variant D.
            details (Any | None): Free object: variant D.
    """

    _wire_names: ClassVar[Mapping[str, str]] = {
        "detail": "detail",
        "error": "error",
        "error_code": "error_code",
        "message": "message",
        "details": "details",
    }
    _optional: ClassVar[frozenset[str]] = frozenset(
        {
            "detail",
            "error",
            "error_code",
            "message",
            "details",
        }
    )

    detail: Any = _attrs_field(default=None, repr=_mask)
    error: Any = _attrs_field(default=None, repr=_mask)
    error_code: Any = _attrs_field(default=None, repr=_mask)
    message: Any = _attrs_field(default=None, repr=_mask)
    details: Any = _attrs_field(default=None, repr=_mask)
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict, repr=_count_only)

    def to_dict(self) -> dict[str, Any]:
        received = self._received()
        if received is not None:
            return received
        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        if self.detail is not None:
            field_dict["detail"] = self.detail
        if self.error is not None:
            field_dict["error"] = self.error
        if self.error_code is not None:
            field_dict["error_code"] = self.error_code
        if self.message is not None:
            field_dict["message"] = self.message
        if self.details is not None:
            field_dict["details"] = self.details
        return field_dict

    @classmethod
    def from_dict(
        cls, src_dict: Mapping[str, Any], reading: _Reading | None = None, values: tuple[Any, ...] | None = None
    ) -> Self:
        try:
            if values is not None:
                (
                    f_detail,
                    f_error,
                    f_error_code,
                    f_message,
                    f_details,
                ) = values
            else:
                get = src_dict.get
                f_detail = get("detail")
                f_error = get("error")
                f_error_code = get("error_code")
                f_message = get("message")
                f_details = get("details")
            if type(src_dict) is dict:
                model = _new(cls)
                model.detail = f_detail
                model.error = f_error
                model.error_code = f_error_code
                model.message = f_message
                model.details = f_details
                model._raw = src_dict if reading is not None else {**src_dict}
                return model
        except (AttributeError, KeyError, TypeError, ValueError):
            pass
        return cast(Self, _schemas.read_unusual(cls, src_dict, reading))


ErrorBody._fields = (
    _schemas.Field("detail", "detail", False, _schemas.ANYTHING),
    _schemas.Field("error", "error", False, _schemas.ANYTHING),
    _schemas.Field("error_code", "error_code", False, _schemas.ANYTHING),
    _schemas.Field("message", "message", False, _schemas.ANYTHING),
    _schemas.Field("details", "details", False, _schemas.ANYTHING),
)
ErrorBody._extra = _schemas.ANYTHING
