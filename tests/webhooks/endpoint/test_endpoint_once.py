import asyncio
import json
import logging
import threading
from typing import Any

import pytest
from tests.webhooks.deliveries import COMPLETED, SECRET, encode, signed
from tests.webhooks.endpoints import BODY, Receive, answer, delivery

from trunkline.errors import InvalidArgumentError
from trunkline.webhooks import (
    IncomingRequest,
    MemoryReplayStore,
    PamelaWebhook,
    ReplayStoreError,
    Reply,
    WebhookEndpoint,
    WebhookResponse,
)


def test_repeated_delivery_is_a_200_without_the_handler(receive: Receive) -> None:
    """Also when the body was serialised again: the signed text is the same."""
    webhook = WebhookEndpoint(PamelaWebhook(SECRET), store=MemoryReplayStore())
    seen: list[object] = []
    webhook.on("call.completed")(seen.append)
    canonical = json.dumps(COMPLETED, sort_keys=True, separators=(",", ":")).encode()
    signature = signed(canonical)
    outcomes = [
        receive(webhook, IncomingRequest(body=body, headers=signature))
        for body in (canonical, BODY, json.dumps(COMPLETED, indent=2).encode())
    ]
    assert [one.outcome for one in outcomes] == ["handled", "duplicate", "duplicate"]
    assert [one.status for one in outcomes] == [200, 200, 200]
    assert answer(outcomes[1]) == {"status": "duplicate"}
    assert len(seen) == 1


def test_delivery_signed_with_either_secret_is_the_same_delivery(receive: Receive) -> None:
    """Replacing a secret does not make handled deliveries run again."""
    webhook = WebhookEndpoint(PamelaWebhook(["new", "old"]), store=MemoryReplayStore())
    webhook.on("call.completed")(lambda _: None)
    outcomes = [
        receive(webhook, delivery(headers=signed(BODY, secret))).outcome
        for secret in ("old", "new")
    ]
    assert outcomes == ["handled", "duplicate"]


def test_failing_handler_is_a_500_and_lets_the_retry_in(
    receive: Receive, caplog: pytest.LogCaptureFixture
) -> None:
    """The response shows nothing of the failure; the log does."""
    webhook = WebhookEndpoint(PamelaWebhook(SECRET), store=MemoryReplayStore())
    failures = [RuntimeError("database gone"), ValueError("still gone")]

    @webhook.on("call.completed")
    def handle(_: object) -> None:
        if failures:
            raise failures.pop(0)

    first, second, third, fourth = (receive(webhook, delivery()) for _ in range(4))
    assert (first.outcome, first.status, answer(first)) == ("failed", 500, {"error": "failed"})
    assert [one.outcome for one in (second, third, fourth)] == ["failed", "handled", "duplicate"]
    assert "database gone" in caplog.text
    assert "handler of call.completed failed" in caplog.text


def test_refusals_are_logged_with_reason_and_remedy(
    receive: Receive, caplog: pytest.LogCaptureFixture
) -> None:
    """The log entry has the error's text, and nothing of the delivery."""
    with caplog.at_level(logging.DEBUG):
        receive(WebhookEndpoint(PamelaWebhook(SECRET)), delivery(headers={}))
    (record,) = (r for r in caplog.records if r.name == "trunkline.webhooks")
    assert record.getMessage() == (
        "refused a delivery: missing_header: there is no X-Pamela-Signature header: is the vendor "
        "the sender, and do proxies keep the header?"
    )
    assert record.exc_info is None


def test_interrupted_handler_lets_the_retry_in() -> None:
    """Even an interrupt of the whole program releases the claim."""
    webhook = WebhookEndpoint(PamelaWebhook(SECRET), store=MemoryReplayStore())
    interrupts: list[BaseException] = [KeyboardInterrupt(), SystemExit()]

    @webhook.on("call.completed")
    def handle(_: object) -> None:
        if interrupts:
            raise interrupts.pop(0)

    for expected in (KeyboardInterrupt, SystemExit):
        with pytest.raises(expected):
            webhook.receive(delivery())
    assert webhook.receive(delivery()).outcome == "handled"


def test_repetition_while_the_handler_runs_is_asked_to_come_again() -> None:
    """It may still fail: a 200 would lose the delivery, and a second run would double it."""
    webhook = WebhookEndpoint(PamelaWebhook(SECRET), store=MemoryReplayStore())
    inside, leave = threading.Event(), threading.Event()

    @webhook.on("call.completed")
    def handle(_: object) -> None:
        inside.set()
        leave.wait(60)

    outcome: list[WebhookResponse] = []
    first = threading.Thread(target=lambda: outcome.append(webhook.receive(delivery())))
    first.start()
    inside.wait(60)
    second = webhook.receive(delivery())
    leave.set()
    first.join()
    assert (second.outcome, second.status, second.headers["Retry-After"]) == ("busy", 503, "5")
    assert outcome[0].outcome == "handled"
    assert webhook.receive(delivery()).outcome == "duplicate"


