# Generated from whispey-ingest.yaml; do not edit. Change the contract, then run `make generate`.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import Model as _Model
from ..types import count_only as _count_only


@_attrs_define(repr=False)
class EouMetrics(_Model):
    """End of the user's utterance; times in seconds.

    Attributes:
        end_of_utterance_delay (float | None):
        transcription_delay (float | None):
        timestamp (float | None):
    """

    _wire_names: ClassVar[Mapping[str, str]] = {
        "end_of_utterance_delay": "end_of_utterance_delay",
        "transcription_delay": "transcription_delay",
        "timestamp": "timestamp",
    }
    _optional: ClassVar[frozenset[str]] = frozenset(
        {
            "end_of_utterance_delay",
            "transcription_delay",
            "timestamp",
        }
    )

    end_of_utterance_delay: float | None = None
    transcription_delay: float | None = None
    timestamp: float | None = None
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict, repr=_count_only)
    _nulls: tuple[str, ...] = _attrs_field(init=False, default=(), eq=False, repr=False)

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        if self.end_of_utterance_delay is not None:
            field_dict["end_of_utterance_delay"] = self.end_of_utterance_delay
        if self.transcription_delay is not None:
            field_dict["transcription_delay"] = self.transcription_delay
        if self.timestamp is not None:
            field_dict["timestamp"] = self.timestamp
        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = {**src_dict}
        pop = d.pop
        model = cls(
            end_of_utterance_delay=pop("end_of_utterance_delay", None),
            transcription_delay=pop("transcription_delay", None),
            timestamp=pop("timestamp", None),
        )
        model.additional_properties = d
        if None in src_dict.values():
            model._note_nulls(src_dict)
        return model
