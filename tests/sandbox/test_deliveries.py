"""Webhook deliveries: retries, and deliberate duplicates and disorder."""

from __future__ import annotations

from typing import TYPE_CHECKING

import httpx
import pytest

from trunkline.errors import ConfigurationError
from trunkline.sandbox import SandboxConfig
from trunkline.sandbox.core.clock import ManualClock
from trunkline.sandbox.core.scheduler import Scheduler
from trunkline.sandbox.core.webhook_dispatcher import Delivery, WebhookDispatcher

if TYPE_CHECKING:
    from tests.sandbox.support import Receiver

    from trunkline.sandbox import Control


@pytest.fixture
def listening(control: Control, receiver: Receiver) -> Receiver:
    control.configure(stateset={"webhook_url": receiver.url})
    return receiver


@pytest.mark.parametrize("status", [500, 503, 599, 408, 425, 429])
def test_transient_failures_are_retried(control: Control, listening: Receiver, status: int) -> None:
    """The same bytes are sent again on schedule, until they are accepted."""
    listening.statuses.extend([status, status])
    control.emit("stateset", "voice.call.started", n=1)
    assert len(listening.received) == 1
    control.advance(1)
    assert len(listening.received) == 2
    control.advance(1)
    assert len(listening.received) == 2
    control.advance(1)
    assert len(listening.received) == 3
    assert len({received.body for received in listening.received}) == 1
    assert len({received.headers["x-idempotency-key"] for received in listening.received}) == 1
    delivery = control.deliveries()[0]
    assert delivery["status"] == "delivered"
    assert [attempt["status"] for attempt in delivery["attempts"]] == [status, status, 200]


@pytest.mark.parametrize("status", [400, 401, 302])
def test_refusals_are_final(control: Control, listening: Receiver, status: int) -> None:
    """A delivery that the receiver refuses is not repeated."""
    listening.statuses.append(status)
    control.emit("stateset", "voice.call.started")
    control.advance(60)
    delivery = control.deliveries(event="voice.call.started")[0]
    assert (delivery["status"], len(delivery["attempts"])) == ("failed", 1)


def test_receivers_that_are_slow(control: Control, listening: Receiver) -> None:
    """A receiver that takes too long counts as failed."""
    control.configure(deliveries={"timeout_seconds": 0.05, "retry_delays": []})
    listening.release.clear()
    control.emit("stateset", "voice.call.started")
    delivery = control.deliveries(event="voice.call.started")[0]
    assert delivery["status"] == "failed"
    assert delivery["attempts"][0]["error"] in {"ReadTimeout", "ConnectTimeout"}


def test_only_this_machine_is_called(control: Control) -> None:
    """A receiver elsewhere is refused without a connection."""
    for url in ("https://example.com/hook", "http://[broken", "no url", "http://8.8.8.8/"):
        control.configure(stateset={"webhook_url": url})
        control.emit("stateset", "voice.call.started")
    errors = [
        delivery["attempts"][0]["error"]
        for delivery in control.deliveries(event="voice.call.started")
    ]
    assert errors == ["refused: the receiver is not on this machine"] * 4


def test_elsewhere_when_told_so(control: Control) -> None:
    """The rule can be switched off; an invalid URL is then a failed attempt."""
    control.configure(
        stateset={"webhook_url": "http://a:port/"},
        deliveries={"loopback_only": False, "retry_delays": []},
    )
    control.emit("stateset", "voice.call.started")
    attempt = control.deliveries()[0]["attempts"][0]
    assert attempt["error"] == "InvalidURL"


def test_duplicates_on_purpose(control: Control, listening: Receiver) -> None:
    """Every event is sent as often as configured, byte for byte."""
    control.configure(deliveries={"copies": 3})
    control.emit("stateset", "voice.call.started")
    assert len(listening.received) == 3
    assert len({received.body for received in listening.received}) == 1


def test_order(control: Control, listening: Receiver) -> None:
    """Simultaneous events arrive in the order in which they happened."""
    control.configure(deliveries={"copies": 30})
    control.emit("stateset", "first")
    control.emit("stateset", "second")
    assert listening.events == ["first"] * 30 + ["second"] * 30


def test_disorder_on_purpose(control: Control, listening: Receiver) -> None:
    """Held events are sent in reverse once there are enough, or when released."""
    control.configure(deliveries={"hold": 3})
    for number in range(5):
        control.emit("stateset", f"event.{number}")
    assert listening.events == ["event.2", "event.1", "event.0"]
    held = [item["event"] for item in control.deliveries() if item["status"] == "held"]
    assert held == ["event.3", "event.4"]
    assert control.release() == 2
    assert listening.events[3:] == ["event.4", "event.3"]
    assert control.release() == 0


def test_an_earlier_delivery_again(control: Control, listening: Receiver) -> None:
    """Any delivery can be repeated any number of times."""
    control.emit("stateset", "voice.call.started")
    control.again(1, times=5)
    assert len({received.body for received in listening.received}) == 1
    assert len(listening.received) == 6
    assert [item["number"] for item in control.deliveries(provider="stateset")] == list(range(1, 7))
    assert control.deliveries(provider="pamela") == []
    with pytest.raises(ConfigurationError, match="no delivery has the number 99"):
        control.again(99)
    with pytest.raises(ConfigurationError, match="times"):
        control.again(1, times=0)


def test_reset_forgets_deliveries(control: Control, listening: Receiver) -> None:
    """A reset drops planned retries."""
    listening.statuses.append(500)
    control.emit("stateset", "voice.call.started")
    control.reset()
    control.advance(60)
    assert len(listening.received) == 1
    assert control.deliveries() == []


@pytest.mark.anyio
async def test_closing_stops_what_is_under_way(receiver: Receiver) -> None:
    """A dispatcher can be closed during an attempt, and twice."""
    receiver.release.clear()
    dispatcher = WebhookDispatcher(Scheduler(ManualClock()), SandboxConfig)
    dispatcher.enqueue(Delivery("test", "event", receiver.url, {}, b"{}"))
    await dispatcher.close()
    await dispatcher.close()
    assert dispatcher.deliveries == {}


def test_the_defaults_are_those_of_the_docs() -> None:
    """The schedule and the loopback rule match the documentation."""
    deliveries = SandboxConfig().deliveries
    assert (deliveries.retry_delays, deliveries.loopback_only) == ((1.0, 2.0, 4.0, 8.0), True)
    assert httpx.__version__
