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
from ..types import new as _new


@_attrs_define(eq=False, repr=False, getstate_setstate=False)
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

    def to_dict(self) -> dict[str, Any]:
        received = self._received()
        if received is not None:
            return received
        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        if self.project_id is not None:
            field_dict["project_id"] = self.project_id
        if self.key_prefix is not None:
            field_dict["key_prefix"] = self.key_prefix
        return field_dict

    @classmethod
    def from_dict(
        cls, src_dict: Mapping[str, Any], reading: _Reading | None = None, values: tuple[Any, ...] | None = None
    ) -> Self:
        try:
            if values is not None:
                (
                    f_project_id,
                    f_key_prefix,
                ) = values
            else:
                get = src_dict.get
                f_project_id = get("project_id")
                f_key_prefix = get("key_prefix")
            if (
                type(src_dict) is dict
                and (type(f_project_id) is str or f_project_id is None and "project_id" not in src_dict)
                and (type(f_key_prefix) is str or f_key_prefix is None and "key_prefix" not in src_dict)
            ):
                model = _new(cls)
                model.project_id = f_project_id
                model.key_prefix = f_key_prefix
                model._raw = src_dict if reading is not None else {**src_dict}
                return model
        except (AttributeError, KeyError, TypeError, ValueError):
            pass
        return cast(Self, _schemas.read_unusual(cls, src_dict, reading))


CreateApiKeyRequest._fields = (
    _schemas.Field("project_id", "project_id", False, _schemas.STRING),
    _schemas.Field("key_prefix", "key_prefix", False, _schemas.STRING),
)
CreateApiKeyRequest._extra = _schemas.ANYTHING
