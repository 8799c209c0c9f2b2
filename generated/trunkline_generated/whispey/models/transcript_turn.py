# Generated from whispey.yaml; do not edit. Change the contract, then run `make generate`.
from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, ClassVar, Self, cast

from attr import define as _attrs_define
from attr import field as _attrs_field

from .. import schemas as _schemas
from ..models.speaker import Speaker
from ..types import Model as _Model
from ..types import Reading as _Reading
from ..types import count_only as _count_only
from ..types import mask as _mask
from ..types import new as _new
from ..types import parse_datetime as _parse_datetime
from ..types import to_json


@_attrs_define(eq=False, repr=False, getstate_setstate=False)
class TranscriptTurn(_Model):
    """
    Attributes:
        speaker (Speaker | None): Who said a turn. The vendor may add values.
        text (str | None): What was said.
        timestamp (datetime.datetime | None): When it was said; the null is inferred.
    """

    _wire_names: ClassVar[Mapping[str, str]] = {
        "speaker": "speaker",
        "text": "text",
        "timestamp": "timestamp",
    }
    _optional: ClassVar[frozenset[str]] = frozenset(
        {
            "speaker",
            "text",
            "timestamp",
        }
    )

    speaker: Speaker | None = None
    text: str | None = _attrs_field(default=None, repr=_mask)
    timestamp: datetime.datetime | None = None
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict, repr=_count_only)

    def to_dict(self) -> dict[str, Any]:
        received = self._received()
        if received is not None:
            return received
        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        if self.speaker is not None:
            field_dict["speaker"] = self.speaker.value
        if self.text is not None:
            field_dict["text"] = self.text
        if self.timestamp is not None:
            field_dict["timestamp"] = to_json(self.timestamp)
        return field_dict

    @classmethod
    def from_dict(
        cls, src_dict: Mapping[str, Any], reading: _Reading | None = None, values: tuple[Any, ...] | None = None
    ) -> Self:
        try:
            if values is not None:
                (
                    f_speaker,
                    f_text,
                    f_timestamp,
                ) = values
            else:
                get = src_dict.get
                f_speaker = get("speaker")
                f_text = get("text")
                f_timestamp = get("timestamp")
            if (
                type(src_dict) is dict
                and (type(f_speaker) is str or f_speaker is None and "speaker" not in src_dict)
                and (type(f_text) is str or f_text is None and "text" not in src_dict)
            ):
                model = _new(cls)
                model.speaker = None if f_speaker is None else (_Speaker.get(f_speaker) or Speaker(f_speaker))
                model.text = f_text
                model.timestamp = None if f_timestamp is None else _parse_datetime(f_timestamp)
                model._raw = src_dict if reading is not None else {**src_dict}
                return model
        except (AttributeError, KeyError, TypeError, ValueError):
            pass
        return cast(Self, _schemas.read_unusual(cls, src_dict, reading))


_Speaker = cast("dict[object, Speaker]", Speaker._value2member_map_)


TranscriptTurn._fields = (
    _schemas.Field("speaker", "speaker", False, _schemas.Member(Speaker)),
    _schemas.Field("text", "text", False, _schemas.STRING),
    _schemas.Field("timestamp", "timestamp", False, _schemas.Union(_schemas.DATETIME, _schemas.NULL)),
)
TranscriptTurn._extra = _schemas.ANYTHING
