"""Real Celery workers on a real broker, killed while they dial.

At the end the provider's list is read with the ledger's clock set past every lease and quiet
time, and the rows are compared with the calls that the server has.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
import uuid
from collections import Counter
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tests.ledger.conftest import TO
from tests.ledger.fleets.fleet import shifted
from tests.redis_server import RedisProcess

from trunkline import Pamela
from trunkline.campaigns import CampaignSettings, CampaignStore, Feeder, Row
from trunkline.campaigns.dialling import Dialler
from trunkline.campaigns.worker import make_app, ringer
from trunkline.campaigns.working import Worker
from trunkline.ledger import Ledger

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from trunkline.campaigns import Counts
    from trunkline.sandbox.server import Sandbox

BROKER = os.environ.get("TRUNKLINE_TEST_RABBITMQ", "amqp://guest:guest@127.0.0.1:5672//")
NAME = "killed"
ALL_DUE = """
UPDATE campaign_row SET state = 'unknown', due = clock_timestamp()
WHERE state IN ('ready', 'queued', 'unknown')
"""


@dataclass(frozen=True)
class Queue:
    """The queue of one run's messages.

    Attributes:
        broker: its URL.
        name: the queue.
        lease: seconds until the feeder sends a row again.
        app: the module of the workers' application.
    """

    broker: str
    name: str
    lease: float = 180.0
    app: str = "trunkline.campaigns.worker"


@contextmanager
def in_rabbitmq() -> Iterator[Queue]:
    """A separate queue in the real RabbitMQ for one run, removed afterwards."""
    name = f"trunkline-test-{uuid.uuid4().hex[:12]}"
    yield Queue(BROKER, name)
    with make_app(BROKER, name).connection_for_write() as connection:
        connection.default_channel.queue_delete(name)


@contextmanager
def in_redis(lease: float, app: str = Queue.app) -> Iterator[Queue]:
    """A separate Redis for one run; a killed worker's messages are redelivered after minutes."""
    with RedisProcess() as server:
        yield Queue(server.url, "trunkline-test", lease, app)


@dataclass
class Result:
    """The result of a run; ``wrong`` contains every broken promise."""

    rows: dict[str, int] = field(default_factory=dict[str, int])
    calls: int = 0
    killed: int = 0
    undecided: int = 0
    wrong: list[str] = field(default_factory=list[str])


class Run:
    """One campaign whose workers are killed."""

    def __init__(
        self, database: str, queue: Queue, sandbox: Sandbox, rows: int, workers: int, seed: int
    ) -> None:
        self.database, self.queue, self.sandbox, self.rows = database, queue, sandbox, rows
        self.random, self.result = random.Random(seed), Result()
        self.store = CampaignStore(database)
        self.client: dict[str, Any] = {"api_key": "pk_test_sandbox", "base_url": sandbox.pamela_url}
        self.workers = [self.start() for _ in range(workers)]

    def start(self) -> subprocess.Popen[bytes]:
        """Start a worker with two processes, in its own process group."""
        environment = {
            **os.environ,
            "TRUNKLINE_LEDGER": self.database,
            "TRUNKLINE_BROKER": self.queue.broker,
            "TRUNKLINE_QUEUE": self.queue.name,
            "PAMELA_API_KEY": self.client["api_key"],
            "PAMELA_BASE_URL": self.client["base_url"],
        }
        command = [sys.executable, "-m", "celery", "-A", self.queue.app, "worker"]
        options = ["-c", "2", "--without-gossip", "--without-mingle", "--without-heartbeat"]
        return subprocess.Popen(
            [*command, *options, "-n", f"{uuid.uuid4().hex}@test"],
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )

    def kill(self) -> None:
        """Kill a whole worker at any point, and start another one."""
        victim = self.random.randrange(len(self.workers))
        self.end(self.workers[victim])
        self.workers[victim] = self.start()
        self.result.killed += 1

    def end(self, worker: subprocess.Popen[bytes]) -> None:
        os.killpg(worker.pid, signal.SIGKILL)
        worker.wait()

    def feeder(self, ledger: Ledger, ring: Callable[[str, Sequence[int]], None]) -> Feeder:
        dialler = Dialler("pamela", ledger, **self.client)
        every = {"lease": self.queue.lease, "look_every": 0.5, "reconcile_every": 3600}
        return Feeder(self.store, NAME, ring, dialler, **every)

    def go(self, should_kill: Callable[[Counts], bool]) -> Result:
        """Dial all rows while workers are killed, then decide the calls that they left open."""
        made = [Row(n, f"key-{n}", TO, {"task": "Call"}) for n in range(1, self.rows + 1)]
        self.store.create(CampaignSettings(NAME, "pamela", concurrency=200), made)
        try:
            ring = ringer(make_app(self.queue.broker, self.queue.name))
            with (
                Ledger.open(self.database, on_absent="redial") as ledger,
                closing(self.feeder(ledger, ring)) as feeder,
            ):
                self.feed(feeder, should_kill)
            for worker in self.workers:
                self.end(worker)
            self.workers.clear()
            self.decide()
        finally:
            for worker in self.workers:
                self.end(worker)
            self.store.close()
        return self.result

    def feed(self, feeder: Feeder, should_kill: Callable[[Counts], bool]) -> None:
        """Feed until only rows are open that the ledger does not allow to be dialled yet."""
        last = time.monotonic() + 1800
        while True:
            rows = (counts := feeder.step()).rows
            if should_kill(counts):
                self.kill()
            undecided = rows.get("unknown", 0)
            if counts.open == undecided and (self.result.killed or not undecided):
                self.result.undecided = undecided
                return
            assert time.monotonic() < last, f"stuck: {rows}"
            self.sandbox.control.advance(40)
            time.sleep(0.05)

    def decide(self) -> None:
        """Let leases and quiet times pass on the ledger's clock, and dial what was not placed."""
        later = 0.0
        while self.store.counts(NAME).open:
            later += 2000.0
            self.store._change(ALL_DUE)
            with Ledger.open(self.database, clock=shifted(later)) as ledger:
                ledger.undecided()
            clock = shifted(later + 1000)
            with Ledger.open(self.database, clock=clock, on_absent="redial") as ledger:
                self.finish(ledger)
            assert later < 40_000, f"undecided: {self.store.counts(NAME).rows}"
        self.compare()

    def finish(self, ledger: Ledger) -> None:
        """Dial in this process what is left to dial by the evidence, until all calls have ended."""
        worker = Worker(self.store, ledger, **self.client)

        def dial(name: str, lines: Sequence[int]) -> None:
            for line in lines:
                worker.dial(name, line)

        with closing(self.feeder(ledger, dial)) as feeder, closing(worker):
            feeder.reconcile()
            while feeder.step().rows.get("accepted"):
                self.sandbox.control.advance(40)

    def compare(self) -> None:
        with Pamela(**self.client) as client, Ledger.open(self.database) as ledger:
            ids = [call.id for call in client.calls.list(limit=100)]
            duplicates = ledger.status().duplicates
        found = self.store.results(NAME)
        self.result.rows, self.result.calls = self.store.counts(NAME).rows, len(ids)
        called = Counter(row["call_id"] for row in found)
        if duplicates or set(called) != set(ids) or len(ids) != len(found):
            self.result.wrong.append(f"{len(ids)} calls for {len(found)} rows, {duplicates} twice")
        if self.result.rows != {"finished": self.rows}:
            self.result.wrong.append(f"rows are {self.result.rows}")
