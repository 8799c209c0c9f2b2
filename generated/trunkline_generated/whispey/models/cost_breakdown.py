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
class CostBreakdown(_Model):
    """Costs by kind of service; other kinds are possible.

    Attributes:
        llm (CostShare | None):
        stt (CostShare | None):
        tts (CostShare | None):
    """

    _wire_names: ClassVar[Mapping[str, str]] = {
        "llm": "llm",
        "stt": "stt",
        "tts": "tts",
    }
    _optional: ClassVar[frozenset[str]] = frozenset(
        {
            "llm",
            "stt",
            "tts",
        }
    )

    llm: CostShare | None = None
    stt: CostShare | None = None
    tts: CostShare | None = None
    additional_properties: dict[str, CostShare] = _attrs_field(init=False, factory=dict, repr=_count_only)

    def to_dict(self) -> dict[str, Any]:
        received = self._received()
        if received is not None:
            return received
        field_dict: dict[str, Any] = {}
        for name, value in self.additional_properties.items():
            field_dict[name] = value.to_dict()
        if self.llm is not None:
            field_dict["llm"] = self.llm.to_dict()
        if self.stt is not None:
            field_dict["stt"] = self.stt.to_dict()
        if self.tts is not None:
            field_dict["tts"] = self.tts.to_dict()
        return field_dict

    @classmethod
    def from_dict(
        cls, src_dict: Mapping[str, Any], reading: _Reading | None = None, values: tuple[Any, ...] | None = None
    ) -> Self:
        try:
            if values is not None:
                (
                    f_llm,
                    f_stt,
                    f_tts,
                ) = values
            else:
                get = src_dict.get
                f_llm = get("llm")
                f_stt = get("stt")
                f_tts = get("tts")
            if (
                type(src_dict) is dict
                and (type(f_llm) is dict or f_llm is None and "llm" not in src_dict)
                and (type(f_stt) is dict or f_stt is None and "stt" not in src_dict)
                and (type(f_tts) is dict or f_tts is None and "tts" not in src_dict)
            ):
                model = _new(cls)
                model.llm = None if f_llm is None else _read_CostShare(f_llm, reading)
                model.stt = None if f_stt is None else _read_CostShare(f_stt, reading)
                model.tts = None if f_tts is None else _read_CostShare(f_tts, reading)
                model.additional_properties = {
                    key: cls._extra.read(value, reading)
                    for key, value in src_dict.items()
                    if key not in cls._wire_names
                }
                model._raw = src_dict if reading is not None else {**src_dict}
                return model
        except (AttributeError, KeyError, TypeError, ValueError):
            pass
        return cast(Self, _schemas.read_unusual(cls, src_dict, reading))


from ..models.cost_share import CostShare

_read_CostShare = CostShare.from_dict

CostBreakdown._fields = (
    _schemas.Field("llm", "llm", False, _schemas.Object(CostShare)),
    _schemas.Field("stt", "stt", False, _schemas.Object(CostShare)),
    _schemas.Field("tts", "tts", False, _schemas.Object(CostShare)),
)
CostBreakdown._extra = _schemas.Object(CostShare)
