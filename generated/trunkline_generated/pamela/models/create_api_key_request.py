# Generated from pamela.yaml; do not edit. Change the contract, then run `make generate`.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import Model as _Model
from ..types import count_only as _count_only


@_attrs_define(repr=False)
class CreateApiKeyRequest(_Model):
    """
    Attributes:
        project_id (str | None): Project to tie the key to.
        key_prefix (str | None): Beginning of the key, `pk_live_`; older texts also know `pk_test_`.
    """

    _wire_names: ClassVar[Mapping[str, str]] = {
        "project_id": "project_id",
        "key_prefix": "key_prefix",
    }
    _optional: ClassVar[frozenset[str]] = frozenset(
        {
            "project_id",
            "key_prefix",
        }
    )

    project_id: str | None = None
    key_prefix: str | None = None
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict, repr=_count_only)
    _nulls: tuple[str, ...] = _attrs_field(init=False, default=(), eq=False, repr=False)

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        if self.project_id is not None:
            field_dict["project_id"] = self.project_id
        if self.key_prefix is not None:
            field_dict["key_prefix"] = self.key_prefix
        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = {**src_dict}
        pop = d.pop
        model = cls(
            project_id=pop("project_id", None),
            key_prefix=pop("key_prefix", None),
        )
        model.additional_properties = d
        if None in src_dict.values():
            model._note_nulls(src_dict)
        return model