@pytest.mark.parametrize("error", [asyncio.CancelledError, StopIteration])
def test_odd_exceptions_of_a_handler_are_failures_too(receive: Receive, error: Any) -> None:
    """Nobody cancelled the request: the sender gets a response and may retry."""
    webhook = WebhookEndpoint(PamelaWebhook(SECRET), store=MemoryReplayStore())
    errors = [error(), error()]

    @webhook.on("call.completed")
    def plain(_: object) -> None:
        if errors:
            raise errors.pop()

    @webhook.on("call.failed")
    async def asynchronous(_: object) -> None:
        await asyncio.sleep(0)
        raise error

    assert [receive(webhook, delivery()).status for _ in range(3)] == [500, 500, 200]
    failing = encode({**COMPLETED, "event": "call.failed"})
    assert [receive(webhook, delivery(failing)).status for _ in range(2)] == [500, 500]


def test_reply_that_asks_for_a_retry_lets_it_in(receive: Receive) -> None:
    """A handler may reply 503 instead of raising: it is sent, and the delivery is not lost."""
    webhook = WebhookEndpoint(PamelaWebhook(SECRET), store=MemoryReplayStore())
    replies = [Reply.json({"error": "later"}, status=503), Reply.json({}, status=404)]
    webhook.on("call.completed")(lambda _: replies.pop(0))
    decisions = [receive(webhook, delivery()) for _ in range(3)]
    assert [one.status for one in decisions] == [503, 404, 200]
    assert answer(decisions[0]) == {"error": "later"}
    assert [one.outcome for one in decisions] == ["failed", "handled", "duplicate"]


class Down:
    """A store whose methods fail, all of them or the named ones."""

    def __init__(self, *failing: str) -> None:
        self.failing = failing or ("claim", "confirm", "settled", "release")
        self._store = MemoryReplayStore()

    def _call(self, name: str, *args: Any) -> Any:
        if name in self.failing:
            raise ReplayStoreError("down") if name != "settled" else OSError("down")
        return getattr(self._store, name)(*args)

    def claim(self, key: str, ttl: float, owner: str | None = None) -> bool:
        return bool(self._call("claim", key, ttl, owner))

    def confirm(self, key: str, ttl: float, owner: str | None = None) -> bool:
        return bool(self._call("confirm", key, ttl, owner))

    def renew(self, key: str, ttl: float, owner: str) -> bool:
        return bool(self._call("renew", key, ttl, owner))

    def settled(self, key: str) -> bool:
        return bool(self._call("settled", key))

    def release(self, key: str, owner: str | None = None) -> None:
        self._call("release", key, owner)


def test_store_that_is_down_closes_the_door_by_default(receive: Receive) -> None:
    """The sender is asked to retry, and nothing is handled."""
    webhook = WebhookEndpoint(PamelaWebhook(SECRET), store=Down())
    webhook.on("call.completed")(lambda _: pytest.fail("handled"))
    decision = receive(webhook, delivery())
    assert (decision.outcome, decision.status) == ("unavailable", 503)
    assert answer(decision) == {"error": "unavailable"}
    assert decision.headers["Retry-After"] == "5"


def test_store_that_is_down_opens_the_door_by_choice(receive: Receive) -> None:
    """fail_open handles the delivery, possibly twice."""
    webhook = WebhookEndpoint(PamelaWebhook(SECRET), store=Down(), fail_open=True)
    seen: list[object] = []
    webhook.on("call.completed")(seen.append)
    assert [receive(webhook, delivery()).outcome for _ in range(2)] == ["handled", "handled"]
    assert len(seen) == 2


def test_store_that_fails_after_the_handler_does_not_change_the_answer(receive: Receive) -> None:
    """A handled delivery is a 200 and a failed one a 500; the lease covers the rest."""
    webhook = WebhookEndpoint(PamelaWebhook(SECRET), store=Down("confirm", "release"))
    results: list[Exception | None] = [None, RuntimeError()]

    @webhook.on("*")
    def handle(_: object) -> None:
        if (error := results.pop(0)) is not None:
            raise error

    other = encode({**COMPLETED, "call_id": "other"})
    assert receive(webhook, delivery()).status == 200
    assert receive(webhook, delivery(other)).status == 500
    assert receive(webhook, delivery(other)).status == 503


def test_store_that_fails_on_the_question_counts_as_down(receive: Receive) -> None:
    """Any exception from a user's own store means the same."""
    webhook = WebhookEndpoint(PamelaWebhook(SECRET), store=Down("settled"))
    webhook.on("call.completed")(lambda _: None)
    assert [receive(webhook, delivery()).status for _ in range(2)] == [200, 503]


@pytest.mark.parametrize("kind", [GeneratorExit, asyncio.CancelledError])
def test_a_handler_s_end_of_another_s_lets_the_retry_in(
    receive: Receive, kind: type[BaseException]
) -> None:
    """An exception that ends a generator or a task is an ordinary handler failure."""
    webhook = WebhookEndpoint(PamelaWebhook(SECRET), store=MemoryReplayStore())
    failures = [kind()]

    @webhook.on("call.completed")
    def handle(_: object) -> None:
        if failures:
            raise failures.pop()

    assert [receive(webhook, delivery()).outcome for _ in "ab"] == ["failed", "handled"]


@pytest.mark.parametrize(
    "attributes",
    [{"status": "200"}, {"status": 1000}, {"body": "text"}, {"content_type": "a\r\nSet-Cookie: b"}],
)
def test_a_reply_that_cannot_be_sent_is_refused(attributes: dict[str, Any]) -> None:
    """The error is raised in the handler, when the reply is made: so the sender retries."""
    with pytest.raises(InvalidArgumentError, match=next(iter(attributes))):
        Reply(**attributes)
