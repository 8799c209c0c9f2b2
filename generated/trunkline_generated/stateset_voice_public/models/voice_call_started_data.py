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
from ..types import new as _new


@_attrs_define(eq=False, repr=False, getstate_setstate=False)
class VoiceCallStartedData(_Model):
    """Identifiers of the event; other fields are not documented.

    Attributes:
        call_sid (None | str | None): Twilio's id of the call.
        stream_sid (None | str | None): Twilio's id of the media stream.
        tenant_id (None | str | None): Id of the tenant.
    """

    _wire_names: ClassVar[Mapping[str, str]] = {
        "call_sid": "call_sid",
        "stream_sid": "stream_sid",
        "tenant_id": "tenant_id",
    }
    _optional: ClassVar[frozenset[str]] = frozenset(
        {
            "call_sid",
            "stream_sid",
            "tenant_id",
        }
    )

    call_sid: None | str = None
    stream_sid: None | str = None
    tenant_id: None | str = None
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict, repr=_count_only)

    def to_dict(self) -> dict[str, Any]:
        received = self._received()
        if received is not None:
            return received
        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        if self.call_sid is not None:
            field_dict["call_sid"] = self.call_sid
        if self.stream_sid is not None:
            field_dict["stream_sid"] = self.stream_sid
        if self.tenant_id is not None:
            field_dict["tenant_id"] = self.tenant_id
        return field_dict

    @classmethod
    def from_dict(
        cls, src_dict: Mapping[str, Any], reading: _Reading | None = None, values: tuple[Any, ...] | None = None
    ) -> Self:
        try:
            if values is not None:
                (
                    f_call_sid,
                    f_stream_sid,
                    f_tenant_id,
                ) = values
            else:
                get = src_dict.get
                f_call_sid = get("call_sid")
                f_stream_sid = get("stream_sid")
                f_tenant_id = get("tenant_id")
            if (
                type(src_dict) is dict
                and (f_call_sid is None or type(f_call_sid) is str)
                and (f_stream_sid is None or type(f_stream_sid) is str)
                and (f_tenant_id is None or type(f_tenant_id) is str)
            ):
                model = _new(cls)
                model.call_sid = f_call_sid
                model.stream_sid = f_stream_sid
                model.tenant_id = f_tenant_id
                model._raw = src_dict if reading is not None else {**src_dict}
                return model
        except (AttributeError, KeyError, TypeError, ValueError):
            pass
        return cast(Self, _schemas.read_unusual(cls, src_dict, reading))


VoiceCallStartedData._fields = (
    _schemas.Field("call_sid", "call_sid", False, _schemas.Union(_schemas.STRING, _schemas.NULL)),
    _schemas.Field("stream_sid", "stream_sid", False, _schemas.Union(_schemas.STRING, _schemas.NULL)),
    _schemas.Field("tenant_id", "tenant_id", False, _schemas.Union(_schemas.STRING, _schemas.NULL)),
)
VoiceCallStartedData._extra = _schemas.ANYTHING
