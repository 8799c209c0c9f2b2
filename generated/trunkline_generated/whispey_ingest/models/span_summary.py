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

    def to_dict(self) -> dict[str, Any]:
        received = self._received()
        if received is not None:
            return received
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
    def from_dict(
        cls, src_dict: Mapping[str, Any], reading: _Reading | None = None, values: tuple[Any, ...] | None = None
    ) -> Self:
        try:
            if values is not None:
                (
                    f_by_operation,
                    f_by_turn,
                    f_critical_path,
                ) = values
            else:
                get = src_dict.get
                f_by_operation = get("by_operation")
                f_by_turn = get("by_turn")
                f_critical_path = get("critical_path")
            if type(src_dict) is dict:
                model = _new(cls)
                model.by_operation = f_by_operation
                model.by_turn = f_by_turn
                model.critical_path = f_critical_path
                model._raw = src_dict if reading is not None else {**src_dict}
                return model
        except (AttributeError, KeyError, TypeError, ValueError):
            pass
        return cast(Self, _schemas.read_unusual(cls, src_dict, reading))


SpanSummary._fields = (
    _schemas.Field("by_operation", "by_operation", False, _schemas.ANYTHING),
    _schemas.Field("by_turn", "by_turn", False, _schemas.ANYTHING),
    _schemas.Field("critical_path", "critical_path", False, _schemas.ANYTHING),
)
SpanSummary._extra = _schemas.ANYTHING
