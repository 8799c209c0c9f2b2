# Generated from whispey-ingest.yaml; do not edit. Change the contract, then run `make generate`.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import Model as _Model
from ..types import count_only as _count_only
from ..types import mask as _mask


@_attrs_define(repr=False)
class SttMetrics(_Model):
    """Speech recognition of one turn; times in seconds.

    Attributes:
        audio_duration (float | None):
        duration (float | None): Zero where recognition streams.
        timestamp (float | None):
        request_id (str | None):
        model_used (str | None):
        provider (str | None):
        calculated_cost (float | None):
    """

    _wire_names: ClassVar[Mapping[str, str]] = {
        "audio_duration": "audio_duration",
        "duration": "duration",
        "timestamp": "timestamp",
        "request_id": "request_id",
        "model_used": "model_used",
        "provider": "provider",
        "calculated_cost": "calculated_cost",
    }
    _optional: ClassVar[frozenset[str]] = frozenset(
        {
            "audio_duration",
            "duration",
            "timestamp",
            "request_id",
            "model_used",
            "provider",
            "calculated_cost",
        }
    )

    audio_duration: float | None = None
    duration: float | None = None
    timestamp: float | None = None
    request_id: str | None = None
    model_used: str | None = _attrs_field(default=None, repr=_mask)
    provider: str | None = _attrs_field(default=None, repr=_mask)
    calculated_cost: float | None = None
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict, repr=_count_only)
    _nulls: tuple[str, ...] = _attrs_field(init=False, default=(), eq=False, repr=False)

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        if self.audio_duration is not None:
            field_dict["audio_duration"] = self.audio_duration
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
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = {**src_dict}
        pop = d.pop
        model = cls(
            audio_duration=pop("audio_duration", None),
            duration=pop("duration", None),
            timestamp=pop("timestamp", None),
            request_id=pop("request_id", None),
            model_used=pop("model_used", None),
            provider=pop("provider", None),
            calculated_cost=pop("calculated_cost", None),
        )
        model.additional_properties = d
        if None in src_dict.values():
            model._note_nulls(src_dict)
        return model
