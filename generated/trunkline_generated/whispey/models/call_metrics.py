# Generated from whispey.yaml; do not edit. Change the contract, then run `make generate`.
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

    def to_dict(self) -> dict[str, Any]:
        received = self._received()
        if received is not None:
            return received
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
    def from_dict(
        cls, src_dict: Mapping[str, Any], reading: _Reading | None = None, values: tuple[Any, ...] | None = None
    ) -> Self:
        try:
            if values is not None:
                (
                    f_stt_accuracy,
                    f_tts_quality,
                    f_response_time_avg,
                    f_user_satisfaction,
                ) = values
            else:
                get = src_dict.get
                f_stt_accuracy = get("stt_accuracy")
                f_tts_quality = get("tts_quality")
                f_response_time_avg = get("response_time_avg")
                f_user_satisfaction = get("user_satisfaction")
            if (
                type(src_dict) is dict
                and (f_stt_accuracy is None or (type(f_stt_accuracy) is float or type(f_stt_accuracy) is int))
                and (f_tts_quality is None or (type(f_tts_quality) is float or type(f_tts_quality) is int))
                and (
                    f_response_time_avg is None
                    or (type(f_response_time_avg) is float or type(f_response_time_avg) is int)
                )
                and (
                    f_user_satisfaction is None
                    or (type(f_user_satisfaction) is float or type(f_user_satisfaction) is int)
                )
            ):
                model = _new(cls)
                model.stt_accuracy = f_stt_accuracy
                model.tts_quality = f_tts_quality
                model.response_time_avg = f_response_time_avg
                model.user_satisfaction = f_user_satisfaction
                model._raw = src_dict if reading is not None else {**src_dict}
                return model
        except (AttributeError, KeyError, TypeError, ValueError):
            pass
        return cast(Self, _schemas.read_unusual(cls, src_dict, reading))


CallMetrics._fields = (
    _schemas.Field("stt_accuracy", "stt_accuracy", False, _schemas.Union(_schemas.NUMBER, _schemas.NULL)),
    _schemas.Field("tts_quality", "tts_quality", False, _schemas.Union(_schemas.NUMBER, _schemas.NULL)),
    _schemas.Field("response_time_avg", "response_time_avg", False, _schemas.Union(_schemas.NUMBER, _schemas.NULL)),
    _schemas.Field("user_satisfaction", "user_satisfaction", False, _schemas.Union(_schemas.NUMBER, _schemas.NULL)),
)
CallMetrics._extra = _schemas.ANYTHING
