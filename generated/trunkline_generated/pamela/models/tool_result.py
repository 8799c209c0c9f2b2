# Generated from pamela.yaml; do not edit. Change the contract, then run `make generate`.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import Model as _Model
from ..types import count_only as _count_only
from ..types import mask as _mask


@_attrs_define(repr=False)
class ToolResult(_Model):
    """What the tool returns to the agent.

    Attributes:
        result (Any): Any JSON value.
        correlation_id (str | None): Id of the execution; one documentation page echoes it, none asks for it.
    """

    _wire_names: ClassVar[Mapping[str, str]] = {
        "result": "result",
        "correlation_id": "correlation_id",
    }
    _optional: ClassVar[frozenset[str]] = frozenset(
        {
            "correlation_id",
        }
    )

    result: Any = _attrs_field(repr=_mask)
    correlation_id: str | None = None
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict, repr=_count_only)
    _nulls: tuple[str, ...] = _attrs_field(init=False, default=(), eq=False, repr=False)

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict["result"] = self.result
        if self.correlation_id is not None:
            field_dict["correlation_id"] = self.correlation_id
        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = {**src_dict}
        pop = d.pop
        model = cls(
            result=pop("result"),
            correlation_id=pop("correlation_id", None),
        )
        model.additional_properties = d
        if None in src_dict.values():
            model._note_nulls(src_dict)
        return model
