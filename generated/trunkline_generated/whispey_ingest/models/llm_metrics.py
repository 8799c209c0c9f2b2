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
class LlmMetrics(_Model):
    """Language model of one turn; times in seconds.

    Attributes:
        prompt_tokens (int | None):
        completion_tokens (int | None):
        ttft (float | None): Time to the first token.
        tokens_per_second (float | None):
        timestamp (float | None):
        request_id (str | None):
        model_used (str | None):
        provider (str | None):
        calculated_cost (float | None):
    """

    _wire_names: ClassVar[Mapping[str, str]] = {
        "prompt_tokens": "prompt_tokens",
        "completion_tokens": "completion_tokens",
        "ttft": "ttft",
        "tokens_per_second": "tokens_per_second",
        "timestamp": "timestamp",
        "request_id": "request_id",
        "model_used": "model_used",
        "provider": "provider",
        "calculated_cost": "calculated_cost",
    }
    _optional: ClassVar[frozenset[str]] = frozenset(
        {
            "prompt_tokens",
            "completion_tokens",
            "ttft",
            "tokens_per_second",
            "timestamp",
            "request_id",
            "model_used",
            "provider",
            "calculated_cost",
        }
    )

    prompt_tokens: int | None = None
    completion_tokens: int | None = None
    ttft: float | None = None
    tokens_per_second: float | None = None
    timestamp: float | None = None
    request_id: str | None = None
    model_used: str | None = _attrs_field(default=None, repr=_mask)
    provider: str | None = _attrs_field(default=None, repr=_mask)
    calculated_cost: float | None = None
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict, repr=_count_only)

    def to_dict(self) -> dict[str, Any]:
        received = self._received()
        if received is not None:
            return received
        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        if self.prompt_tokens is not None:
            field_dict["prompt_tokens"] = self.prompt_tokens
        if self.completion_tokens is not None:
            field_dict["completion_tokens"] = self.completion_tokens
        if self.ttft is not None:
            field_dict["ttft"] = self.ttft
        if self.tokens_per_second is not None:
            field_dict["tokens_per_second"] = self.tokens_per_second
        if self.timestamp is not None:
            field_dict["timestamp"] = self.timestamp
        if self.request_id is not None:
            field_dict["request_id"] = self.request_id
        if self.model_used is not None:
            field_dict["model_used"] = self.model_used
        if self.provider is not None:
            field_dict["provider"] = self.provider
        if self.calculated_cost is not None:
            field_dict["calculated_cost"] = self.calculated_cost
        return field_dict

    @classmethod
    def from_dict(
        cls, src_dict: Mapping[str, Any], reading: _Reading | None = None, values: tuple[Any, ...] | None = None
    ) -> Self:
        try:
            if values is not None:
                (
                    f_prompt_tokens,
                    f_completion_tokens,
                    f_ttft,
                    f_tokens_per_second,
                    f_timestamp,
                    f_request_id,
                    f_model_used,
                    f_provider,
                    f_calculated_cost,
                ) = values
            else:
                get = src_dict.get
                f_prompt_tokens = get("prompt_tokens")
                f_completion_tokens = get("completion_tokens")
                f_ttft = get("ttft")
                f_tokens_per_second = get("tokens_per_second")
                f_timestamp = get("timestamp")
                f_request_id = get("request_id")
                f_model_used = get("model_used")
                f_provider = get("provider")
                f_calculated_cost = get("calculated_cost")
            if (
                type(src_dict) is dict
                and (type(f_prompt_tokens) is int or f_prompt_tokens is None and "prompt_tokens" not in src_dict)
                and (
                    type(f_completion_tokens) is int
                    or f_completion_tokens is None
                    and "completion_tokens" not in src_dict
                )
                and ((type(f_ttft) is float or type(f_ttft) is int) or f_ttft is None and "ttft" not in src_dict)
                and (
                    (type(f_tokens_per_second) is float or type(f_tokens_per_second) is int)
                    or f_tokens_per_second is None
                    and "tokens_per_second" not in src_dict
                )
                and (
                    (type(f_timestamp) is float or type(f_timestamp) is int)
                    or f_timestamp is None
                    and "timestamp" not in src_dict
                )
                and (type(f_request_id) is str or f_request_id is None and "request_id" not in src_dict)
                and (type(f_model_used) is str or f_model_used is None and "model_used" not in src_dict)
                and (type(f_provider) is str or f_provider is None and "provider" not in src_dict)
                and (
                    (type(f_calculated_cost) is float or type(f_calculated_cost) is int)
                    or f_calculated_cost is None
                    and "calculated_cost" not in src_dict
                )
            ):
                model = _new(cls)
                model.prompt_tokens = f_prompt_tokens
                model.completion_tokens = f_completion_tokens
                model.ttft = f_ttft
                model.tokens_per_second = f_tokens_per_second
                model.timestamp = f_timestamp
                model.request_id = f_request_id
                model.model_used = f_model_used
                model.provider = f_provider
                model.calculated_cost = f_calculated_cost
                model._raw = src_dict if reading is not None else {**src_dict}
                return model
        except (AttributeError, KeyError, TypeError, ValueError):
            pass
        return cast(Self, _schemas.read_unusual(cls, src_dict, reading))


LlmMetrics._fields = (
    _schemas.Field("prompt_tokens", "prompt_tokens", False, _schemas.INTEGER),
    _schemas.Field("completion_tokens", "completion_tokens", False, _schemas.INTEGER),
    _schemas.Field("ttft", "ttft", False, _schemas.NUMBER),
    _schemas.Field("tokens_per_second", "tokens_per_second", False, _schemas.NUMBER),
    _schemas.Field("timestamp", "timestamp", False, _schemas.NUMBER),
    _schemas.Field("request_id", "request_id", False, _schemas.STRING),
    _schemas.Field("model_used", "model_used", False, _schemas.STRING),
    _schemas.Field("provider", "provider", False, _schemas.STRING),
    _schemas.Field("calculated_cost", "calculated_cost", False, _schemas.NUMBER),
)
LlmMetrics._extra = _schemas.ANYTHING
