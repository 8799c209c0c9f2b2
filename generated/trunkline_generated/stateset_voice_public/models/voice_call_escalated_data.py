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
class VoiceCallEscalatedData(_Model):
    """Identifiers of the event; other fields are not documented.

    Attributes:
        call_sid (None | str | None): Twilio's id of the call.
        stream_sid (None | str | None): Twilio's id of the media stream.
        target (Any | None): Where the call went; the shape is not documented.
        initiated_by (None | str | None): Who did it; the type is inferred.
    """

    _wire_names: ClassVar[Mapping[str, str]] = {
        "call_sid": "call_sid",
        "stream_sid": "stream_sid",
        "target": "target",
        "initiated_by": "initiated_by",
    }
    _optional: ClassVar[frozenset[str]] = frozenset(
        {
            "call_sid",
            "stream_sid",
            "target",
            "initiated_by",
        }
    )

    call_sid: None | str = None
    stream_sid: None | str = None
    target: Any = _attrs_field(default=None, repr=_mask)
    initiated_by: None | str = _attrs_field(default=None, repr=_mask)
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict, repr=_count_only)
    _nulls: tuple[str, ...] = _attrs_field(init=False, default=(), eq=False, repr=False)

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        if self.call_sid is not None:
            field_dict["call_sid"] = self.call_sid
        if self.stream_sid is not None:
            field_dict["stream_sid"] = self.stream_sid
        if self.target is not None:
            field_dict["target"] = self.target
        if self.initiated_by is not None:
            field_dict["initiated_by"] = self.initiated_by
        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = {**src_dict}
        pop = d.pop
        model = cls(
            call_sid=pop("call_sid", None),
            stream_sid=pop("stream_sid", None),
            target=pop("target", None),
            initiated_by=pop("initiated_by", None),
        )
        model.additional_properties = d
        if None in src_dict.values():
            model._note_nulls(src_dict)
        return model
