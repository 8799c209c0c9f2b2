"""Whispey's state: agents, calls and webhooks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from trunkline.sandbox.core.signing import hex_hmac
from trunkline.sandbox.core.webhook_dispatcher import Delivery
from trunkline.sandbox.providers.whispey.records import Agent, Record
from trunkline.sandbox.providers.whispey.seed import PROJECT, seeded_agents, seeded_records
from trunkline.sandbox.timestamps import format_timestamp

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from trunkline.sandbox.core.state import SandboxState

__all__ = ["SIGNATURE_HEADER", "Webhook", "WhispeyStore"]

#: The vendor documents no signature. This scheme is the sandbox's own, see docs/sandbox.md.
SIGNATURE_HEADER = "X-Whispey-Signature"
DOCUMENTED_EVENTS = frozenset(
    {"call.completed", "call.failed", "cost.alert", "performance.alert", "agent.status_changed"}
)


@dataclass(frozen=True, slots=True)
class Webhook:
    """A subscription; events are signed if it has a secret."""

    id: str
    url: str
    events: tuple[str, ...]
    secret: str | None
    created_at: datetime

    def wants(self, event: str) -> bool:
        """An undocumented event goes to every webhook."""
        return event in self.events or event not in DOCUMENTED_EVENTS


class WhispeyStore:
    """The state that the REST API and the ingest API share."""

    def __init__(self, state: SandboxState) -> None:
        self._state = state
        now, config = state.scheduler.now(), state.config.whispey
        self.agents: dict[str, Agent] = state.latest()
        self.records: dict[str, Record] = state.latest()
        self.webhooks: dict[str, Webhook] = state.latest()
        for agent in seeded_agents(now):
            self.agents[agent.id] = agent
        for record in seeded_records(now, config.seed_calls, config.seed):
            self.records[record.id] = record

    def select(self, agent_id: str | None = None) -> list[Record]:
        chosen = [item for item in self.records.values() if agent_id in {None, item.agent_id}]
        # Records are appended as they arrive, and seeded in chronological order.
        return chosen[::-1]

    def require_agent(self, agent_id: str, now: datetime) -> None:
        if agent_id not in self.agents:
            self.agents[agent_id] = Agent(agent_id, f"Agent {agent_id}", PROJECT, now)

    def finished(self, record: Record) -> None:
        self.send_event(f"call.{record.status}", record.event_data())

    def send_event(self, event: str, data: Mapping[str, Any]) -> int:
        receivers = [webhook for webhook in self.webhooks.values() if webhook.wants(event)]
        now = format_timestamp(self._state.scheduler.now())
        payload = {"event": event, "timestamp": now, "data": data}
        for webhook in receivers:
            delivery = Delivery.of_json("whispey", event, webhook.url, payload)
            if webhook.secret:
                delivery.headers[SIGNATURE_HEADER] = hex_hmac(webhook.secret, delivery.body)
            self._state.dispatcher.enqueue(delivery)
        return len(receivers)
