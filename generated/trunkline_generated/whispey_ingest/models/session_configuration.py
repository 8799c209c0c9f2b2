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

    def to_dict(self) -> dict[str, Any]:
        received = self._received()
        if received is not None:
            return received
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
    def from_dict(
        cls, src_dict: Mapping[str, Any], reading: _Reading | None = None, values: tuple[Any, ...] | None = None
    ) -> Self:
        try:
            if values is not None:
                (
                    f_timestamp,
                    f_llm_configuration,
                    f_stt_configuration,
                    f_tts_configuration,
                    f_vad_configuration,
                    f_session_metadata,
                    f_pipeline_configuration,
                ) = values
            else:
                get = src_dict.get
                f_timestamp = get("timestamp")
                f_llm_configuration = get("llm_configuration")
                f_stt_configuration = get("stt_configuration")
                f_tts_configuration = get("tts_configuration")
                f_vad_configuration = get("vad_configuration")
                f_session_metadata = get("session_metadata")
                f_pipeline_configuration = get("pipeline_configuration")
            if type(src_dict) is dict:
                model = _new(cls)
                model.timestamp = f_timestamp
                model.llm_configuration = f_llm_configuration
                model.stt_configuration = f_stt_configuration
                model.tts_configuration = f_tts_configuration
                model.vad_configuration = f_vad_configuration
                model.session_metadata = f_session_metadata
                model.pipeline_configuration = f_pipeline_configuration
                model._raw = src_dict if reading is not None else {**src_dict}
                return model
        except (AttributeError, KeyError, TypeError, ValueError):
            pass
        return cast(Self, _schemas.read_unusual(cls, src_dict, reading))


SessionConfiguration._fields = (
    _schemas.Field("timestamp", "timestamp", False, _schemas.ANYTHING),
    _schemas.Field("llm_configuration", "llm_configuration", False, _schemas.ANYTHING),
    _schemas.Field("stt_configuration", "stt_configuration", False, _schemas.ANYTHING),
    _schemas.Field("tts_configuration", "tts_configuration", False, _schemas.ANYTHING),
    _schemas.Field("vad_configuration", "vad_configuration", False, _schemas.ANYTHING),
    _schemas.Field("session_metadata", "session_metadata", False, _schemas.ANYTHING),
    _schemas.Field("pipeline_configuration", "pipeline_configuration", False, _schemas.ANYTHING),
)
SessionConfiguration._extra = _schemas.ANYTHING
