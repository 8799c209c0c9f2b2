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
from ..types import mask as _mask
from ..types import new as _new


@_attrs_define(eq=False, repr=False, getstate_setstate=False)
class TtsMetrics(_Model):
    """Speech synthesis of one turn; times in seconds.

    Attributes:
        characters_count (int | None):
        audio_duration (float | None):
        ttfb (float | None): Time to the first byte.
        duration (float | None): The server adds it to the latency of the turn; the vendor's package never sends it.
        timestamp (float | None):
        request_id (str | None):
        model_used (str | None):
        provider (str | None):
        calculated_cost (float | None):
    """

    _wire_names: ClassVar[Mapping[str, str]] = {
        "characters_count": "characters_count",
        "audio_duration": "audio_duration",
        "ttfb": "ttfb",
        "duration": "duration",
        "timestamp": "timestamp",
        "request_id": "request_id",
        "model_used": "model_used",
        "provider": "provider",
        "calculated_cost": "calculated_cost",
    }
    _optional: ClassVar[frozenset[str]] = frozenset(
        {
            "characters_count",
            "audio_duration",
            "ttfb",
            "duration",
            "timestamp",
            "request_id",
            "model_used",
            "provider",
            "calculated_cost",
        }
    )

    characters_count: int | None = None
    audio_duration: float | None = None
    ttfb: float | None = None
    duration: float | None = None
    timestamp: float | None = None
    request_id: str | None = None
    model_used: str | None = _attrs_field(default=None, repr=_mask)
    provider: str | None = _attrs_field(default=None, repr=_mask)
    calculated_cost: float | None = None
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict, repr=_count_only)

    def to_dict(self) -> dict[str, Any]:
        received = self._received()
        if received is not None:
            return received
        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        if self.characters_count is not None:
            field_dict["characters_count"] = self.characters_count
        if self.audio_duration is not None:
            field_dict["audio_duration"] = self.audio_duration
        if self.ttfb is not None:
            field_dict["ttfb"] = self.ttfb
        if self.duration is not None:
            field_dict["duration"] = self.duration
        if self.timestamp is not None:
            field_dict["timestamp"] = self.timestamp
        if self.request_id is not None:
            field_dict["request_id"] = self.request_id
        if self.model_used is not None:
            field_dict["model_used"] = self.model_used
        if self.provider is not None:
            field_dict["provider"] = self.provider
        if self.calculated_cost is not None:
            field_dict["calculated_cost"] = self.calculated_cost
        return field_dict

    @classmethod
    def from_dict(
        cls, src_dict: Mapping[str, Any], reading: _Reading | None = None, values: tuple[Any, ...] | None = None
    ) -> Self:
        try:
            if values is not None:
                (
                    f_characters_count,
                    f_audio_duration,
                    f_ttfb,
                    f_duration,
                    f_timestamp,
                    f_request_id,
                    f_model_used,
                    f_provider,
                    f_calculated_cost,
                ) = values
            else:
                get = src_dict.get
                f_characters_count = get("characters_count")
                f_audio_duration = get("audio_duration")
                f_ttfb = get("ttfb")
                f_duration = get("duration")
                f_timestamp = get("timestamp")
                f_request_id = get("request_id")
                f_model_used = get("model_used")
                f_provider = get("provider")
                f_calculated_cost = get("calculated_cost")
            if (
                type(src_dict) is dict
                and (
                    type(f_characters_count) is int or f_characters_count is None and "characters_count" not in src_dict
                )
                and (
                    (type(f_audio_duration) is float or type(f_audio_duration) is int)
                    or f_audio_duration is None
                    and "audio_duration" not in src_dict
                )
                and ((type(f_ttfb) is float or type(f_ttfb) is int) or f_ttfb is None and "ttfb" not in src_dict)
                and (
                    (type(f_duration) is float or type(f_duration) is int)
                    or f_duration is None
                    and "duration" not in src_dict
                )
                and (
                    (type(f_timestamp) is float or type(f_timestamp) is int)
                    or f_timestamp is None
                    and "timestamp" not in src_dict
                )
                and (type(f_request_id) is str or f_request_id is None and "request_id" not in src_dict)
                and (type(f_model_used) is str or f_model_used is None and "model_used" not in src_dict)
                and (type(f_provider) is str or f_provider is None and "provider" not in src_dict)
                and (
                    (type(f_calculated_cost) is float or type(f_calculated_cost) is int)
                    or f_calculated_cost is None
                    and "calculated_cost" not in src_dict
                )
            ):
                model = _new(cls)
                model.characters_count = f_characters_count
                model.audio_duration = f_audio_duration
                model.ttfb = f_ttfb
                model.duration = f_duration
                model.timestamp = f_timestamp
                model.request_id = f_request_id
                model.model_used = f_model_used
                model.provider = f_provider
                model.calculated_cost = f_calculated_cost
                model._raw = src_dict if reading is not None else {**src_dict}
                return model
        except (AttributeError, KeyError, TypeError, ValueError):
            pass
        return cast(Self, _schemas.read_unusual(cls, src_dict, reading))


TtsMetrics._fields = (
    _schemas.Field("characters_count", "characters_count", False, _schemas.INTEGER),
    _schemas.Field("audio_duration", "audio_duration", False, _schemas.NUMBER),
    _schemas.Field("ttfb", "ttfb", False, _schemas.NUMBER),
    _schemas.Field("duration", "duration", False, _schemas.NUMBER),
    _schemas.Field("timestamp", "timestamp", False, _schemas.NUMBER),
    _schemas.Field("request_id", "request_id", False, _schemas.STRING),
    _schemas.Field("model_used", "model_used", False, _schemas.STRING),
    _schemas.Field("provider", "provider", False, _schemas.STRING),
    _schemas.Field("calculated_cost", "calculated_cost", False, _schemas.NUMBER),
)
TtsMetrics._extra = _schemas.ANYTHING
