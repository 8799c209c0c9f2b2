# Generated from whispey.yaml; do not edit. Change the contract, then run `make generate`.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import Model as _Model
from ..types import count_only as _count_only


@_attrs_define(repr=False)
class AgentAnalytics(_Model):
    """
    Attributes:
        agent_id (str | None): Id of the agent.
        period (str | None): The period that was asked for.
        metrics (AgentAnalyticsMetrics | None):
        trends (AgentTrends | None): Daily values without dates; presumably oldest first and equally many.
        provider_breakdown (ProviderBreakdown | None): Usage by name of the provider.
    """

    _wire_names: ClassVar[Mapping[str, str]] = {
        "agent_id": "agent_id",
        "period": "period",
        "metrics": "metrics",
        "trends": "trends",
        "provider_breakdown": "provider_breakdown",
    }
    _optional: ClassVar[frozenset[str]] = frozenset(
        {
            "agent_id",
            "period",
            "metrics",
            "trends",
            "provider_breakdown",
        }
    )

    agent_id: str | None = None
    period: str | None = None
    metrics: AgentAnalyticsMetrics | None = None
    trends: AgentTrends | None = None
    provider_breakdown: ProviderBreakdown | None = None
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict, repr=_count_only)
    _nulls: tuple[str, ...] = _attrs_field(init=False, default=(), eq=False, repr=False)

    def to_dict(self) -> dict[str, Any]:
        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        if self.agent_id is not None:
            field_dict["agent_id"] = self.agent_id
        if self.period is not None:
            field_dict["period"] = self.period
        if self.metrics is not None:
            field_dict["metrics"] = self.metrics.to_dict()
        if self.trends is not None:
            field_dict["trends"] = self.trends.to_dict()
        if self.provider_breakdown is not None:
            field_dict["provider_breakdown"] = self.provider_breakdown.to_dict()
        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = {**src_dict}
        pop = d.pop
        model = cls(
            agent_id=pop("agent_id", None),
            period=pop("period", None),
            metrics=None if (value := pop("metrics", None)) is None else AgentAnalyticsMetrics.from_dict(value),
            trends=None if (value := pop("trends", None)) is None else AgentTrends.from_dict(value),
            provider_breakdown=None
            if (value := pop("provider_breakdown", None)) is None
            else ProviderBreakdown.from_dict(value),
        )
        model.additional_properties = d
        if None in src_dict.values():
            model._note_nulls(src_dict)
        return model


from ..models.agent_analytics_metrics import AgentAnalyticsMetrics
from ..models.agent_trends import AgentTrends
from ..models.provider_breakdown import ProviderBreakdown
