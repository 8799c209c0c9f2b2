"""What Whispey remembers: agents, calls and webhooks."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from trunkline.sandbox.delivery import Delivery
from trunkline.sandbox.moments import stamp
from trunkline.sandbox.signing import hex_hmac
from trunkline.sandbox.whispey.records import Agent, Record
from trunkline.sandbox.whispey.seed import PROJECT, seeded_agents, seeded_records

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from trunkline.sandbox.world import World

__all__ = ["SIGNATURE_HEADER", "Webhook", "WhispeyStore"]

#: The vendor documents no signature. This scheme is the sandbox's own, see docs/sandbox.md.
SIGNATURE_HEADER = "X-Whispey-Signature"
DOCUMENTED_EVENTS = frozenset(
    {"call.completed", "call.failed", "cost.alert", "performance.alert", "agent.status_changed"}
)


@dataclass(frozen=True, slots=True)
class Webhook:
    """Who wants which events; without a secret they are not signed."""

    id: str
    url: str
    events: tuple[str, ...]
    secret: str | None
    created_at: datetime

    def wants(self, event: str) -> bool:
        """Whether the event goes there; one that nobody can subscribe to goes everywhere."""
        return event in self.events or event not in DOCUMENTED_EVENTS


class WhispeyStore:
    """The memory that the REST API and the ingest API share.

    Args:
        world: the sandbox.
    """

    def __init__(self, world: World) -> None:
        self._world = world
        now, config = world.timeline.now(), world.config.whispey
        self.agents = {agent.id: agent for agent in seeded_agents(now)}
        self.records = seeded_records(now, config.seed_calls, config.seed)
        self.webhooks: list[Webhook] = []

    def record(self, identifier: str) -> Record | None:
        """The call of that id."""
        return next((item for item in self.records if item.id == identifier), None)

    def select(self, agent_id: str | None = None) -> list[Record]:
        """All calls, or those of one agent, the newest first."""
        chosen = [item for item in self.records if agent_id in {None, item.agent_id}]
        # Records are appended as they arrive, and seeded in the order of their time.
        return chosen[::-1]

    def require_agent(self, agent_id: str, now: datetime) -> None:
        """Make the agent of an ingested call known."""
        if agent_id not in self.agents:
            self.agents[agent_id] = Agent(agent_id, f"Agent {agent_id}", PROJECT, now)

    def finished(self, record: Record) -> None:
        """Tell the webhooks that a call has ended."""
        self.tell(f"call.{record.status}", record.event_data())

    def tell(self, event: str, data: Mapping[str, Any]) -> int:
        """Send an event to every webhook that wants it; how many were sent."""
        receivers = [webhook for webhook in self.webhooks if webhook.wants(event)]
        for delivery in self._deliveries(receivers, event, data):
            self._world.courier.post(delivery)
        return len(receivers)

    def _deliveries(
        self, receivers: Iterable[Webhook], event: str, data: Mapping[str, Any]
    ) -> Iterable[Delivery]:
        now = stamp(self._world.timeline.now())
        body = json.dumps({"event": event, "timestamp": now, "data": data}).encode("ascii")
        for webhook in receivers:
            headers = {"Content-Type": "application/json"}
            if webhook.secret:
                headers[SIGNATURE_HEADER] = hex_hmac(webhook.secret, body)
            yield Delivery("whispey", event, webhook.url, headers, body)
