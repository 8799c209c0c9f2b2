# Generated from stateset-voice-public.json; do not edit. Change the contract, then run `make generate`.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import Model as _Model
from ..types import count_only as _count_only
from ..types import mask as _mask


@_attrs_define(repr=False)
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
    _nulls: tuple[str, ...] = _attrs_field(init=False, default=(), eq=False, repr=False)

    def to_dict(self) -> dict[str, Any]:
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
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = {**src_dict}
        pop = d.pop
        model = cls(
            voice_session_id=pop("voice_session_id", None),
            score=pop("score", None),
            tags=pop("tags", None),
        )
        model.additional_properties = d
        if None in src_dict.values():
            model._note_nulls(src_dict)
        return model
