# Generated from pamela.yaml; do not edit. Change the contract, then run `make generate`.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import Model as _Model
from ..types import count_only as _count_only
from ..types import mask as _mask


@_attrs_define(repr=False)
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
    _nulls: tuple[str, ...] = _attrs_field(init=False, default=(), eq=False, repr=False)

    def to_dict(self) -> dict[str, Any]:
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
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = {**src_dict}
        pop = d.pop
        model = cls(
            detail=pop("detail", None),
            error=pop("error", None),
            error_code=pop("error_code", None),
            message=pop("message", None),
            details=pop("details", None),
        )
        model.additional_properties = d
        if None in src_dict.values():
            model._note_nulls(src_dict)
        return model
