# Generated from whispey.yaml; do not edit. Change the contract, then run `make generate`.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import Model as _Model
from ..types import count_only as _count_only


@_attrs_define(repr=False)
class CallMetrics(_Model):
    """Measurements of a call; that any of them may be null is inferred.

    Attributes:
        stt_accuracy (float | None): Accuracy of the speech recognition in percent.
        tts_quality (float | None): Quality of the speech, out of 5.
        response_time_avg (float | None): Mean time to answer in seconds.
        user_satisfaction (float | None): Satisfaction of the user, out of 5.
    """

    _wire_names: ClassVar[Mapping[str, str]] = {
        "stt_accuracy": "stt_accuracy",
        "tts_quality": "tts_quality",
        "response_time_avg": "response_time_avg",
        "user_satisfaction": "user_satisfaction",
    }
    _optional: ClassVar[frozenset[str]] = frozenset(
        {
            "stt_accuracy",
            "tts_quality",
            "response_time_avg",
            "user_satisfaction",
        }
    )

    stt_accuracy: float | None = None
    tts_quality: float | None = None
    response_time_avg: float | None = None
    user_satisfaction: float | None = None
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict, repr=_count_only)
    _nulls: tuple[str, ...] = _attrs_field(init=False, default=(), eq=False, repr=False)

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        if self.stt_accuracy is not None:
            field_dict["stt_accuracy"] = self.stt_accuracy
        if self.tts_quality is not None:
            field_dict["tts_quality"] = self.tts_quality
        if self.response_time_avg is not None:
            field_dict["response_time_avg"] = self.response_time_avg
        if self.user_satisfaction is not None:
            field_dict["user_satisfaction"] = self.user_satisfaction
        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = {**src_dict}
        pop = d.pop
        model = cls(
            stt_accuracy=pop("stt_accuracy", None),
            tts_quality=pop("tts_quality", None),
            response_time_avg=pop("response_time_avg", None),
            user_satisfaction=pop("user_satisfaction", None),
        )
        model.additional_properties = d
        if None in src_dict.values():
            model._note_nulls(src_dict)
        return model
