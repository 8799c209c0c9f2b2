"""Pamela's events on every framework: repeated, concurrent, out of order, failing, and forged.

The client creates a call at the sandbox, which delivers over real sockets to a real server.
"""

import itertools

import pytest
from tests.webhooks.sandbox_calls import (
    EVENTS,
    SECRET,
    Countdown,
    Tally,
    create_call,
    receiver,
    statuses,
)
from tests.webhooks.servers import ALL, Servers

from trunkline.sandbox import Sandbox
from trunkline.webhooks import (
    IncomingRequest,
    MemoryReplayStore,
    PamelaWebhook,
    ReplayStoreError,
    WebhookEndpoint,
)

EVERYWHERE = pytest.mark.parametrize("name", ALL)
STYLED = list(zip(ALL, itertools.cycle(["compact", "unsorted", "spaced"]), strict=False))


@EVERYWHERE
def test_repeated_events_are_handled_once(sandbox: Sandbox, servers: Servers, name: str) -> None:
    """Two copies of each event, and each copy twice more: one handler run per event."""
    sandbox.control.configure(deliveries={"copies": 2})
    tally = Tally()
    with servers.serve(name, receiver(name, tally, MemoryReplayStore())) as port:
        create_call(sandbox, port)
        sandbox.control.advance(60)
        for number in range(1, 2 * len(EVENTS) + 1):
            sandbox.control.again(number, times=2)
        assert statuses(sandbox) == [[200]] * 6 * len(EVENTS)
    assert tally.names == EVENTS
    assert set(tally.runs.values()) == {1}


class Crowded(MemoryReplayStore):
    """Signals when so many deliveries have found the claim taken."""

    def __init__(self, crowd: int) -> None:
        super().__init__()
        self.all_there = Countdown(crowd)

    def settled(self, key: str) -> bool:
        self.all_there.one_more()
        return super().settled(key)


@EVERYWHERE
def test_repetitions_during_the_handler_wait_for_its_end(
    sandbox: Sandbox, servers: Servers, name: str
) -> None:
    """Ten copies arrive while the first is being handled: first 503s, then duplicates."""
    store, runs = Crowded(10), list[str]()
    webhook = WebhookEndpoint(PamelaWebhook(SECRET), store=store)

    @webhook.on("call.queued")
    def handle(event: object) -> None:
        runs.append(repr(event))
        assert store.all_there.wait(60)

    with servers.serve(name, webhook) as port:
        create_call(sandbox, port)
        sandbox.control.again(1, times=10)
        assert sorted(statuses(sandbox)) == [[200], *[[503]] * 10]
        sandbox.control.advance(0.99)
        assert sorted(statuses(sandbox)) == [[200], *[[503]] * 10]
        sandbox.control.advance(0.01)
        assert sorted(statuses(sandbox, event="call.queued")) == [[200], *[[503, 200]] * 10]
    assert len(runs) == 1


@EVERYWHERE
def test_events_out_of_order_are_handled_once(
    sandbox: Sandbox, servers: Servers, name: str
) -> None:
    """The newest is first, each is handled on arrival, and a repetition is not handled again."""
    sandbox.control.configure(deliveries={"hold": len(EVENTS)})
    tally = Tally()
    with servers.serve(name, receiver(name, tally, MemoryReplayStore())) as port:
        create_call(sandbox, port)
        sandbox.control.advance(60)
        assert tally.names == EVENTS[::-1]
        sandbox.control.again(1)
        assert statuses(sandbox) == [[200]] * (len(EVENTS) + 1)
    assert tally.names == EVENTS[::-1]


