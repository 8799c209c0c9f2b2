"""The other vendors' events: unsigned ones, ones with a user-defined scheme, and texts."""

from typing import Any

import pytest
from tests.webhooks.sandbox_calls import Tally, statuses, url
from tests.webhooks.servers import Servers

from trunkline import StateSetVoice, Whispey
from trunkline.sandbox import Sandbox
from trunkline.webhooks import (
    MemoryReplayStore,
    PhoneAIWebhook,
    SharedSecret,
    StateSetWebhook,
    UnconfirmedScheme,
    UnsignedDelivery,
    UnsignedWhispeyWebhook,
    WebhookEndpoint,
    WhispeyWebhook,
)
from trunkline.webhooks.events import stateset, whispey

STATESET = ["voice.call.started", "voice.call.escalated", "voice.call.completed"]


def make_stateset_call(sandbox: Sandbox) -> str:
    """A call that is transferred to a person; returns its id."""
    with StateSetVoice(api_key="ssv_sandbox", base_url=sandbox.stateset_url) as client:
        made = client.make_call(to="+15005550009", from_="+15005550190", agent_key="support")
    return str(made.call_sid)


@pytest.mark.parametrize("name", ["starlette", "flask"])
@pytest.mark.parametrize("envelope", ["data", "payload"])
def test_stateset_events_are_handled_once_by_their_key(
    sandbox: Sandbox, servers: Servers, name: str, envelope: str
) -> None:
    """Copies, disorder and failures in either envelope: one success per idempotency key."""
    webhook = WebhookEndpoint(StateSetWebhook(), store=MemoryReplayStore())
    tally, seen = Tally(failures=1), list[UnsignedDelivery[Any]]()

    @webhook.on("*")
    def handle(delivery: UnsignedDelivery[stateset.StateSetEvent]) -> None:
        tally.note(delivery)
        seen.append(delivery)

    with servers.serve(name, webhook) as port:
        sandbox.control.configure(
            stateset={"webhook_url": url(port), "envelope": envelope},
            deliveries={"copies": 2, "hold": 2 * len(STATESET)},
        )
        call = make_stateset_call(sandbox)
        sandbox.control.advance(60)
        sandbox.control.advance(60)
        assert sorted(statuses(sandbox)) == sorted([[200], [500, 200]] * len(STATESET))
        keys = {one["headers"]["X-Idempotency-Key"] for one in sandbox.control.deliveries()}
    tally.assert_each_once(STATESET)
    assert {delivery.idempotency_key for delivery in seen} == keys
    assert not any(delivery.signed or delivery.checks for delivery in seen)
    assert {delivery.event.call_sid for delivery in seen} == {call}


def test_stateset_gives_up_on_a_handler_that_always_fails(
    sandbox: Sandbox, servers: Servers
) -> None:
    """Five attempts, then the event about it, which has its own handler."""
    webhook = WebhookEndpoint(StateSetWebhook(), store=MemoryReplayStore())
    tally, told = Tally(failures=99), list[UnsignedDelivery[stateset.WebhookDeliveryFailed]]()
    webhook.on("voice.call.started")(tally.note)
    webhook.on(stateset.WebhookDeliveryFailed)(told.append)
    with servers.serve("django asgi", webhook) as port:
        sandbox.control.configure(stateset={"webhook_url": url(port)})
        sandbox.control.emit("stateset", "voice.call.started", call_sid="CA1")
        sandbox.control.advance(60)
        assert statuses(sandbox) == [[500] * 5, [200]]
    assert (tally.runs.total(), tally.handled.total()) == (5, 0)
    assert [one.event.attempt_count for one in told] == [5]


def test_unsigned_source_behind_a_shared_secret(sandbox: Sandbox, servers: Servers) -> None:
    """The sandbox cannot send the header; its absence is a 401 that is not retried."""
    secret = SharedSecret("X-Shared", "only between us")
    webhook = WebhookEndpoint(StateSetWebhook(shared_secret=secret), store=MemoryReplayStore())
    webhook.on("*")(lambda _: pytest.fail("handled"))
    with servers.serve("aiohttp", webhook) as port:
        sandbox.control.configure(stateset={"webhook_url": url(port)})
        sandbox.control.emit("stateset", "voice.call.started", call_sid="CA1")
        sandbox.control.advance(60)
        assert statuses(sandbox, event="voice.call.started") == [[401]]


