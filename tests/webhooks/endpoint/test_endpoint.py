import asyncio
import logging
import queue
from datetime import timedelta
from typing import Any, ClassVar

import pytest
from tests.webhooks.deliveries import COMPLETED, SECRET, TOOL_CALL, encode, signed
from tests.webhooks.endpoints import Receive, answer, delivery

from trunkline.errors import ConfigurationError
from trunkline.webhooks import (
    IncomingRequest,
    MemoryReplayStore,
    PamelaWebhook,
    StateSetWebhook,
    UnknownEvent,
    UnsignedDelivery,
    WebhookEndpoint,
    once,
)
from trunkline.webhooks.events import Event, pamela
from trunkline.webhooks.events.base import removed_webhook


def test_handler_receives_the_event_and_the_sender_gets_a_200(receive: Receive) -> None:
    """Sync and async handlers work under both kinds of framework."""
    webhook = WebhookEndpoint(PamelaWebhook(SECRET))
    seen: list[object] = []

    @webhook.on("call.completed")
    def plain(event: pamela.CallCompleted) -> None:
        seen.append(event.call_id)

    @webhook.on(pamela.CallFailed)
    async def asynchronous(event: pamela.CallFailed) -> None:
        await asyncio.sleep(0)
        seen.append(event.status)

    done = receive(webhook, delivery())
    assert (done.outcome, done.status, answer(done)) == ("handled", 200, {"status": "ok"})
    assert isinstance(done.event, pamela.CallCompleted)
    receive(webhook, delivery(encode({**COMPLETED, "event": "call.failed", "status": "failed"})))
    assert seen == ["call_123", "failed"]
    assert plain.__name__ == "plain"


@removed_webhook
class GivenUp(pamela.CallQueued):
    """An event that the API no longer sends."""


class OlderPamela(PamelaWebhook):
    _event_types: ClassVar[dict[str, type[Event]]] = {**pamela.EVENTS, "call.given_up": GivenUp}


@pytest.mark.parametrize("event", ["call.given_up", GivenUp])
def test_a_handler_of_a_removed_webhook_warns(event: Any) -> None:
    """The warning names the event, at the line that registers the handler; others do not warn."""
    webhook = WebhookEndpoint(OlderPamela(SECRET))
    webhook.on("call.queued")(print)
    with pytest.warns(DeprecationWarning, match=r"no webhook 'call\.given_up' any more") as told:
        webhook.on(event)(print)
    assert told[0].filename == __file__


def test_handlers_are_found_by_name_class_and_star(receive: Receive) -> None:
    """Several names may share a handler; the star takes the rest, even unknown events."""
    webhook = WebhookEndpoint(PamelaWebhook(SECRET))
    seen: list[tuple[str, str]] = []
    webhook.on("call.queued", pamela.CallStarted)(lambda e: seen.append(("both", e.event)))
    webhook.on("call.cancelled", undocumented=True)(lambda e: seen.append(("own", e.event)))
    webhook.on(UnknownEvent)(lambda e: seen.append(("unknown", e.event)))
    webhook.on("*")(lambda e: seen.append(("rest", e.event)))

    for name in ("call.queued", "call.started", "call.cancelled", "call.odd", "call.failed"):
        assert receive(webhook, delivery(encode({**COMPLETED, "event": name}))).status == 200
    assert seen == [
        ("both", "call.queued"),
        ("both", "call.started"),
        ("own", "call.cancelled"),
        ("unknown", "call.odd"),
        ("rest", "call.failed"),
    ]


def test_event_that_only_claims_a_known_name_does_not_reach_its_handler(receive: Receive) -> None:
    """A payload with event toolExecution is not a tool call of the contract."""
    webhook = WebhookEndpoint(PamelaWebhook(SECRET))
    webhook.on("toolExecution")(lambda _: pytest.fail("not a tool call"))
    decision = receive(webhook, delivery(encode({**TOOL_CALL, "event": "toolExecution"})))
    assert (decision.outcome, decision.status) == ("ignored", 200)
    assert answer(decision) == {"status": "ignored"}


