import asyncio
import json
import logging
import queue
import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from tests.webhooks.conftest import REDIS_URL
from tests.webhooks.deliveries import COMPLETED, SECRET, TOOL_CALL, encode, signed

from trunkline.errors import ConfigurationError
from trunkline.webhooks import (
    AsyncRedisReplayStore,
    IncomingRequest,
    MemoryReplayStore,
    PamelaWebhook,
    ReplayStoreError,
    Reply,
    SQLiteReplayStore,
    StateSetWebhook,
    TwilioSignature,
    UnknownEvent,
    UnsignedDelivery,
    WebhookEndpoint,
    WebhookResponse,
    once,
)
from trunkline.webhooks.events import pamela

BODY = encode(COMPLETED)
Receive = Callable[[WebhookEndpoint[Any], IncomingRequest], WebhookResponse]


def blocking(endpoint: WebhookEndpoint[Any], request: IncomingRequest) -> WebhookResponse:
    return endpoint.receive(request)


def awaiting(endpoint: WebhookEndpoint[Any], request: IncomingRequest) -> WebhookResponse:
    return asyncio.run(endpoint.areceive(request))


@pytest.fixture(params=[blocking, awaiting])
def receive(request: pytest.FixtureRequest) -> Receive:
    chosen: Receive = request.param
    return chosen


def delivery(body: bytes = BODY, **changes: Any) -> IncomingRequest:
    headers = changes.pop("headers") if "headers" in changes else signed(body)
    return IncomingRequest(body=body, headers=headers, **changes)


def answer(decision: WebhookResponse) -> Any:
    assert decision.headers["Content-Type"] == "application/json"
    return json.loads(decision.body)


def test_handler_receives_the_event_and_the_sender_gets_a_200(receive: Receive) -> None:
    """Plain and asynchronous handlers work under both kinds of framework."""
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


def test_handlers_are_found_by_name_class_and_star(receive: Receive) -> None:
    """Several names may share one handler; the star takes what is left, unknown events too."""
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
    """A payload that says event toolExecution is no tool call of the contract."""
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
    """A handler that could never run is an error at once."""
    webhook = WebhookEndpoint(PamelaWebhook(SECRET))
    with pytest.raises(ConfigurationError, match=message):
        webhook.on(event)(print)


def test_decorator_without_an_event_is_refused() -> None:
    """Without parentheses, or with nothing in them, it would register nothing."""
    webhook = WebhookEndpoint(PamelaWebhook(SECRET))
    odd: Any = webhook.on
    for wrong in (odd, lambda: odd(print), lambda: odd("call.failed", print)):
        with pytest.raises(ConfigurationError, match="name at least one event"):
            wrong()


def test_misspelt_event_is_found_before_there_is_a_function() -> None:
    """The line of the mistake is the decorator's."""
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
    """The remedy is named, and the value, which may be the secret, is not shown."""
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
    """With NaN no claim would hold, and a timedelta would look like a store that is down."""
    options: dict[str, Any] = {name: seconds}
    with pytest.raises(ConfigurationError, match=f"{name} is a finite number of seconds, above 0"):
        WebhookEndpoint(PamelaWebhook(SECRET), store=MemoryReplayStore(), **options)
    with pytest.raises(ConfigurationError, match=name), once(MemoryReplayStore(), "key", **options):
        pytest.fail("the block must not run")


@pytest.mark.parametrize("wrong", ["celery", queue.Queue()])
def test_queue_is_a_function(wrong: Any) -> None:
    """Its name, or the queue itself, could take no event."""
    with pytest.raises(ConfigurationError, match=r"queue is .* give the function"):
        WebhookEndpoint(PamelaWebhook(SECRET), queue=wrong)


def test_endpoint_shows_what_it_does_and_no_secret() -> None:
    """In a log or a debugger it says whose deliveries it takes, and which have handlers."""
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
    """Which of two handlers failed could not be told to the sender."""
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
    """What does not verify is 401, what is not understood 400, and no handler sees it."""
    webhook = WebhookEndpoint(PamelaWebhook(SECRET))
    webhook.on("*")(lambda _: pytest.fail("handled"))
    decision = receive(webhook, delivery(**changes))
    assert (decision.status, answer(decision)) == (status, {"error": error})
    assert decision.event is None
    assert ("Allow" in decision.headers) is (status == 405)
    assert (decision.error is not None) is (status != 405)


