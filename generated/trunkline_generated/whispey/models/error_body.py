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
from ..types import mask as _mask
from ..types import new as _new
from ..types import to_json


@_attrs_define(eq=False, repr=False, getstate_setstate=False)
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

    def to_dict(self) -> dict[str, Any]:
        received = self._received()
        if received is not None:
            return received
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
    def from_dict(
        cls, src_dict: Mapping[str, Any], reading: _Reading | None = None, values: tuple[Any, ...] | None = None
    ) -> Self:
        try:
            if values is not None:
                (
                    f_success,
                    f_error,
                    f_message,
                    f_details,
                ) = values
            else:
                get = src_dict.get
                f_success = get("success")
                f_error = get("error")
                f_message = get("message")
                f_details = get("details")
            if (
                type(src_dict) is dict
                and (type(f_success) is bool or f_success is None and "success" not in src_dict)
                and ((type(f_error) is dict or type(f_error) is str) or f_error is None and "error" not in src_dict)
            ):
                model = _new(cls)
                model.success = f_success
                model.error = (
                    None
                    if f_error is None
                    else (_read_ErrorDetail(f_error, reading) if isinstance(f_error, dict) else f_error)
                )
                model.message = f_message
                model.details = f_details
                model._raw = src_dict if reading is not None else {**src_dict}
                return model
        except (AttributeError, KeyError, TypeError, ValueError):
            pass
        return cast(Self, _schemas.read_unusual(cls, src_dict, reading))


from ..models.error_detail import ErrorDetail

_read_ErrorDetail = ErrorDetail.from_dict

ErrorBody._fields = (
    _schemas.Field("success", "success", False, _schemas.BOOLEAN),
    _schemas.Field("error", "error", False, _schemas.Union(_schemas.Object(ErrorDetail), _schemas.STRING)),
    _schemas.Field("message", "message", False, _schemas.ANYTHING),
    _schemas.Field("details", "details", False, _schemas.ANYTHING),
)
ErrorBody._extra = _schemas.ANYTHING
