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
class UsageTotals(_Model):
    """Consumption of the whole session; the server computes costs from it.

    Attributes:
        llm_prompt_tokens (int | None):
        llm_completion_tokens (int | None):
        llm_cached_tokens (int | None):
        tts_characters (int | None):
        stt_audio_duration (float | None): Seconds.
    """

    _wire_names: ClassVar[Mapping[str, str]] = {
        "llm_prompt_tokens": "llm_prompt_tokens",
        "llm_completion_tokens": "llm_completion_tokens",
        "llm_cached_tokens": "llm_cached_tokens",
        "tts_characters": "tts_characters",
        "stt_audio_duration": "stt_audio_duration",
    }
    _optional: ClassVar[frozenset[str]] = frozenset(
        {
            "llm_prompt_tokens",
            "llm_completion_tokens",
            "llm_cached_tokens",
            "tts_characters",
            "stt_audio_duration",
        }
    )

    llm_prompt_tokens: int | None = None
    llm_completion_tokens: int | None = None
    llm_cached_tokens: int | None = None
    tts_characters: int | None = None
    stt_audio_duration: float | None = None
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict, repr=_count_only)

    def to_dict(self) -> dict[str, Any]:
        received = self._received()
        if received is not None:
            return received
        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        if self.llm_prompt_tokens is not None:
            field_dict["llm_prompt_tokens"] = self.llm_prompt_tokens
        if self.llm_completion_tokens is not None:
            field_dict["llm_completion_tokens"] = self.llm_completion_tokens
        if self.llm_cached_tokens is not None:
            field_dict["llm_cached_tokens"] = self.llm_cached_tokens
        if self.tts_characters is not None:
            field_dict["tts_characters"] = self.tts_characters
        if self.stt_audio_duration is not None:
            field_dict["stt_audio_duration"] = self.stt_audio_duration
        return field_dict

    @classmethod
    def from_dict(
        cls, src_dict: Mapping[str, Any], reading: _Reading | None = None, values: tuple[Any, ...] | None = None
    ) -> Self:
        try:
            if values is not None:
                (
                    f_llm_prompt_tokens,
                    f_llm_completion_tokens,
                    f_llm_cached_tokens,
                    f_tts_characters,
                    f_stt_audio_duration,
                ) = values
            else:
                get = src_dict.get
                f_llm_prompt_tokens = get("llm_prompt_tokens")
                f_llm_completion_tokens = get("llm_completion_tokens")
                f_llm_cached_tokens = get("llm_cached_tokens")
                f_tts_characters = get("tts_characters")
                f_stt_audio_duration = get("stt_audio_duration")
            if (
                type(src_dict) is dict
                and (
                    type(f_llm_prompt_tokens) is int
                    or f_llm_prompt_tokens is None
                    and "llm_prompt_tokens" not in src_dict
                )
                and (
                    type(f_llm_completion_tokens) is int
                    or f_llm_completion_tokens is None
                    and "llm_completion_tokens" not in src_dict
                )
                and (
                    type(f_llm_cached_tokens) is int
                    or f_llm_cached_tokens is None
                    and "llm_cached_tokens" not in src_dict
                )
                and (type(f_tts_characters) is int or f_tts_characters is None and "tts_characters" not in src_dict)
                and (
                    (type(f_stt_audio_duration) is float or type(f_stt_audio_duration) is int)
                    or f_stt_audio_duration is None
                    and "stt_audio_duration" not in src_dict
                )
            ):
                model = _new(cls)
                model.llm_prompt_tokens = f_llm_prompt_tokens
                model.llm_completion_tokens = f_llm_completion_tokens
                model.llm_cached_tokens = f_llm_cached_tokens
                model.tts_characters = f_tts_characters
                model.stt_audio_duration = f_stt_audio_duration
                model._raw = src_dict if reading is not None else {**src_dict}
                return model
        except (AttributeError, KeyError, TypeError, ValueError):
            pass
        return cast(Self, _schemas.read_unusual(cls, src_dict, reading))


UsageTotals._fields = (
    _schemas.Field("llm_prompt_tokens", "llm_prompt_tokens", False, _schemas.INTEGER),
    _schemas.Field("llm_completion_tokens", "llm_completion_tokens", False, _schemas.INTEGER),
    _schemas.Field("llm_cached_tokens", "llm_cached_tokens", False, _schemas.INTEGER),
    _schemas.Field("tts_characters", "tts_characters", False, _schemas.INTEGER),
    _schemas.Field("stt_audio_duration", "stt_audio_duration", False, _schemas.NUMBER),
)
UsageTotals._extra = _schemas.ANYTHING