def test_foreign_network_is_forbidden(receive: Receive) -> None:
    """An address outside of the list is a 403, for the network's sake and not the signature's."""
    webhook = WebhookEndpoint(StateSetWebhook(networks=["192.0.2.0/24"]))
    decision = receive(webhook, IncomingRequest(body=b"{}", headers={}, remote_address="10.0.0.1"))
    assert (decision.status, answer(decision)) == (403, {"error": "foreign_network"})


def test_unsigned_sources_hand_over_an_unsigned_delivery(receive: Receive) -> None:
    """The handler's argument says that nobody vouches for the content."""
    webhook = WebhookEndpoint(StateSetWebhook(), store=MemoryReplayStore())
    seen: list[UnsignedDelivery[Any]] = []
    webhook.on("voice.call.started")(seen.append)
    request = IncomingRequest(
        body=encode({"event": "voice.call.started"}), headers={"X-Idempotency-Key": "1"}
    )
    assert [receive(webhook, request).outcome for _ in range(2)] == ["handled", "duplicate"]
    assert [(one.signed, one.idempotency_key) for one in seen] == [(False, "1")]


def test_repeated_delivery_is_a_200_without_the_handler(receive: Receive) -> None:
    """Also when its body was written anew: the signed text is the same."""
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
    """Replacing a secret does not let handled deliveries in again."""
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
    """The answer shows nothing of the failure; the log does."""
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


def test_refusals_are_logged_with_their_reason_only(
    receive: Receive, caplog: pytest.LogCaptureFixture
) -> None:
    """The log of a refusal names the reason and nothing of the delivery."""
    with caplog.at_level(logging.DEBUG):
        receive(WebhookEndpoint(PamelaWebhook(SECRET)), delivery(headers={}))
    (record,) = (r for r in caplog.records if r.name == "trunkline.webhooks")
    assert record.getMessage() == "refused a delivery: missing_header"
    assert record.exc_info is None


def test_interrupted_handler_lets_the_retry_in() -> None:
    """Even an interrupt of the whole program releases the claim on its way out."""
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
    """It may still fail, so a 200 would lose the delivery and a second run would double it."""
    webhook = WebhookEndpoint(PamelaWebhook(SECRET), store=MemoryReplayStore())
    inside, leave = threading.Event(), threading.Event()

    @webhook.on("call.completed")
    def handle(_: object) -> None:
        inside.set()
        leave.wait(10)

    outcome: list[WebhookResponse] = []
    first = threading.Thread(target=lambda: outcome.append(webhook.receive(delivery())))
    first.start()
    inside.wait(10)
    second = webhook.receive(delivery())
    leave.set()
    first.join()
    assert (second.outcome, second.status, second.headers["Retry-After"]) == ("busy", 503, "5")
    assert outcome[0].outcome == "handled"
    assert webhook.receive(delivery()).outcome == "duplicate"


def test_handler_ends_although_the_sender_hung_up() -> None:
    """A cancelled request does not stop the handler half-way, and its claim is confirmed."""
    store, ended = MemoryReplayStore(), list[str]()
    webhook = WebhookEndpoint(PamelaWebhook(SECRET), store=store)

    async def main() -> None:
        begun, leave, left = asyncio.Event(), asyncio.Event(), asyncio.Event()

        @webhook.on("call.completed")
        async def handle(event: pamela.CallCompleted) -> None:
            begun.set()
            await leave.wait()
            ended.append(event.call_id)
            left.set()

        request = asyncio.ensure_future(webhook.areceive(delivery()))
        await begun.wait()
        request.cancel()
        with pytest.raises(asyncio.CancelledError):
            await request
        assert (await webhook.areceive(delivery())).outcome == "busy"
        leave.set()
        await left.wait()
        await asyncio.sleep(0)
        assert (await webhook.areceive(delivery())).outcome == "duplicate"

    asyncio.run(main())
    assert ended == ["call_123"]


def test_loop_that_stops_releases_the_claim() -> None:
    """When the whole event loop goes down, the handler is cancelled and the retry let in."""
    store = MemoryReplayStore()
    webhook = WebhookEndpoint(PamelaWebhook(SECRET), store=store)
    begun = asyncio.Event()

    @webhook.on("call.completed")
    async def handle(_: object) -> None:
        if not begun.is_set():
            begun.set()
            await asyncio.Event().wait()

    async def main() -> None:
        task = asyncio.ensure_future(webhook.areceive(delivery()))
        await begun.wait()
        task.cancel()

    asyncio.run(main())
    assert asyncio.run(webhook.areceive(delivery())).outcome == "handled"


