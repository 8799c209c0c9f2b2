# Generated from stateset-voice-public.json; do not edit. Change the contract, then run `make generate`.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import Model as _Model
from ..types import count_only as _count_only


@_attrs_define(repr=False)
class VoiceSessionList(_Model):
    """One page of sessions; the envelope is that of the call logs.

    Attributes:
        data (list[VoiceSession]):
        limit (int | None): Page size that was used.
        offset (int | None): Number of records that were skipped.
        total (int | None): Number of records that fit the filter, where the service gives one.
    """

    _wire_names: ClassVar[Mapping[str, str]] = {
        "data": "data",
        "limit": "limit",
        "offset": "offset",
        "total": "total",
    }
    _optional: ClassVar[frozenset[str]] = frozenset(
        {
            "limit",
            "offset",
            "total",
        }
    )

    data: list[VoiceSession]
    limit: int | None = None
    offset: int | None = None
    total: int | None = None
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict, repr=_count_only)
    _nulls: tuple[str, ...] = _attrs_field(init=False, default=(), eq=False, repr=False)

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict["data"] = [item_data.to_dict() for item_data in self.data]
        if self.limit is not None:
            field_dict["limit"] = self.limit
        if self.offset is not None:
            field_dict["offset"] = self.offset
        if self.total is not None:
            field_dict["total"] = self.total
        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = {**src_dict}
        pop = d.pop
        model = cls(
            data=[VoiceSession.from_dict(item_data) for item_data in pop("data")],
            limit=pop("limit", None),
            offset=pop("offset", None),
            total=pop("total", None),
        )
        model.additional_properties = d
        if None in src_dict.values():
            model._note_nulls(src_dict)
        return model


from ..models.voice_session import VoiceSession
