# Generated from whispey.yaml; do not edit. Change the contract, then run `make generate`.
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

    def to_dict(self) -> dict[str, Any]:
        received = self._received()
        if received is not None:
            return received
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
    def from_dict(
        cls, src_dict: Mapping[str, Any], reading: _Reading | None = None, values: tuple[Any, ...] | None = None
    ) -> Self:
        try:
            if values is not None:
                (
                    f_agent_id,
                    f_period,
                    f_metrics,
                    f_trends,
                    f_provider_breakdown,
                ) = values
            else:
                get = src_dict.get
                f_agent_id = get("agent_id")
                f_period = get("period")
                f_metrics = get("metrics")
                f_trends = get("trends")
                f_provider_breakdown = get("provider_breakdown")
            if (
                type(src_dict) is dict
                and (type(f_agent_id) is str or f_agent_id is None and "agent_id" not in src_dict)
                and (type(f_period) is str or f_period is None and "period" not in src_dict)
                and (type(f_metrics) is dict or f_metrics is None and "metrics" not in src_dict)
                and (type(f_trends) is dict or f_trends is None and "trends" not in src_dict)
                and (
                    type(f_provider_breakdown) is dict
                    or f_provider_breakdown is None
                    and "provider_breakdown" not in src_dict
                )
            ):
                model = _new(cls)
                model.agent_id = f_agent_id
                model.period = f_period
                model.metrics = None if f_metrics is None else _read_AgentAnalyticsMetrics(f_metrics, reading)
                model.trends = None if f_trends is None else _read_AgentTrends(f_trends, reading)
                model.provider_breakdown = (
                    None if f_provider_breakdown is None else _read_ProviderBreakdown(f_provider_breakdown, reading)
                )
                model._raw = src_dict if reading is not None else {**src_dict}
                return model
        except (AttributeError, KeyError, TypeError, ValueError):
            pass
        return cast(Self, _schemas.read_unusual(cls, src_dict, reading))


from ..models.agent_analytics_metrics import AgentAnalyticsMetrics
from ..models.agent_trends import AgentTrends
from ..models.provider_breakdown import ProviderBreakdown

_read_AgentAnalyticsMetrics = AgentAnalyticsMetrics.from_dict
_read_AgentTrends = AgentTrends.from_dict
_read_ProviderBreakdown = ProviderBreakdown.from_dict

AgentAnalytics._fields = (
    _schemas.Field("agent_id", "agent_id", False, _schemas.STRING),
    _schemas.Field("period", "period", False, _schemas.STRING),
    _schemas.Field("metrics", "metrics", False, _schemas.Object(AgentAnalyticsMetrics)),
    _schemas.Field("trends", "trends", False, _schemas.Object(AgentTrends)),
    _schemas.Field("provider_breakdown", "provider_breakdown", False, _schemas.Object(ProviderBreakdown)),
)
AgentAnalytics._extra = _schemas.ANYTHING