def test_thread_is_waited_for_when_the_loop_stops() -> None:
    """A handler in a thread goes on whatever happens, so its result counts: no second effect."""
    webhook = WebhookEndpoint(PamelaWebhook(SECRET), store=MemoryReplayStore())
    begun, leave, effects = threading.Event(), threading.Event(), list[int]()

    @webhook.on("call.completed")
    def handle(_: object) -> None:
        begun.set()
        leave.wait(10)
        effects.append(1)

    async def main() -> None:
        request = asyncio.ensure_future(webhook.areceive(delivery()))
        assert await asyncio.to_thread(begun.wait, 10)
        request.cancel()
        asyncio.get_running_loop().call_later(0.05, leave.set)

    asyncio.run(main())
    assert asyncio.run(webhook.areceive(delivery())).outcome == "duplicate"
    assert effects == [1]


def test_cancelled_dispatch_waits_for_its_thread_and_stays_cancelled() -> None:
    """A worker that is stopped hears of it, after what it had begun is done."""
    webhook = WebhookEndpoint(PamelaWebhook(SECRET))
    begun, leave, effects = threading.Event(), threading.Event(), list[int]()

    @webhook.on("call.completed")
    def handle(_: object) -> None:
        begun.set()
        leave.wait(10)
        effects.append(1)

    async def main() -> None:
        event = pamela.CallCompleted(payload={}, call_id="call_1")
        work = asyncio.ensure_future(webhook.adispatch(event))
        assert await asyncio.to_thread(begun.wait, 10)
        for _ in range(2):
            work.cancel()
            await asyncio.sleep(0)
        leave.set()
        with pytest.raises(asyncio.CancelledError):
            await work

    asyncio.run(main())
    assert effects == [1]


class Slow(MemoryReplayStore):
    """A store that is asked in a thread, and lets a test act while it is."""

    blocking = True

    def __init__(self) -> None:
        super().__init__()
        self.asked, self.leave = threading.Event(), threading.Event()

    def claim(self, key: str, ttl: float, owner: str | None = None) -> bool:
        self.asked.set()
        self.leave.wait(10)
        return super().claim(key, ttl, owner)


def test_loop_that_stops_during_the_claim_gives_it_back() -> None:
    """Nothing has run, so the retry need not wait until the lease is over."""
    store = Slow()
    webhook = WebhookEndpoint(PamelaWebhook(SECRET), store=store)
    runs: list[object] = []
    webhook.on("call.completed")(runs.append)

    async def main() -> None:
        request = asyncio.ensure_future(webhook.areceive(delivery()))
        assert await asyncio.to_thread(store.asked.wait, 10)
        request.cancel()
        asyncio.get_running_loop().call_later(0.05, store.leave.set)

    asyncio.run(main())
    assert runs == []
    assert webhook.receive(delivery()).outcome == "handled"


class Remote:
    """An asynchronous store whose answers to confirm and release take a moment."""

    def __init__(self) -> None:
        self.local, self.settling = MemoryReplayStore(), asyncio.Event()

    async def claim(self, key: str, ttl: float, owner: str | None = None) -> bool:
        return self.local.claim(key, ttl, owner)

    async def confirm(self, key: str, ttl: float, owner: str | None = None) -> bool:
        await self._travel()
        return self.local.confirm(key, ttl, owner)

    async def renew(self, key: str, ttl: float, owner: str) -> bool:
        return self.local.renew(key, ttl, owner)

    async def settled(self, key: str) -> bool:
        return self.local.settled(key)

    async def release(self, key: str, owner: str | None = None) -> None:
        await self._travel()
        self.local.release(key, owner)

    async def _travel(self) -> None:
        self.settling.set()
        await asyncio.sleep(0.02)


