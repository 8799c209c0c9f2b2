# Generated from whispey-ingest.yaml; do not edit. Change the contract, then run `make generate`.
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

    def to_dict(self) -> dict[str, Any]:
        received = self._received()
        if received is not None:
            return received
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
    def from_dict(
        cls, src_dict: Mapping[str, Any], reading: _Reading | None = None, values: tuple[Any, ...] | None = None
    ) -> Self:
        try:
            if values is not None:
                (
                    f_end_of_utterance_delay,
                    f_transcription_delay,
                    f_timestamp,
                ) = values
            else:
                get = src_dict.get
                f_end_of_utterance_delay = get("end_of_utterance_delay")
                f_transcription_delay = get("transcription_delay")
                f_timestamp = get("timestamp")
            if (
                type(src_dict) is dict
                and (
                    (type(f_end_of_utterance_delay) is float or type(f_end_of_utterance_delay) is int)
                    or f_end_of_utterance_delay is None
                    and "end_of_utterance_delay" not in src_dict
                )
                and (
                    (type(f_transcription_delay) is float or type(f_transcription_delay) is int)
                    or f_transcription_delay is None
                    and "transcription_delay" not in src_dict
                )
                and (
                    (type(f_timestamp) is float or type(f_timestamp) is int)
                    or f_timestamp is None
                    and "timestamp" not in src_dict
                )
            ):
                model = _new(cls)
                model.end_of_utterance_delay = f_end_of_utterance_delay
                model.transcription_delay = f_transcription_delay
                model.timestamp = f_timestamp
                model._raw = src_dict if reading is not None else {**src_dict}
                return model
        except (AttributeError, KeyError, TypeError, ValueError):
            pass
        return cast(Self, _schemas.read_unusual(cls, src_dict, reading))


EouMetrics._fields = (
    _schemas.Field("end_of_utterance_delay", "end_of_utterance_delay", False, _schemas.NUMBER),
    _schemas.Field("transcription_delay", "transcription_delay", False, _schemas.NUMBER),
    _schemas.Field("timestamp", "timestamp", False, _schemas.NUMBER),
)
EouMetrics._extra = _schemas.ANYTHING
