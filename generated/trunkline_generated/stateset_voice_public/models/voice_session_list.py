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
from ..types import new as _new


@_attrs_define(eq=False, repr=False, getstate_setstate=False)
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

    def to_dict(self) -> dict[str, Any]:
        received = self._received()
        if received is not None:
            return received
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
    def from_dict(
        cls, src_dict: Mapping[str, Any], reading: _Reading | None = None, values: tuple[Any, ...] | None = None
    ) -> Self:
        try:
            if values is not None:
                (
                    f_data,
                    f_limit,
                    f_offset,
                    f_total,
                ) = values
            else:
                get = src_dict.get
                f_data = src_dict["data"]
                f_limit = get("limit")
                f_offset = get("offset")
                f_total = get("total")
            if (
                type(src_dict) is dict
                and type(f_data) is list
                and (f_limit is None or type(f_limit) is int)
                and (f_offset is None or type(f_offset) is int)
                and (f_total is None or type(f_total) is int)
            ):
                model = _new(cls)
                model.data = _schemas.read_objects(VoiceSession, _read_VoiceSession, f_data, reading)
                model.limit = f_limit
                model.offset = f_offset
                model.total = f_total
                model._raw = src_dict if reading is not None else {**src_dict}
                return model
        except (AttributeError, KeyError, TypeError, ValueError):
            pass
        return cast(Self, _schemas.read_unusual(cls, src_dict, reading))


from ..models.voice_session import VoiceSession

_read_VoiceSession = VoiceSession.from_dict

VoiceSessionList._fields = (
    _schemas.Field("data", "data", True, _schemas.Array(_schemas.Object(VoiceSession))),
    _schemas.Field("limit", "limit", False, _schemas.Union(_schemas.INTEGER, _schemas.NULL)),
    _schemas.Field("offset", "offset", False, _schemas.Union(_schemas.INTEGER, _schemas.NULL)),
    _schemas.Field("total", "total", False, _schemas.Union(_schemas.INTEGER, _schemas.NULL)),
)
VoiceSessionList._extra = _schemas.ANYTHING
