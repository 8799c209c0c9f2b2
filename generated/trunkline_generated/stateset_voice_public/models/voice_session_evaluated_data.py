# Generated from stateset-voice-public.json; do not edit. Change the contract, then run `make generate`.
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
class VoiceSessionEvaluatedData(_Model):
    """Identifiers of the event; other fields are not documented.

    Attributes:
        voice_session_id (None | str | None): Id of the session; no format is promised.
        score (Any | None): Result of the evaluation; the type is not documented.
        tags (Any | None): Labels of the evaluation; the type is not documented.
    """

    _wire_names: ClassVar[Mapping[str, str]] = {
        "voice_session_id": "voice_session_id",
        "score": "score",
        "tags": "tags",
    }
    _optional: ClassVar[frozenset[str]] = frozenset(
        {
            "voice_session_id",
            "score",
            "tags",
        }
    )

    voice_session_id: None | str = None
    score: Any = _attrs_field(default=None, repr=_mask)
    tags: Any = _attrs_field(default=None, repr=_mask)
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict, repr=_count_only)

    def to_dict(self) -> dict[str, Any]:
        received = self._received()
        if received is not None:
            return received
        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        if self.voice_session_id is not None:
            field_dict["voice_session_id"] = self.voice_session_id
        if self.score is not None:
            field_dict["score"] = self.score
        if self.tags is not None:
            field_dict["tags"] = self.tags
        return field_dict

    @classmethod
    def from_dict(
        cls, src_dict: Mapping[str, Any], reading: _Reading | None = None, values: tuple[Any, ...] | None = None
    ) -> Self:
        try:
            if values is not None:
                (
                    f_voice_session_id,
                    f_score,
                    f_tags,
                ) = values
            else:
                get = src_dict.get
                f_voice_session_id = get("voice_session_id")
                f_score = get("score")
                f_tags = get("tags")
            if type(src_dict) is dict and (f_voice_session_id is None or type(f_voice_session_id) is str):
                model = _new(cls)
                model.voice_session_id = f_voice_session_id
                model.score = f_score
                model.tags = f_tags
                model._raw = src_dict if reading is not None else {**src_dict}
                return model
        except (AttributeError, KeyError, TypeError, ValueError):
            pass
        return cast(Self, _schemas.read_unusual(cls, src_dict, reading))


VoiceSessionEvaluatedData._fields = (
    _schemas.Field("voice_session_id", "voice_session_id", False, _schemas.Union(_schemas.STRING, _schemas.NULL)),
    _schemas.Field("score", "score", False, _schemas.ANYTHING),
    _schemas.Field("tags", "tags", False, _schemas.ANYTHING),
)
VoiceSessionEvaluatedData._extra = _schemas.ANYTHING
