# Generated from stateset-voice-public.json; do not edit. Change the contract, then run `make generate`.
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
    """Failure. The errors page shows `error`, `message` and `details`; the admin document shows `error` and `ok`. Proxies
    may answer without JSON. The request id is in a header.

        Attributes:
            error (str): Machine-readable name, such as `invalid_request`.
            message (None | str | None): Text for people.
            details (Any | None): Free object, such as the name of a field.
            ok (bool | None): False.
    """

    _wire_names: ClassVar[Mapping[str, str]] = {
        "error": "error",
        "message": "message",
        "details": "details",
        "ok": "ok",
    }
    _optional: ClassVar[frozenset[str]] = frozenset(
        {
            "message",
            "details",
            "ok",
        }
    )

    error: str = _attrs_field(repr=_mask)
    message: None | str = _attrs_field(default=None, repr=_mask)
    details: Any = _attrs_field(default=None, repr=_mask)
    ok: bool | None = None
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict, repr=_count_only)

    def to_dict(self) -> dict[str, Any]:
        received = self._received()
        if received is not None:
            return received
        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict["error"] = self.error
        if self.message is not None:
            field_dict["message"] = self.message
        if self.details is not None:
            field_dict["details"] = self.details
        if self.ok is not None:
            field_dict["ok"] = self.ok
        return field_dict

    @classmethod
    def from_dict(
        cls, src_dict: Mapping[str, Any], reading: _Reading | None = None, values: tuple[Any, ...] | None = None
    ) -> Self:
        try:
            if values is not None:
                (
                    f_error,
                    f_message,
                    f_details,
                    f_ok,
                ) = values
            else:
                get = src_dict.get
                f_error = src_dict["error"]
                f_message = get("message")
                f_details = get("details")
                f_ok = get("ok")
            if (
                type(src_dict) is dict
                and type(f_error) is str
                and (f_message is None or type(f_message) is str)
                and (f_ok is None or type(f_ok) is bool)
            ):
                model = _new(cls)
                model.error = f_error
                model.message = f_message
                model.details = f_details
                model.ok = f_ok
                model._raw = src_dict if reading is not None else {**src_dict}
                return model
        except (AttributeError, KeyError, TypeError, ValueError):
            pass
        return cast(Self, _schemas.read_unusual(cls, src_dict, reading))


ErrorBody._fields = (
    _schemas.Field("error", "error", True, _schemas.STRING),
    _schemas.Field("message", "message", False, _schemas.Union(_schemas.STRING, _schemas.NULL)),
    _schemas.Field("details", "details", False, _schemas.ANYTHING),
    _schemas.Field("ok", "ok", False, _schemas.Union(_schemas.BOOLEAN, _schemas.NULL)),
)
ErrorBody._extra = _schemas.ANYTHING
