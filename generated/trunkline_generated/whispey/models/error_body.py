# Generated from whispey.yaml; do not edit. Change the contract, then run `make generate`.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import Model as _Model
from ..types import count_only as _count_only
from ..types import mask as _mask
from ..types import to_json


@_attrs_define(repr=False)
class ErrorBody(_Model):
    """Failure. The page gives an object in `error`; the public server source of the vendor answers with a text in `error`,
    sometimes with `details` beside it, and a gateway in front may answer with `message` or without JSON.

        Attributes:
            success (bool | None): False.
            error (ErrorDetail | str | None):
            message (Any | None): Text of a gateway.
            details (Any | None): Details beside an `error` that is a text.
    """

    _wire_names: ClassVar[Mapping[str, str]] = {
        "success": "success",
        "error": "error",
        "message": "message",
        "details": "details",
    }
    _optional: ClassVar[frozenset[str]] = frozenset(
        {
            "success",
            "error",
            "message",
            "details",
        }
    )

    success: bool | None = None
    error: ErrorDetail | str | None = _attrs_field(default=None, repr=_mask)
    message: Any = _attrs_field(default=None, repr=_mask)
    details: Any = _attrs_field(default=None, repr=_mask)
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict, repr=_count_only)
    _nulls: tuple[str, ...] = _attrs_field(init=False, default=(), eq=False, repr=False)

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        if self.success is not None:
            field_dict["success"] = self.success
        if self.error is not None:
            field_dict["error"] = to_json(self.error)
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
            success=pop("success", None),
            error=None if (value := pop("error", None)) is None else _decode_error(value),
            message=pop("message", None),
            details=pop("details", None),
        )
        model.additional_properties = d
        if None in src_dict.values():
            model._note_nulls(src_dict)
        return model


def _decode_error(data: Any) -> ErrorDetail | str:
    if isinstance(data, dict):
        try:
            return ErrorDetail.from_dict(data)
        except (AttributeError, KeyError, TypeError, ValueError):
            pass
    return cast("ErrorDetail | str", data)


from ..models.error_detail import ErrorDetail
