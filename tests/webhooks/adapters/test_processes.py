import os
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest
from tests.redis_server import REDIS_URL
from tests.webhooks.deliveries import COMPLETED, SECRET, encode, signed

from trunkline.webhooks import IncomingRequest, PamelaWebhook, SQLiteReplayStore, WebhookEndpoint

ROOT = Path(__file__).resolve().parents[3]


def start(*arguments: str) -> subprocess.Popen[bytes]:
    paths = [str(ROOT), str(ROOT / "overlay"), str(ROOT / "generated")]
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.webhooks.receiver", *arguments],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(paths)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert process.stdout
    assert process.stdout.readline() == b"ready\n"
    return process


def feed(processes: list[subprocess.Popen[bytes]], batches: list[list[bytes]]) -> None:
    """Send each process its deliveries, all processes at the same time."""
    for process, bodies in zip(processes, batches, strict=True):
        assert process.stdin
        process.stdin.write(b"".join(body + b"\n" for body in bodies))
        process.stdin.flush()
    for process in processes:
        process.communicate(timeout=60)


@pytest.fixture(params=["sqlite", "redis"])
def shared(request: pytest.FixtureRequest, tmp_path: Path, redis_prefix: str) -> list[str]:
    where = (
        str(tmp_path / "replay.db") if request.param == "sqlite" else f"{REDIS_URL} {redis_prefix}"
    )
    return [request.param, where, str(tmp_path / "log")]


def test_two_processes_handle_one_delivery_once(shared: list[str]) -> None:
    """The same delivery 300 times to each of two processes: the handler runs once."""
    processes = [start(*shared, "once") for _ in range(2)]
    feed(processes, [[encode(COMPLETED)] * 300] * 2)
    assert Path(shared[2]).read_text() == "call_123\n"


def test_two_processes_share_many_deliveries_without_loss(shared: list[str]) -> None:
    """200 deliveries, all to both processes in different order: each is handled once."""
    bodies = [encode({**COMPLETED, "call_id": f"call_{n}"}) for n in range(200)]
    shuffled = [random.Random(seed).sample(bodies * 2, k=400) for seed in range(2)]
    processes = [start(*shared, "once") for _ in range(2)]
    feed(processes, shuffled)
    handled = Path(shared[2]).read_text().split()
    assert sorted(handled) == sorted(f"call_{n}" for n in range(200))


def test_delivery_of_a_process_that_died_is_let_in_after_the_lease(tmp_path: Path) -> None:
    """Killed in the handler: retries wait, and after the lease one of them is handled."""
    arguments = ["sqlite", str(tmp_path / "replay.db"), str(tmp_path / "log")]
    feed([victim := start(*arguments, "die")], [[encode(COMPLETED)]])
    assert victim.returncode == 9

    later = [0.0]
    handled: list[str] = []
    with SQLiteReplayStore(arguments[1], clock=lambda: time.time() + later[0]) as store:
        webhook = WebhookEndpoint(PamelaWebhook(SECRET), store=store, lease=600)
        webhook.on("call.completed")(lambda event: handled.append(event.call_id))
        request = IncomingRequest(body=encode(COMPLETED), headers=signed(encode(COMPLETED)))

        waiting = webhook.receive(request)
        assert (waiting.outcome, waiting.status) == ("busy", 503)
        later[0] = 601.0
        assert webhook.receive(request).outcome == "handled"
        assert webhook.receive(request).outcome == "duplicate"
    assert handled == ["call_123"]
