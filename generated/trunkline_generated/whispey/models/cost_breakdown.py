# Generated from whispey.yaml; do not edit. Change the contract, then run `make generate`.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import Model as _Model
from ..types import count_only as _count_only


@_attrs_define(repr=False)
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
    _nulls: tuple[str, ...] = _attrs_field(init=False, default=(), eq=False, repr=False)

    def to_dict(self) -> dict[str, Any]:
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
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = {**src_dict}
        pop = d.pop
        model = cls(
            llm=None if (value := pop("llm", None)) is None else CostShare.from_dict(value),
            stt=None if (value := pop("stt", None)) is None else CostShare.from_dict(value),
            tts=None if (value := pop("tts", None)) is None else CostShare.from_dict(value),
        )
        model.additional_properties = {name: CostShare.from_dict(value) for name, value in d.items()}
        if None in src_dict.values():
            model._note_nulls(src_dict)
        return model


from ..models.cost_share import CostShare