@pytest.mark.parametrize(
    ("event", "message"),
    [
        ("call.complete", "did you mean 'call.completed'"),
        ("nothing like it", "it has call.completed, .*undocumented=True"),
        (pamela.CallEvent, "has no event"),
        (int, "has no event"),
    ],
)
def test_misspelt_event_is_found_when_it_is_registered(event: Any, message: str) -> None:
    """A handler that can never run is an error at once."""
    webhook = WebhookEndpoint(PamelaWebhook(SECRET))
    with pytest.raises(ConfigurationError, match=message):
        webhook.on(event)(print)


def test_decorator_without_an_event_is_refused() -> None:
    """Without parentheses, or with empty ones, it would register nothing."""
    webhook = WebhookEndpoint(PamelaWebhook(SECRET))
    odd: Any = webhook.on
    for wrong in (odd, lambda: odd(print), lambda: odd("call.failed", print)):
        with pytest.raises(ConfigurationError, match="name at least one event"):
            wrong()


def test_misspelt_event_is_found_before_there_is_a_function() -> None:
    """The traceback shows the decorator's line."""
    with pytest.raises(ConfigurationError, match="did you mean"):
        WebhookEndpoint(PamelaWebhook(SECRET)).on("call.complete")


@pytest.mark.parametrize(
    ("source", "store", "message"),
    [
        ("whsec_secret", None, r"source is str: give a PamelaWebhook\(secret\)"),
        (None, None, "source is NoneType"),
        (PamelaWebhook, None, "source is the class PamelaWebhook"),
        (PamelaWebhook(SECRET), "deliveries.db", r"store is str: give a SQLiteReplayStore\(path\)"),
        (PamelaWebhook(SECRET), MemoryReplayStore, "store is the class MemoryReplayStore"),
    ],
)
def test_wrong_part_is_found_when_the_endpoint_is_built(
    source: Any, store: Any, message: str
) -> None:
    """The error names the remedy; the value, which may be the secret, is not shown."""
    with pytest.raises(ConfigurationError, match=message) as caught:
        WebhookEndpoint(source, store=store)
    assert "whsec_secret" not in str(caught.value)


@pytest.mark.parametrize(
    "seconds", [timedelta(minutes=1), float("nan"), float("inf"), 10**400, -1, 0, True, "x", None]
)
@pytest.mark.parametrize("name", ["lease", "remember"])
def test_time_that_holds_nothing_is_found_when_the_endpoint_is_built(
    name: str, seconds: Any
) -> None:
    """With NaN no claim would last, and a timedelta would look like a store that is down."""
    options: dict[str, Any] = {name: seconds}
    with pytest.raises(ConfigurationError, match=f"{name} is a finite number of seconds, above 0"):
        WebhookEndpoint(PamelaWebhook(SECRET), store=MemoryReplayStore(), **options)
    with pytest.raises(ConfigurationError, match=name), once(MemoryReplayStore(), "key", **options):
        pytest.fail("the block must not run")


@pytest.mark.parametrize("wrong", ["celery", queue.Queue()])
def test_queue_is_a_function(wrong: Any) -> None:
    """A queue's name, or the queue itself, cannot be called."""
    with pytest.raises(ConfigurationError, match=r"queue is .* give the function"):
        WebhookEndpoint(PamelaWebhook(SECRET), queue=wrong)


def test_endpoint_shows_what_it_does_and_no_secret() -> None:
    """The repr shows whose deliveries it accepts, and which events have handlers."""
    webhook = WebhookEndpoint(PamelaWebhook(SECRET), store=MemoryReplayStore())
    assert "handles nothing" in repr(webhook)
    webhook.on("call.completed", UnknownEvent, "*")(print)
    webhook.on("call.odd", undocumented=True)(print)
    shown = repr(webhook)
    assert "PamelaWebhook" in shown
    assert "store=MemoryReplayStore" in shown
    assert "handles call.completed, UnknownEvent, *, call.odd" in shown
    assert SECRET not in shown


