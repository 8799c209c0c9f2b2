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
class TranscriptMessage(_Model):
    """
    Attributes:
        role (str | None): `user` or `assistant`.
        content (str | None): What was said.
    """

    _wire_names: ClassVar[Mapping[str, str]] = {
        "role": "role",
        "content": "content",
    }
    _optional: ClassVar[frozenset[str]] = frozenset(
        {
            "role",
            "content",
        }
    )

    role: str | None = _attrs_field(default=None, repr=_mask)
    content: str | None = _attrs_field(default=None, repr=_mask)
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict, repr=_count_only)

    def to_dict(self) -> dict[str, Any]:
        received = self._received()
        if received is not None:
            return received
        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        if self.role is not None:
            field_dict["role"] = self.role
        if self.content is not None:
            field_dict["content"] = self.content
        return field_dict

    @classmethod
    def from_dict(
        cls, src_dict: Mapping[str, Any], reading: _Reading | None = None, values: tuple[Any, ...] | None = None
    ) -> Self:
        try:
            if values is not None:
                (
                    f_role,
                    f_content,
                ) = values
            else:
                get = src_dict.get
                f_role = get("role")
                f_content = get("content")
            if (
                type(src_dict) is dict
                and (type(f_role) is str or f_role is None and "role" not in src_dict)
                and (type(f_content) is str or f_content is None and "content" not in src_dict)
            ):
                model = _new(cls)
                model.role = f_role
                model.content = f_content
                model._raw = src_dict if reading is not None else {**src_dict}
                return model
        except (AttributeError, KeyError, TypeError, ValueError):
            pass
        return cast(Self, _schemas.read_unusual(cls, src_dict, reading))


TranscriptMessage._fields = (
    _schemas.Field("role", "role", False, _schemas.STRING),
    _schemas.Field("content", "content", False, _schemas.STRING),
)
TranscriptMessage._extra = _schemas.ANYTHING
