# Generated from stateset-voice-public.json; do not edit. Change the contract, then run `make generate`.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import Model as _Model
from ..types import count_only as _count_only
from ..types import mask as _mask


@_attrs_define(repr=False)
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
    _nulls: tuple[str, ...] = _attrs_field(init=False, default=(), eq=False, repr=False)

    def to_dict(self) -> dict[str, Any]:
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
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = {**src_dict}
        pop = d.pop
        model = cls(
            call_sid=pop("call_sid"),
            ok=pop("ok", None),
            status=pop("status", None),
            to=pop("to", None),
            from_=pop("from", None),
        )
        model.additional_properties = d
        if None in src_dict.values():
            model._note_nulls(src_dict)
        return model
