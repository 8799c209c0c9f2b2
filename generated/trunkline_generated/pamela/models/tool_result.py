# Generated from pamela.yaml; do not edit. Change the contract, then run `make generate`.
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

    def to_dict(self) -> dict[str, Any]:
        received = self._received()
        if received is not None:
            return received
        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict["result"] = self.result
        if self.correlation_id is not None:
            field_dict["correlation_id"] = self.correlation_id
        return field_dict

    @classmethod
    def from_dict(
        cls, src_dict: Mapping[str, Any], reading: _Reading | None = None, values: tuple[Any, ...] | None = None
    ) -> Self:
        try:
            if values is not None:
                (
                    f_result,
                    f_correlation_id,
                ) = values
            else:
                get = src_dict.get
                f_result = src_dict["result"]
                f_correlation_id = get("correlation_id")
            if type(src_dict) is dict and (
                type(f_correlation_id) is str or f_correlation_id is None and "correlation_id" not in src_dict
            ):
                model = _new(cls)
                model.result = f_result
                model.correlation_id = f_correlation_id
                model._raw = src_dict if reading is not None else {**src_dict}
                return model
        except (AttributeError, KeyError, TypeError, ValueError):
            pass
        return cast(Self, _schemas.read_unusual(cls, src_dict, reading))


ToolResult._fields = (
    _schemas.Field("result", "result", True, _schemas.ANYTHING),
    _schemas.Field("correlation_id", "correlation_id", False, _schemas.STRING),
)
ToolResult._extra = _schemas.ANYTHING
