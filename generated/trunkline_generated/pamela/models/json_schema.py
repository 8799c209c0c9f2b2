# Generated from pamela.yaml; do not edit. Change the contract, then run `make generate`.
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar, Self, cast

from attr import define as _attrs_define
from attr import field as _attrs_field

from .. import schemas as _schemas
from ..types import Model as _Model
from ..types import Reading as _Reading
from ..types import count_only as _count_only
from ..types import new as _new
from ..types import no_attribute as _no_attribute


@_attrs_define(eq=False, repr=False, getstate_setstate=False)
class JsonSchema(_Model):
    """A JSON Schema."""

    _wire_names: ClassVar[Mapping[str, str]] = {}
    _optional: ClassVar[frozenset[str]] = frozenset({})

    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict, repr=_count_only)

    def to_dict(self) -> dict[str, Any]:
        received = self._received()
        if received is not None:
            return received
        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        return field_dict

    @classmethod
    def from_dict(
        cls, src_dict: Mapping[str, Any], reading: _Reading | None = None, values: tuple[Any, ...] | None = None
    ) -> Self:
        if type(src_dict) is dict:
            model = _new(cls)
            model._raw = src_dict if reading is not None else {**src_dict}
            return model
        return cast(Self, _schemas.read_unusual(cls, src_dict, reading))

    if not TYPE_CHECKING:
        __getattr__ = _no_attribute


JsonSchema._fields = ()
JsonSchema._extra = _schemas.ANYTHING
