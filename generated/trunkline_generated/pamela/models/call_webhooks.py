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
class CallWebhooks(_Model):
    """Webhook URLs that hold for one call instead of those of the account.

    Attributes:
        webhook_url (str | None): Where call events go.
        tool_webhook_url (str | None): Where tool executions go.
    """

    _wire_names: ClassVar[Mapping[str, str]] = {
        "webhook_url": "webhook_url",
        "tool_webhook_url": "tool_webhook_url",
    }
    _optional: ClassVar[frozenset[str]] = frozenset(
        {
            "webhook_url",
            "tool_webhook_url",
        }
    )

    webhook_url: str | None = _attrs_field(default=None, repr=_mask)
    tool_webhook_url: str | None = _attrs_field(default=None, repr=_mask)
    additional_properties: dict[str, str] = _attrs_field(init=False, factory=dict, repr=_count_only)
    _nulls: tuple[str, ...] = _attrs_field(init=False, default=(), eq=False, repr=False)

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        if self.webhook_url is not None:
            field_dict["webhook_url"] = self.webhook_url
        if self.tool_webhook_url is not None:
            field_dict["tool_webhook_url"] = self.tool_webhook_url
        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = {**src_dict}
        pop = d.pop
        model = cls(
            webhook_url=pop("webhook_url", None),
            tool_webhook_url=pop("tool_webhook_url", None),
        )
        model.additional_properties = d
        if None in src_dict.values():
            model._note_nulls(src_dict)
        return model
