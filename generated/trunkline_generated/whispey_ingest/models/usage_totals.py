# Generated from whispey-ingest.yaml; do not edit. Change the contract, then run `make generate`.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import Model as _Model
from ..types import count_only as _count_only


@_attrs_define(repr=False)
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
    _nulls: tuple[str, ...] = _attrs_field(init=False, default=(), eq=False, repr=False)

    def to_dict(self) -> dict[str, Any]:
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
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = {**src_dict}
        pop = d.pop
        model = cls(
            llm_prompt_tokens=pop("llm_prompt_tokens", None),
            llm_completion_tokens=pop("llm_completion_tokens", None),
            llm_cached_tokens=pop("llm_cached_tokens", None),
            tts_characters=pop("tts_characters", None),
            stt_audio_duration=pop("stt_audio_duration", None),
        )
        model.additional_properties = d
        if None in src_dict.values():
            model._note_nulls(src_dict)
        return model
