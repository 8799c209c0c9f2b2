"""StateSet's outbound events: unsigned, with a key for de-duplication, in two envelopes."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from trunkline.sandbox.delivery import Answer, Delivery
from trunkline.sandbox.moments import stamp

if TYPE_CHECKING:
    from collections.abc import Mapping

    from trunkline.sandbox.world import World

__all__ = ["StateSetEvents"]

KEY_HEADER = "X-Idempotency-Key"
API_VERSION = "2026-05-14"
GAVE_UP = "voice.webhook.delivery_failed"
LIFTED = ("call_sid", "voice_session_id")


class StateSetEvents:
    """Sends events to the configured URL, if there is one.

    Args:
        world: the sandbox.
    """

    def __init__(self, world: World) -> None:
        self._world = world

    def send(self, event: str, data: Mapping[str, Any]) -> int:
        """Send an event; 0 when no URL is configured."""
        url = self._world.config.stateset.webhook_url
        if url is None:
            return 0
        identifier = self._world.ids.ulid("evt")
        body = json.dumps(self._envelope(identifier, event, data)).encode("ascii")
        headers = {"Content-Type": "application/json", KEY_HEADER: identifier}
        delivery = Delivery("stateset", event, url, headers, body)
        delivery.on_end = lambda answer: self._ended(identifier, delivery, answer)
        self._world.courier.post(delivery)
        return 1

    def _envelope(self, identifier: str, event: str, data: Mapping[str, Any]) -> dict[str, Any]:
        common = {
            "event": event,
            "created_at": stamp(self._world.timeline.now()),
            "tenant_id": self._world.config.stateset.tenant_id,
        }
        if self._world.config.stateset.envelope == "data":
            return {"id": identifier, "api_version": API_VERSION, **common, "data": dict(data)}
        lifted = {name: data[name] for name in LIFTED if name in data}
        rest = {name: value for name, value in data.items() if name not in lifted}
        return {**common, **lifted, "payload": rest}

    def _ended(self, identifier: str, delivery: Delivery, answer: Answer) -> None:
        is_delivered = answer.status is not None and answer.status < 300  # HTTP
        if not is_delivered and delivery.event != GAVE_UP:
            count = len(delivery.attempts)
            data = {"event_id": identifier, "endpoint_id": "ep_sandbox", "attempt_count": count}
            self.send(GAVE_UP, data)
