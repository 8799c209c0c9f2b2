# Generated from whispey.yaml; do not edit. Change the contract, then run `make generate`.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import Model as _Model
from ..types import count_only as _count_only
from ..types import mask as _mask


@_attrs_define(repr=False)
class ErrorDetail(_Model):
    """
    Attributes:
        code (str | None): Machine-readable code, open; known: `INVALID_API_KEY`, `RATE_LIMIT_EXCEEDED`,
            `AGENT_NOT_FOUND`, `INVALID_DATE_RANGE`, `EXPORT_IN_PROGRESS`.
        message (str | None): Text for people.
        details (Any | None): Free object, for example from the name of a field to a reason; may be missing or null.
    """

    _wire_names: ClassVar[Mapping[str, str]] = {
        "code": "code",
        "message": "message",
        "details": "details",
    }
    _optional: ClassVar[frozenset[str]] = frozenset(
        {
            "code",
            "message",
            "details",
        }
    )

    code: str | None = _attrs_field(default=None, repr=_mask)
    message: str | None = _attrs_field(default=None, repr=_mask)
    details: Any = _attrs_field(default=None, repr=_mask)
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict, repr=_count_only)
    _nulls: tuple[str, ...] = _attrs_field(init=False, default=(), eq=False, repr=False)

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        if self.code is not None:
            field_dict["code"] = self.code
        if self.message is not None:
            field_dict["message"] = self.message
        if self.details is not None:
            field_dict["details"] = self.details
        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = {**src_dict}
        pop = d.pop
        model = cls(
            code=pop("code", None),
            message=pop("message", None),
            details=pop("details", None),
        )
        model.additional_properties = d
        if None in src_dict.values():
            model._note_nulls(src_dict)
        return model