SCHEME = UnconfirmedScheme(header="X-Whispey-Signature", algorithm="sha256", encoding="hex")
"""The sandbox's own: the vendor documents none."""


@pytest.fixture
def client(sandbox: Sandbox) -> Any:
    ingest = sandbox.whispey_ingest_url
    with Whispey("pype_sandbox", base_url=sandbox.whispey_url, ingest_url=ingest) as whispey:
        yield whispey


def test_whispey_events_under_the_scheme_of_their_user(
    sandbox: Sandbox, servers: Servers, client: Whispey
) -> None:
    """A posted call and an alert, twice each and failing at first, with the webhook's secret."""
    webhook = WebhookEndpoint(WhispeyWebhook("dashboard", SCHEME), store=MemoryReplayStore())
    tally, calls = Tally(failures=1), list[whispey.CallCompleted]()

    @webhook.on("call.completed")
    def completed(event: whispey.CallCompleted) -> None:
        tally.note(event)
        calls.append(event)

    webhook.on("cost.alert")(tally.anote)
    sandbox.control.configure(deliveries={"copies": 2, "hold": 4})
    with servers.serve("fastapi", webhook) as port:
        events = ["call.completed", "cost.alert"]
        client.webhooks.create(url=url(port), events=events, secret="dashboard")
        client.ingest.call_ended(
            call_id="call-1",
            agent_id="agent-support",
            call_ended_reason="completed",
            call_started_at="2026-11-01T12:00:00+00:00",
            call_ended_at="2026-11-01T12:01:00+00:00",
        )
        sandbox.control.emit("whispey", "cost.alert", limit=5)
        sandbox.control.advance(60)
        assert sorted(statuses(sandbox)) == [[200], [200], [500, 200], [500, 200]]
    tally.assert_each_once(events)
    assert [(one.agent_id, one.duration) for one in calls] == [("agent-support", 60)]


@pytest.mark.parametrize("secret", ["another", None])
def test_whispey_events_under_another_secret_or_none(
    sandbox: Sandbox, servers: Servers, client: Whispey, secret: str | None
) -> None:
    """Refused for good; only a receiver that is declared unsigned accepts unsigned events."""
    webhook = WebhookEndpoint(WhispeyWebhook("dashboard", SCHEME))
    webhook.on("*")(lambda _: pytest.fail("handled"))
    unsigned = WebhookEndpoint(UnsignedWhispeyWebhook(), store=MemoryReplayStore())
    tally = Tally()
    unsigned.on("*")(tally.note)
    more = {} if secret is None else {"secret": secret}
    with servers.serve("wsgi", webhook) as one, servers.serve("asgi", unsigned) as other:
        for port in (one, other):
            client.webhooks.create(url=url(port), events=["cost.alert"], **more)
        sandbox.control.emit("whispey", "cost.alert", limit=5)
        sandbox.control.again(2, times=3)
        sandbox.control.advance(60)
        assert statuses(sandbox) == [[401], *[[200]] * 4]
    tally.assert_each_once(["cost.alert"])


def test_phone_ai_texts_are_handled_once(sandbox: Sandbox, servers: Servers) -> None:
    """Equal bytes are one text; a text with one other word is another."""
    webhook = WebhookEndpoint(PhoneAIWebhook(), store=MemoryReplayStore())
    tally, texts = Tally(failures=1), list[str]()

    @webhook.on("inboundText")
    async def handle(delivery: UnsignedDelivery[Any]) -> None:
        tally.note(delivery)
        texts.append(delivery.event.payload["text"])

    with servers.serve("aiohttp", webhook) as port:
        sandbox.control.configure(
            phone_ai={"webhook_url": url(port)}, deliveries={"copies": 3, "hold": 6}
        )
        for word in ("first", "second 🎉"):
            sandbox.control.emit("phone_ai", "inboundText", text=word)
        sandbox.control.advance(60)
        assert sorted(statuses(sandbox)) == sorted([[200], [200], [500, 200]] * 2)
    assert sorted(texts) == ["first", "second 🎉"]
    tally.assert_each_once(["inboundText"] * 2)