@pytest.mark.parametrize(("fails", "outcome"), [(False, "duplicate"), (True, "handled")])
def test_loop_that_stops_while_a_claim_is_settled_settles_it(*, fails: bool, outcome: str) -> None:
    """The handler has run: what became of it is told to the store all the same."""
    store, runs = Remote(), list[int]()
    webhook = WebhookEndpoint(PamelaWebhook(SECRET), store=store)

    @webhook.on("call.completed")
    async def handle(_: object) -> None:
        runs.append(1)
        if fails and len(runs) == 1:
            raise RuntimeError("not this time")

    async def main() -> asyncio.Task[WebhookResponse]:
        request = asyncio.create_task(webhook.areceive(delivery()))
        await store.settling.wait()
        return request

    assert asyncio.run(main()).cancelled()
    assert awaiting(webhook, delivery()).outcome == outcome


@pytest.mark.parametrize("error", [asyncio.CancelledError, StopIteration])
def test_odd_exceptions_of_a_handler_are_failures_too(receive: Receive, error: Any) -> None:
    """Nobody cancelled the request: the sender is answered, and may come again."""
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
    """A handler may say 503 instead of raising: its answer is sent, and the delivery not lost."""
    webhook = WebhookEndpoint(PamelaWebhook(SECRET), store=MemoryReplayStore())
    replies = [Reply.json({"error": "later"}, status=503), Reply.json({}, status=404)]
    webhook.on("call.completed")(lambda _: replies.pop(0))
    decisions = [receive(webhook, delivery()) for _ in range(3)]
    assert [one.status for one in decisions] == [503, 404, 200]
    assert answer(decisions[0]) == {"error": "later"}
    assert [one.outcome for one in decisions] == ["failed", "handled", "duplicate"]


class Down:
    """A store whose methods fail, all of them or those that are named."""

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
    """The sender is asked to come again, and nothing was handled."""
    webhook = WebhookEndpoint(PamelaWebhook(SECRET), store=Down())
    webhook.on("call.completed")(lambda _: pytest.fail("handled"))
    decision = receive(webhook, delivery())
    assert (decision.outcome, decision.status) == ("unavailable", 503)
    assert answer(decision) == {"error": "unavailable"}
    assert decision.headers["Retry-After"] == "5"


def test_store_that_is_down_opens_the_door_by_choice(receive: Receive) -> None:
    """fail_open handles the delivery, perhaps twice."""
    webhook = WebhookEndpoint(PamelaWebhook(SECRET), store=Down(), fail_open=True)
    seen: list[object] = []
    webhook.on("call.completed")(seen.append)
    assert [receive(webhook, delivery()).outcome for _ in range(2)] == ["handled", "handled"]
    assert len(seen) == 2


def test_store_that_fails_after_the_handler_does_not_change_the_answer(receive: Receive) -> None:
    """A handled delivery is a 200 and a failed one a 500; the lease settles the rest."""
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
    """Any exception of a store of the user's own means the same."""
    webhook = WebhookEndpoint(PamelaWebhook(SECRET), store=Down("settled"))
    webhook.on("call.completed")(lambda _: None)
    assert [receive(webhook, delivery()).status for _ in range(2)] == [200, 503]


def test_queue_gets_every_event_and_a_worker_dispatches_it(receive: Receive) -> None:
    """The sender is answered once the queue has the event; handlers run where it is taken out."""
    waiting: queue.Queue[Any] = queue.Queue(maxsize=1)
    webhook = WebhookEndpoint(
        PamelaWebhook(SECRET), store=MemoryReplayStore(), queue=waiting.put_nowait
    )
    seen: list[str] = []
    webhook.on("call.completed")(lambda event: seen.append(event.call_id))
    full = encode({**COMPLETED, "call_id": "no room"})

    decision = receive(webhook, delivery())
    assert (decision.outcome, decision.status) == ("queued", 202)
    assert receive(webhook, delivery()).outcome == "duplicate"
    assert receive(webhook, delivery(full)).outcome == "failed"
    assert seen == []
    webhook.dispatch(waiting.get_nowait())
    assert receive(webhook, delivery(full)).outcome == "queued"
    asyncio.run(webhook.adispatch(waiting.get_nowait()))
    assert seen == ["call_123", "no room"]
    assert webhook.dispatch(UnknownEvent(event="x", payload={})) is None


def test_queue_of_asyncio_is_filled_in_its_own_loop() -> None:
    """Its coroutine function is awaited where the queue belongs, so a waiting worker wakes up."""

    async def main() -> str:
        waiting: asyncio.Queue[Any] = asyncio.Queue()
        webhook = WebhookEndpoint(PamelaWebhook(SECRET), queue=waiting.put)
        worker = asyncio.ensure_future(waiting.get())
        await asyncio.sleep(0)
        assert (await webhook.areceive(delivery())).outcome == "queued"
        event = await asyncio.wait_for(worker, 10)
        return str(event.call_id)

    assert asyncio.run(main(), debug=True) == "call_123"


