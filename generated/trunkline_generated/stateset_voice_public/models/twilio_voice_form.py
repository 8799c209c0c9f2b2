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

    def to_dict(self) -> dict[str, Any]:
        received = self._received()
        if received is not None:
            return received
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
    def from_dict(
        cls, src_dict: Mapping[str, Any], reading: _Reading | None = None, values: tuple[Any, ...] | None = None
    ) -> Self:
        try:
            if values is not None:
                (
                    f_from_,
                    f_to,
                    f_call_sid,
                    f_account_sid,
                    f_api_version,
                    f_call_status,
                    f_direction,
                ) = values
            else:
                get = src_dict.get
                f_from_ = src_dict["From"]
                f_to = src_dict["To"]
                f_call_sid = src_dict["CallSid"]
                f_account_sid = get("AccountSid")
                f_api_version = get("ApiVersion")
                f_call_status = get("CallStatus")
                f_direction = get("Direction")
            if (
                type(src_dict) is dict
                and type(f_from_) is str
                and type(f_to) is str
                and type(f_call_sid) is str
                and (type(f_account_sid) is str or f_account_sid is None and "AccountSid" not in src_dict)
                and (type(f_api_version) is str or f_api_version is None and "ApiVersion" not in src_dict)
                and (type(f_call_status) is str or f_call_status is None and "CallStatus" not in src_dict)
                and (type(f_direction) is str or f_direction is None and "Direction" not in src_dict)
            ):
                model = _new(cls)
                model.from_ = f_from_
                model.to = f_to
                model.call_sid = f_call_sid
                model.account_sid = f_account_sid
                model.api_version = f_api_version
                model.call_status = f_call_status
                model.direction = f_direction
                model._raw = src_dict if reading is not None else {**src_dict}
                return model
        except (AttributeError, KeyError, TypeError, ValueError):
            pass
        return cast(Self, _schemas.read_unusual(cls, src_dict, reading))


TwilioVoiceForm._fields = (
    _schemas.Field("From", "from_", True, _schemas.STRING),
    _schemas.Field("To", "to", True, _schemas.STRING),
    _schemas.Field("CallSid", "call_sid", True, _schemas.STRING),
    _schemas.Field("AccountSid", "account_sid", False, _schemas.STRING),
    _schemas.Field("ApiVersion", "api_version", False, _schemas.STRING),
    _schemas.Field("CallStatus", "call_status", False, _schemas.STRING),
    _schemas.Field("Direction", "direction", False, _schemas.STRING),
)
TwilioVoiceForm._extra = _schemas.ANYTHING
