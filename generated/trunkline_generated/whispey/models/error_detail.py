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


@_attrs_define(eq=False, repr=False, getstate_setstate=False)
class ErrorDetail(_Model):
    """
    Attributes:
        code (str | None): Machine-readable code, open; known: `INVALID_API_KEY`, `RATE_LIMIT_EXCEEDED`,
            `AGENT_NOT_FOUND`, `INVALID_DATE_RANGE`, `EXPORT_IN_PROGRESS`.
        message (str | None): Text for people.
        details (Any | None): Free object, for example from the name of a field to a reason; may be missing or null.
    """

    _wire_names: ClassVar[Mapping[str, str]] = {
        "code": "code",
        "message": "message",
        "details": "details",
    }
    _optional: ClassVar[frozenset[str]] = frozenset(
        {
            "code",
            "message",
            "details",
        }
    )

    code: str | None = _attrs_field(default=None, repr=_mask)
    message: str | None = _attrs_field(default=None, repr=_mask)
    details: Any = _attrs_field(default=None, repr=_mask)
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict, repr=_count_only)

    def to_dict(self) -> dict[str, Any]:
        received = self._received()
        if received is not None:
            return received
        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        if self.code is not None:
            field_dict["code"] = self.code
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
                    f_code,
                    f_message,
                    f_details,
                ) = values
            else:
                get = src_dict.get
                f_code = get("code")
                f_message = get("message")
                f_details = get("details")
            if (
                type(src_dict) is dict
                and (type(f_code) is str or f_code is None and "code" not in src_dict)
                and (type(f_message) is str or f_message is None and "message" not in src_dict)
            ):
                model = _new(cls)
                model.code = f_code
                model.message = f_message
                model.details = f_details
                model._raw = src_dict if reading is not None else {**src_dict}
                return model
        except (AttributeError, KeyError, TypeError, ValueError):
            pass
        return cast(Self, _schemas.read_unusual(cls, src_dict, reading))


ErrorDetail._fields = (
    _schemas.Field("code", "code", False, _schemas.STRING),
    _schemas.Field("message", "message", False, _schemas.STRING),
    _schemas.Field("details", "details", False, _schemas.ANYTHING),
)
ErrorDetail._extra = _schemas.ANYTHING
