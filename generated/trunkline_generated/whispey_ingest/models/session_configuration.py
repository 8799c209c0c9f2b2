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
class SessionConfiguration(_Model):
    """Snapshot of the models in use and of the session's settings.

    Attributes:
        timestamp (Any | None): When it was taken.
        llm_configuration (Any | None): Settings of the language model; the spelling of the key is inferred.
        stt_configuration (Any | None): Settings of the speech recognition; the spelling of the key is inferred.
        tts_configuration (Any | None): Settings of the speech synthesis; the spelling of the key is inferred.
        vad_configuration (Any | None): Settings of the voice activity detection; the spelling of the key is inferred.
        session_metadata (Any | None): Facts about the session.
        pipeline_configuration (Any | None): Settings of the pipeline.
    """

    _wire_names: ClassVar[Mapping[str, str]] = {
        "timestamp": "timestamp",
        "llm_configuration": "llm_configuration",
        "stt_configuration": "stt_configuration",
        "tts_configuration": "tts_configuration",
        "vad_configuration": "vad_configuration",
        "session_metadata": "session_metadata",
        "pipeline_configuration": "pipeline_configuration",
    }
    _optional: ClassVar[frozenset[str]] = frozenset(
        {
            "timestamp",
            "llm_configuration",
            "stt_configuration",
            "tts_configuration",
            "vad_configuration",
            "session_metadata",
            "pipeline_configuration",
        }
    )

    timestamp: Any = _attrs_field(default=None, repr=_mask)
    llm_configuration: Any = _attrs_field(default=None, repr=_mask)
    stt_configuration: Any = _attrs_field(default=None, repr=_mask)
    tts_configuration: Any = _attrs_field(default=None, repr=_mask)
    vad_configuration: Any = _attrs_field(default=None, repr=_mask)
    session_metadata: Any = _attrs_field(default=None, repr=_mask)
    pipeline_configuration: Any = _attrs_field(default=None, repr=_mask)
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict, repr=_count_only)
    _nulls: tuple[str, ...] = _attrs_field(init=False, default=(), eq=False, repr=False)

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        if self.timestamp is not None:
            field_dict["timestamp"] = self.timestamp
        if self.llm_configuration is not None:
            field_dict["llm_configuration"] = self.llm_configuration
        if self.stt_configuration is not None:
            field_dict["stt_configuration"] = self.stt_configuration
        if self.tts_configuration is not None:
            field_dict["tts_configuration"] = self.tts_configuration
        if self.vad_configuration is not None:
            field_dict["vad_configuration"] = self.vad_configuration
        if self.session_metadata is not None:
            field_dict["session_metadata"] = self.session_metadata
        if self.pipeline_configuration is not None:
            field_dict["pipeline_configuration"] = self.pipeline_configuration
        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = {**src_dict}
        pop = d.pop
        model = cls(
            timestamp=pop("timestamp", None),
            llm_configuration=pop("llm_configuration", None),
            stt_configuration=pop("stt_configuration", None),
            tts_configuration=pop("tts_configuration", None),
            vad_configuration=pop("vad_configuration", None),
            session_metadata=pop("session_metadata", None),
            pipeline_configuration=pop("pipeline_configuration", None),
        )
        model.additional_properties = d
        if None in src_dict.values():
            model._note_nulls(src_dict)
        return model