def test_second_handler_for_an_event_is_refused() -> None:
    """The sender could not be told which of two handlers failed."""
    webhook = WebhookEndpoint(PamelaWebhook(SECRET))
    webhook.on("call.completed")(print)
    with pytest.raises(ConfigurationError, match="already"):
        webhook.on(pamela.CallCompleted)(print)
    with pytest.raises(ConfigurationError, match="already"):
        webhook.on("call.failed", "call.completed")(print)
    webhook.on("call.failed")(print)


@pytest.mark.parametrize(
    ("changes", "status", "error"),
    [
        ({"headers": {}}, 401, "Invalid signature"),
        ({"headers": {"X-Pamela-Signature": "0" * 64}}, 401, "Invalid signature"),
        ({"headers": None}, 401, "Invalid signature"),
        ({"body": b"{", "headers": signed(b"{")}, 400, "undecodable_body"),
        ({"body": b"{}", "headers": signed(b"{}")}, 400, "malformed_event"),
        ({"body": b" " * (2**20 + 1), "headers": {}}, 413, "body_too_large"),
        ({"method": "GET"}, 405, "wrong_method"),
    ],
)
def test_refusals_have_their_status(
    receive: Receive, changes: dict[str, Any], status: int, error: str
) -> None:
    """An unverified delivery is a 401, a malformed one a 400, and no handler gets it."""
    webhook = WebhookEndpoint(PamelaWebhook(SECRET))
    webhook.on("*")(lambda _: pytest.fail("handled"))
    decision = receive(webhook, delivery(**changes))
    assert (decision.status, answer(decision)) == (status, {"error": error})
    assert decision.event is None
    assert ("Allow" in decision.headers) is (status == 405)
    assert (decision.error is not None) is (status != 405)


def test_foreign_network_is_forbidden(receive: Receive) -> None:
    """An address outside the list is a 403: its network is wrong, not the signature."""
    webhook = WebhookEndpoint(StateSetWebhook(networks=["192.0.2.0/24"]))
    decision = receive(webhook, IncomingRequest(body=b"{}", headers={}, remote_address="10.0.0.1"))
    assert (decision.status, answer(decision)) == (403, {"error": "foreign_network"})


def test_unsigned_sources_hand_over_an_unsigned_delivery(receive: Receive) -> None:
    """The type of the handler's argument shows that the content is unverified."""
    webhook = WebhookEndpoint(StateSetWebhook(), store=MemoryReplayStore())
    seen: list[UnsignedDelivery[Any]] = []
    webhook.on("voice.call.started")(seen.append)
    request = IncomingRequest(
        body=encode({"event": "voice.call.started"}), headers={"X-Idempotency-Key": "1"}
    )
    assert [receive(webhook, request).outcome for _ in range(2)] == ["handled", "duplicate"]
    assert [(one.signed, one.idempotency_key) for one in seen] == [(False, "1")]


@pytest.mark.parametrize(
    "name",
    ["a\nCRITICAL root: all is lost", "a\r\nb", "a\u2028b", "a\x1b[2Jb", "a\x00b", "x" * 100_000],
)
def test_unsigned_delivery_cannot_write_lines_into_the_log(
    receive: Receive, caplog: pytest.LogCaptureFixture, name: str
) -> None:
    """An event's name is logged when its handler fails: on one line, without control characters."""
    webhook = WebhookEndpoint(StateSetWebhook())

    @webhook.on("*")
    def failing(_: object) -> None:
        raise RuntimeError("this handler fails")

    body = encode({"event": name, "data": {}})
    with caplog.at_level(logging.DEBUG, "trunkline.webhooks"):
        assert receive(webhook, delivery(body, headers={})).outcome == "failed"
    (record,) = caplog.records
    message = record.getMessage()
    assert len(message.splitlines()) == 1
    assert message.isascii()
    assert message.isprintable()
    assert len(message) < 1000