def test_worker_can_dispatch_an_unsigned_delivery() -> None:
    """What was queued of an unsigned source finds its handler by the event inside."""
    waiting: queue.Queue[Any] = queue.Queue()
    webhook = WebhookEndpoint(StateSetWebhook(), queue=waiting.put)
    seen: list[object] = []
    webhook.on("voice.call.started")(seen.append)
    request = IncomingRequest(body=encode({"event": "voice.call.started"}), headers={})
    assert webhook.receive(request).outcome == "queued"
    webhook.dispatch(waiting.get_nowait())
    assert isinstance(seen[0], UnsignedDelivery)


def test_handler_that_answers_is_run_each_time_and_never_queued(receive: Receive) -> None:
    """once=False is for deliveries whose sender waits for the result."""
    webhook = WebhookEndpoint(
        PamelaWebhook(SECRET), store=MemoryReplayStore(), queue=lambda _: pytest.fail("queued")
    )
    webhook.on("toolExecution", once=False)(lambda call: Reply.json({"result": call.tool_name}))
    for _ in range(2):
        decision = receive(webhook, delivery(encode(TOOL_CALL)))
        assert answer(decision) == {"result": "check_order_status"}


def test_twilio_is_answered_with_twiml(receive: Receive) -> None:
    """The handler's document, or an empty one where there is nothing to say."""
    twilio = TwilioSignature(SECRET, public_origin="https://voice.example.com")
    webhook = WebhookEndpoint(twilio)
    signature = twilio.sign("https://voice.example.com/in", {"CallSid": "CA1"})
    headers = {
        "X-Twilio-Signature": signature,
        "Content-Type": "application/x-www-form-urlencoded",
    }
    request = IncomingRequest(body=b"CallSid=CA1", headers=headers, target="/in")
    decision = receive(webhook, request)
    assert (decision.outcome, decision.body) == ("ignored", b"<Response/>")
    webhook.on("incoming_call")(
        lambda call: Reply.xml(f"<Response><Say>{call.call_sid}</Say></Response>")
    )
    decision = receive(webhook, request)
    assert decision.body == b"<Response><Say>CA1</Say></Response>"
    assert decision.headers["Content-Type"].startswith("text/xml")


def test_asynchronous_store_works_with_asyncio_only(redis_prefix: str) -> None:
    """Under a synchronous framework it is refused, with the remedy."""

    async def main() -> None:
        store = AsyncRedisReplayStore.from_url(REDIS_URL, prefix=redis_prefix)
        webhook = WebhookEndpoint(PamelaWebhook(SECRET), store=store)
        webhook.on("call.completed")(lambda _: None)
        outcomes = [(await webhook.areceive(delivery())).outcome for _ in range(2)]
        assert outcomes == ["handled", "duplicate"]
        with pytest.raises(ConfigurationError, match="synchronous store, such"):
            webhook.receive(delivery())
        await store.aclose()

    asyncio.run(main())


def test_blocking_store_does_not_block_the_event_loop(tmp_path: Any) -> None:
    """SQLite and plain handlers run in a thread of their own."""
    with SQLiteReplayStore(tmp_path / "replay.db") as store:
        webhook = WebhookEndpoint(PamelaWebhook(SECRET), store=store)
        threads: list[str] = []
        webhook.on("call.completed")(lambda _: threads.append(threading.current_thread().name))
        assert asyncio.run(webhook.areceive(delivery())).outcome == "handled"
    assert threads != ["MainThread"]


def test_fifty_equal_deliveries_at_once_run_the_handler_once() -> None:
    """Under asyncio too, the claim is taken before the handler begins."""
    webhook = WebhookEndpoint(PamelaWebhook(SECRET), store=MemoryReplayStore())
    runs: list[int] = []

    @webhook.on("call.completed")
    async def handle(_: object) -> None:
        await asyncio.sleep(0.01)
        runs.append(1)

    async def main() -> list[str]:
        decisions = await asyncio.gather(*(webhook.areceive(delivery()) for _ in range(50)))
        return sorted(one.outcome for one in decisions)

    assert asyncio.run(main()) == ["busy"] * 49 + ["handled"]
    assert runs == [1]
