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
class TwilioVoiceForm(_Model):
    """Form that Twilio posts; more fields of its usual set are possible.

    Attributes:
        from_ (str): Number that calls.
        to (str): Number that was called.
        call_sid (str): Twilio's id of the call.
        account_sid (str | None): Twilio's id of the account.
        api_version (str | None): Version of Twilio's API.
        call_status (str | None): Twilio's state of the call.
        direction (str | None): Twilio's direction of the call.
    """

    _wire_names: ClassVar[Mapping[str, str]] = {
        "From": "from_",
        "To": "to",
        "CallSid": "call_sid",
        "AccountSid": "account_sid",
        "ApiVersion": "api_version",
        "CallStatus": "call_status",
        "Direction": "direction",
    }
    _optional: ClassVar[frozenset[str]] = frozenset(
        {
            "AccountSid",
            "ApiVersion",
            "CallStatus",
            "Direction",
        }
    )

    from_: str = _attrs_field(repr=_mask)
    to: str = _attrs_field(repr=_mask)
    call_sid: str
    account_sid: str | None = None
    api_version: str | None = _attrs_field(default=None, repr=_mask)
    call_status: str | None = _attrs_field(default=None, repr=_mask)
    direction: str | None = _attrs_field(default=None, repr=_mask)
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict, repr=_count_only)
    _nulls: tuple[str, ...] = _attrs_field(init=False, default=(), eq=False, repr=False)

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict["From"] = self.from_
        field_dict["To"] = self.to
        field_dict["CallSid"] = self.call_sid
        if self.account_sid is not None:
            field_dict["AccountSid"] = self.account_sid
        if self.api_version is not None:
            field_dict["ApiVersion"] = self.api_version
        if self.call_status is not None:
            field_dict["CallStatus"] = self.call_status
        if self.direction is not None:
            field_dict["Direction"] = self.direction
        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = {**src_dict}
        pop = d.pop
        model = cls(
            from_=pop("From"),
            to=pop("To"),
            call_sid=pop("CallSid"),
            account_sid=pop("AccountSid", None),
            api_version=pop("ApiVersion", None),
            call_status=pop("CallStatus", None),
            direction=pop("Direction", None),
        )
        model.additional_properties = d
        if None in src_dict.values():
            model._note_nulls(src_dict)
        return model
