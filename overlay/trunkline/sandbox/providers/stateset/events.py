"""StateSet's outbound events: unsigned, with a key for de-duplication, in two envelopes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from trunkline.sandbox.core.webhook_dispatcher import Delivery, DeliveryResponse
from trunkline.sandbox.timestamps import format_timestamp

if TYPE_CHECKING:
    from collections.abc import Mapping

    from trunkline.sandbox.core.state import SandboxState

__all__ = ["StateSetEvents"]

KEY_HEADER = "X-Idempotency-Key"
API_VERSION = "2026-05-14"
DELIVERY_FAILED = "voice.webhook.delivery_failed"
TOP_LEVEL = ("call_sid", "voice_session_id")


class StateSetEvents:
    """Sends events to the configured URL, if there is one."""

    def __init__(self, state: SandboxState) -> None:
        self._state = state

    def send(self, event: str, data: Mapping[str, Any]) -> int:
        url = self._state.config.stateset.webhook_url
        if url is None:
            return 0
        identifier = self._state.ids.ulid("evt")
        payload = self._envelope(identifier, event, data)
        delivery = Delivery.of_json("stateset", event, url, payload)
        delivery.headers[KEY_HEADER] = identifier
        delivery.on_end = lambda response: self._ended(identifier, delivery, response)
        self._state.dispatcher.enqueue(delivery)
        return 1

    def _envelope(self, identifier: str, event: str, data: Mapping[str, Any]) -> dict[str, Any]:
        common = {
            "event": event,
            "created_at": format_timestamp(self._state.scheduler.now()),
            "tenant_id": self._state.config.stateset.tenant_id,
        }
        if self._state.config.stateset.envelope == "data":
            return {"id": identifier, "api_version": API_VERSION, **common, "data": dict(data)}
        lifted = {name: data[name] for name in TOP_LEVEL if name in data}
        rest = {name: value for name, value in data.items() if name not in lifted}
        return {**common, **lifted, "payload": rest}

    def _ended(self, identifier: str, delivery: Delivery, response: DeliveryResponse) -> None:
        is_delivered = response.status is not None and response.status < 300  # HTTP
        if not is_delivered and delivery.event != DELIVERY_FAILED:
            count = len(delivery.attempts)
            data = {"event_id": identifier, "endpoint_id": "ep_sandbox", "attempt_count": count}
            self.send(DELIVERY_FAILED, data)
