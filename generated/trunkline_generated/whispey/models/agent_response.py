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
class AgentResponse(_Model):
    """
    Attributes:
        success (bool): True.
        data (AgentDetail): An agent with its figures in `metrics`.
    """

    _wire_names: ClassVar[Mapping[str, str]] = {
        "success": "success",
        "data": "data",
    }
    _optional: ClassVar[frozenset[str]] = frozenset({})

    success: bool
    data: AgentDetail
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict, repr=_count_only)

    def to_dict(self) -> dict[str, Any]:
        received = self._received()
        if received is not None:
            return received
        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict["success"] = self.success
        field_dict["data"] = self.data.to_dict()
        return field_dict

    @classmethod
    def from_dict(
        cls, src_dict: Mapping[str, Any], reading: _Reading | None = None, values: tuple[Any, ...] | None = None
    ) -> Self:
        try:
            if values is not None:
                (
                    f_success,
                    f_data,
                ) = values
            else:
                f_success = src_dict["success"]
                f_data = src_dict["data"]
            if type(src_dict) is dict and type(f_success) is bool and type(f_data) is dict:
                model = _new(cls)
                model.success = f_success
                model.data = _read_AgentDetail(f_data, reading)
                model._raw = src_dict if reading is not None else {**src_dict}
                return model
        except (AttributeError, KeyError, TypeError, ValueError):
            pass
        return cast(Self, _schemas.read_unusual(cls, src_dict, reading))


from ..models.agent_detail import AgentDetail

_read_AgentDetail = AgentDetail.from_dict

AgentResponse._fields = (
    _schemas.Field("success", "success", True, _schemas.BOOLEAN),
    _schemas.Field("data", "data", True, _schemas.Object(AgentDetail)),
)
AgentResponse._extra = _schemas.ANYTHING
