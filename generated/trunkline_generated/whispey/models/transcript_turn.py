# Generated from whispey.yaml; do not edit. Change the contract, then run `make generate`.
from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, ClassVar, Self, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.speaker import Speaker
from ..types import Model as _Model
from ..types import count_only as _count_only
from ..types import mask as _mask
from ..types import to_json


@_attrs_define(repr=False)
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
    _nulls: tuple[str, ...] = _attrs_field(init=False, default=(), eq=False, repr=False)

    def to_dict(self) -> dict[str, Any]:
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
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = {**src_dict}
        pop = d.pop
        model = cls(
            speaker=None if (value := pop("speaker", None)) is None else _Speaker.get(value) or Speaker(value),
            text=pop("text", None),
            timestamp=None if (value := pop("timestamp", None)) is None else _decode_timestamp(value),
        )
        model.additional_properties = d
        if None in src_dict.values():
            model._note_nulls(src_dict)
        return model


_Speaker = cast("dict[object, Speaker]", Speaker._value2member_map_)


def _decode_timestamp(data: Any) -> datetime.datetime | None:
    if data is None:
        return data
    if isinstance(data, str):
        try:
            return datetime.datetime.fromisoformat(data)
        except (AttributeError, KeyError, TypeError, ValueError):
            pass
    return cast("datetime.datetime | None", data)
