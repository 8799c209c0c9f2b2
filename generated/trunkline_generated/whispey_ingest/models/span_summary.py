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
class SpanSummary(_Model):
    """
    Attributes:
        by_operation (Any | None): Counts by kind of operation.
        by_turn (Any | None): Counts by turn.
        critical_path (Any | None): The spans that took longest.
    """

    _wire_names: ClassVar[Mapping[str, str]] = {
        "by_operation": "by_operation",
        "by_turn": "by_turn",
        "critical_path": "critical_path",
    }
    _optional: ClassVar[frozenset[str]] = frozenset(
        {
            "by_operation",
            "by_turn",
            "critical_path",
        }
    )

    by_operation: Any = _attrs_field(default=None, repr=_mask)
    by_turn: Any = _attrs_field(default=None, repr=_mask)
    critical_path: Any = _attrs_field(default=None, repr=_mask)
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict, repr=_count_only)
    _nulls: tuple[str, ...] = _attrs_field(init=False, default=(), eq=False, repr=False)

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        if self.by_operation is not None:
            field_dict["by_operation"] = self.by_operation
        if self.by_turn is not None:
            field_dict["by_turn"] = self.by_turn
        if self.critical_path is not None:
            field_dict["critical_path"] = self.critical_path
        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = {**src_dict}
        pop = d.pop
        model = cls(
            by_operation=pop("by_operation", None),
            by_turn=pop("by_turn", None),
            critical_path=pop("critical_path", None),
        )
        model.additional_properties = d
        if None in src_dict.values():
            model._note_nulls(src_dict)
        return model
