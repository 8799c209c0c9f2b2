# Derived from whispey/_async/analytics.py by `make generate`; do not edit.
"""Figures over a period."""

from __future__ import annotations

from typing import TYPE_CHECKING, Unpack

from trunkline._engine.client._sync.resource import APIResource
from trunkline._engine.client.envelopes import unwrap
from trunkline._engine.client.operation import drop_none, operation, require_type
from trunkline._engine.client.validation import enum_member, identifier
from trunkline_generated.whispey.api.analytics import get_agent_analytics, get_cost_analytics
from trunkline_generated.whispey.client import AuthenticatedClient
from trunkline_generated.whispey.models.agent_analytics import AgentAnalytics
from trunkline_generated.whispey.models.agent_analytics_response import AgentAnalyticsResponse
from trunkline_generated.whispey.models.cost_analytics import CostAnalytics
from trunkline_generated.whispey.models.cost_analytics_response import CostAnalyticsResponse
from trunkline_generated.whispey.models.period import Period

if TYPE_CHECKING:
    from trunkline._engine.session.extra_options import ExtraOptions
    from trunkline_generated.whispey.models.period import PeriodValue


class Analytics(APIResource[AuthenticatedClient]):
    """Figures over a period. The currency of costs is not documented."""

    @operation(get_agent_analytics)
    def agent(
        self,
        agent_id: str,
        *,
        period: PeriodValue | Period | None = None,
        **extra: Unpack[ExtraOptions],
    ) -> AgentAnalytics:
        """Return totals, trends and providers of an agent (operation ``getAgentAnalytics``).

        Args:
            agent_id: the agent's id.
            period: ``1d``, ``7d``, ``30d``, ``90d`` or ``1y``, ending now; the service's default is
                not documented.

        Raises:
            InvalidArgumentError: the id is empty or the period unknown.
            NotFoundError: there is no such agent.
            APIError: the request failed.
        """
        agent_id = identifier("agent_id", agent_id)
        query = drop_none({"period": enum_member("period", period, Period)})
        answer = get_agent_analytics.sync(agent_id, client=self._raw_with(extra), **query)
        return unwrap(
            get_agent_analytics, AgentAnalytics, require_type(AgentAnalyticsResponse, answer)
        )

    @operation(get_cost_analytics)
    def costs(
        self,
        *,
        agent_id: str | None = None,
        period: PeriodValue | Period | None = None,
        **extra: Unpack[ExtraOptions],
    ) -> CostAnalytics:
        """Return costs by kind of service, provider and day (operation ``getCostAnalytics``).

        Args:
            agent_id: only costs of this agent.
            period: as in :meth:`agent`.

        Raises:
            InvalidArgumentError: the period is unknown.
            APIError: the request failed.
        """
        query = drop_none({"agent_id": agent_id, "period": enum_member("period", period, Period)})
        answer = get_cost_analytics.sync(client=self._raw_with(extra), **query)
        return unwrap(
            get_cost_analytics, CostAnalytics, require_type(CostAnalyticsResponse, answer)
        )
