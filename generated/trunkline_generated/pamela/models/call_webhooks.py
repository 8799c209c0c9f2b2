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

    def to_dict(self) -> dict[str, Any]:
        received = self._received()
        if received is not None:
            return received
        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        if self.webhook_url is not None:
            field_dict["webhook_url"] = self.webhook_url
        if self.tool_webhook_url is not None:
            field_dict["tool_webhook_url"] = self.tool_webhook_url
        return field_dict

    @classmethod
    def from_dict(
        cls, src_dict: Mapping[str, Any], reading: _Reading | None = None, values: tuple[Any, ...] | None = None
    ) -> Self:
        try:
            if values is not None:
                (
                    f_webhook_url,
                    f_tool_webhook_url,
                ) = values
            else:
                get = src_dict.get
                f_webhook_url = get("webhook_url")
                f_tool_webhook_url = get("tool_webhook_url")
            if (
                type(src_dict) is dict
                and (type(f_webhook_url) is str or f_webhook_url is None and "webhook_url" not in src_dict)
                and (
                    type(f_tool_webhook_url) is str or f_tool_webhook_url is None and "tool_webhook_url" not in src_dict
                )
            ):
                model = _new(cls)
                model.webhook_url = f_webhook_url
                model.tool_webhook_url = f_tool_webhook_url
                model._raw = src_dict if reading is not None else {**src_dict}
                return model
        except (AttributeError, KeyError, TypeError, ValueError):
            pass
        return cast(Self, _schemas.read_unusual(cls, src_dict, reading))


CallWebhooks._fields = (
    _schemas.Field("webhook_url", "webhook_url", False, _schemas.STRING),
    _schemas.Field("tool_webhook_url", "tool_webhook_url", False, _schemas.STRING),
)
CallWebhooks._extra = _schemas.STRING
