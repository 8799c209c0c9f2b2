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
class MakeCallResponse(_Model):
    """The scheduled call. That every field but `call_sid` may be missing or null is inferred.

    Attributes:
        call_sid (str): Twilio's id of the call: CA and 32 hexadecimal digits.
        ok (bool | None): Whether the call was scheduled.
        status (None | str | None): State of the call, `queued` in the example; presumably Twilio's states.
        to (None | str | None): Number that is called.
        from_ (None | str | None): Number that calls.
    """

    _wire_names: ClassVar[Mapping[str, str]] = {
        "call_sid": "call_sid",
        "ok": "ok",
        "status": "status",
        "to": "to",
        "from": "from_",
    }
    _optional: ClassVar[frozenset[str]] = frozenset(
        {
            "ok",
            "status",
            "to",
            "from",
        }
    )

    call_sid: str
    ok: bool | None = None
    status: None | str = None
    to: None | str = _attrs_field(default=None, repr=_mask)
    from_: None | str = _attrs_field(default=None, repr=_mask)
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict, repr=_count_only)

    def to_dict(self) -> dict[str, Any]:
        received = self._received()
        if received is not None:
            return received
        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict["call_sid"] = self.call_sid
        if self.ok is not None:
            field_dict["ok"] = self.ok
        if self.status is not None:
            field_dict["status"] = self.status
        if self.to is not None:
            field_dict["to"] = self.to
        if self.from_ is not None:
            field_dict["from"] = self.from_
        return field_dict

    @classmethod
    def from_dict(
        cls, src_dict: Mapping[str, Any], reading: _Reading | None = None, values: tuple[Any, ...] | None = None
    ) -> Self:
        try:
            if values is not None:
                (
                    f_call_sid,
                    f_ok,
                    f_status,
                    f_to,
                    f_from_,
                ) = values
            else:
                get = src_dict.get
                f_call_sid = src_dict["call_sid"]
                f_ok = get("ok")
                f_status = get("status")
                f_to = get("to")
                f_from_ = get("from")
            if (
                type(src_dict) is dict
                and type(f_call_sid) is str
                and (f_ok is None or type(f_ok) is bool)
                and (f_status is None or type(f_status) is str)
                and (f_to is None or type(f_to) is str)
                and (f_from_ is None or type(f_from_) is str)
            ):
                model = _new(cls)
                model.call_sid = f_call_sid
                model.ok = f_ok
                model.status = f_status
                model.to = f_to
                model.from_ = f_from_
                model._raw = src_dict if reading is not None else {**src_dict}
                return model
        except (AttributeError, KeyError, TypeError, ValueError):
            pass
        return cast(Self, _schemas.read_unusual(cls, src_dict, reading))


MakeCallResponse._fields = (
    _schemas.Field("call_sid", "call_sid", True, _schemas.STRING),
    _schemas.Field("ok", "ok", False, _schemas.Union(_schemas.BOOLEAN, _schemas.NULL)),
    _schemas.Field("status", "status", False, _schemas.Union(_schemas.STRING, _schemas.NULL)),
    _schemas.Field("to", "to", False, _schemas.Union(_schemas.STRING, _schemas.NULL)),
    _schemas.Field("from", "from_", False, _schemas.Union(_schemas.STRING, _schemas.NULL)),
)
MakeCallResponse._extra = _schemas.ANYTHING