@EVERYWHERE
def test_failed_handler_lets_the_retries_in(sandbox: Sandbox, servers: Servers, name: str) -> None:
    """Two 500 responses, a third attempt that is handled, and no run for repetitions of it."""
    tally = Tally(failures=2)
    with servers.serve(name, receiver(name, tally, MemoryReplayStore())) as port:
        create_call(sandbox, port)
        sandbox.control.advance(60)
        assert statuses(sandbox) == [[500, 500, 200]] * len(EVENTS)
        sandbox.control.again(1, times=2)
        assert statuses(sandbox)[len(EVENTS) :] == [[200]] * 2
    tally.assert_each_once(EVENTS)
    assert set(tally.runs.values()) == {3}


class Interrupted(MemoryReplayStore):
    """A store that can be down."""

    is_down = True

    def claim(self, key: str, ttl: float, owner: str | None = None) -> bool:
        if self.is_down:
            raise ReplayStoreError("no connection")
        return super().claim(key, ttl, owner)


@EVERYWHERE
def test_store_that_is_down_makes_the_sandbox_come_again(
    sandbox: Sandbox, servers: Servers, name: str
) -> None:
    """Nothing is handled while it is down, everything once when it is back."""
    tally, store = Tally(), Interrupted()
    with servers.serve(name, receiver(name, tally, store)) as port:
        create_call(sandbox, port)
        sandbox.control.advance(3)
        assert statuses(sandbox) == [[503, 503, 503], [503]]
        assert tally.runs.total() == 0
        store.is_down = False
        sandbox.control.advance(60)
        assert statuses(sandbox)[:3] == [[503, 503, 503, 200], [503, 200], [200]]
    tally.assert_each_once(EVENTS)
    assert tally.runs == tally.handled


@pytest.mark.parametrize(("name", "body_style"), STYLED)
def test_everything_at_once(sandbox: Sandbox, servers: Servers, name: str, body_style: str) -> None:
    """Three copies, newest first, in other bytes than the signed ones, to a failing handler."""
    copies = 3
    sandbox.control.configure(
        deliveries={"copies": copies, "hold": copies * len(EVENTS)},
        pamela={"body_style": body_style},
    )
    tally = Tally(failures=1)
    with servers.serve(name, receiver(name, tally, MemoryReplayStore())) as port:
        create_call(sandbox, port)
        sandbox.control.advance(60)
        sandbox.control.advance(60)
        answers = statuses(sandbox)
    assert sorted(answers) == sorted([[200], [200], [500, 200]] * len(EVENTS))
    tally.assert_each_once(EVENTS)
    assert set(tally.runs.values()) == {2}


@EVERYWHERE
def test_delivery_of_another_account_is_refused(
    sandbox: Sandbox, servers: Servers, name: str
) -> None:
    """With another secret nothing is handled, and the sandbox gives up at the 401."""
    tally = Tally()
    webhook = receiver(name, tally, MemoryReplayStore(), secret="whsec_other")
    with servers.serve(name, webhook) as port:
        create_call(sandbox, port)
        sandbox.control.advance(60)
        sent = sandbox.control.deliveries()
        assert statuses(sandbox) == [[401]] * len(EVENTS)
    assert {one["status"] for one in sent} == {"failed"}
    assert tally.runs.total() == 0
    request = IncomingRequest(body=sent[0]["body"].encode(), headers=sent[0]["headers"])
    assert WebhookEndpoint(PamelaWebhook(SECRET)).receive(request).outcome == "ignored"


@EVERYWHERE
def test_either_secret_is_good_while_one_is_replaced(
    sandbox: Sandbox, servers: Servers, name: str
) -> None:
    """The account changes its secret during a call, and no event is lost or handled twice."""
    tally = Tally()
    webhook = receiver(name, tally, MemoryReplayStore(), secret=["whsec_new", SECRET])
    with servers.serve(name, webhook) as port:
        create_call(sandbox, port)
        sandbox.control.advance(10)
        sandbox.control.configure(pamela={"webhook_secret": "whsec_new"})
        sandbox.control.advance(60)
        sandbox.control.again(1)
        assert statuses(sandbox) == [[200]] * (len(EVENTS) + 1)
    assert tally.names == EVENTS
