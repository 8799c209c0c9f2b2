# Generated from stateset-voice-public.json; do not edit. Change the contract, then run `make generate`.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import Model as _Model
from ..types import count_only as _count_only
from ..types import mask as _mask


@_attrs_define(repr=False)
class ErrorBody(_Model):
    """Failure. The errors page shows `error`, `message` and `details`; the admin document shows `error` and `ok`. Proxies
    may answer without JSON. The request id is in a header.

        Attributes:
            error (str): Machine-readable name, such as `invalid_request`.
            message (None | str | None): Text for people.
            details (Any | None): Free object, such as the name of a field.
            ok (bool | None): False.
    """

    _wire_names: ClassVar[Mapping[str, str]] = {
        "error": "error",
        "message": "message",
        "details": "details",
        "ok": "ok",
    }
    _optional: ClassVar[frozenset[str]] = frozenset(
        {
            "message",
            "details",
            "ok",
        }
    )

    error: str = _attrs_field(repr=_mask)
    message: None | str = _attrs_field(default=None, repr=_mask)
    details: Any = _attrs_field(default=None, repr=_mask)
    ok: bool | None = None
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict, repr=_count_only)
    _nulls: tuple[str, ...] = _attrs_field(init=False, default=(), eq=False, repr=False)

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict["error"] = self.error
        if self.message is not None:
            field_dict["message"] = self.message
        if self.details is not None:
            field_dict["details"] = self.details
        if self.ok is not None:
            field_dict["ok"] = self.ok
        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = {**src_dict}
        pop = d.pop
        model = cls(
            error=pop("error"),
            message=pop("message", None),
            details=pop("details", None),
            ok=pop("ok", None),
        )
        model.additional_properties = d
        if None in src_dict.values():
            model._note_nulls(src_dict)
        return model
