"""The sandbox as a server: in a thread, and as a separate process."""

from __future__ import annotations

import asyncio
import json
import os
import shlex
import signal
import socket
import subprocess
import sys
import time
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from tests.sandbox.support import PLAIN

import trunkline.sandbox
from trunkline.errors import ConfigurationError
from trunkline.sandbox import (
    Control,
    ManualClock,
    RunningClock,
    Sandbox,
    SandboxConfig,
    create_app,
    running,
)
from trunkline.sandbox.__main__ import main
from trunkline.sandbox.core.scheduler import Scheduler
from trunkline.sandbox.server import SandboxServer

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.sandbox.support import Receiver

COMMAND = [sys.executable, "-W", "error", "-m", "trunkline.sandbox"]


def environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}


class Process:
    """A sandbox process, with its first line read."""

    def __init__(self, *arguments: str) -> None:
        self.popen = subprocess.Popen(
            [*COMMAND, *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env=environment(),
        )
        assert self.popen.stdout is not None
        self.line = self.popen.stdout.readline()

    def end(self) -> tuple[int, str]:
        _, errors = self.popen.communicate(timeout=120)
        return self.popen.returncode, errors


@pytest.fixture
def started() -> Iterator[list[Process]]:
    processes: list[Process] = []
    yield processes
    for process in processes:
        process.popen.kill()
        process.popen.communicate()


def start(started: list[Process], *arguments: str) -> Process:
    process = Process(*arguments)
    started.append(process)
    return process


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_process_leaves_cleanly(started: list[Process], number: signal.Signals) -> None:
    """It prints its address as JSON, serves, and exits silently on a signal."""
    process = start(started, "--json")
    ready = json.loads(process.line)
    assert ready["url"].endswith(f":{ready['port']}")
    assert ready["pid"] == process.popen.pid
    assert httpx.get(ready["urls"]["stateset"] + "/health/ready", **PLAIN).is_success
    with Control(ready["url"]) as control:
        control.fault("latency", seconds=30)
    with socket.create_connection(("127.0.0.1", ready["port"])) as waiting:
        waiting.sendall(b"GET /stateset/health/ready HTTP/1.1\r\nhost: x\r\n\r\n")
        with Control(ready["url"]) as control:
            while control.faults():
                time.sleep(0.01)
        process.popen.send_signal(number)
        assert process.end() == (0, "")


def test_a_process_leaves_with_its_parent(started: list[Process], tmp_path: Path) -> None:
    """With --exit-with-stdin the process exits at the end of standard input."""
    settings = tmp_path / "settings.json"
    settings.write_text('{"whispey": {"seed_calls": 3}}', "utf-8")
    options = ("--speed", "0", "--documented-limits", "--config", str(settings))
    process = start(started, "--exit-with-stdin", *options)
    assert process.line.startswith("sandbox ready at http://127.0.0.1:")
    with Control(process.line.split()[-1]) as control:
        assert control.config()["stateset"]["ip_rate_limit"] == 60
        assert control.config()["whispey"]["seed_calls"] == 3
        assert control.now() == control.now()
    assert process.popen.stdin is not None
    process.popen.stdin.close()
    process.popen.stdin = None
    assert process.end() == (0, "")


def test_a_process_tells_how_to_use_it(started: list[Process], tmp_path: Path) -> None:
    """After its first line it prints the clients' environment variables, for a shell."""
    settings = tmp_path / "settings.json"
    keys = {"whispey": {"api_keys": ["it's mine"]}, "phone_ai": {"api_keys": []}}
    settings.write_text(json.dumps(keys), "utf-8")
    process = start(started, "--exit-with-stdin", "--config", str(settings))
    url = process.line.split()[-1]
    assert process.popen.stdin is not None
    assert process.popen.stdout is not None
    process.popen.stdin.close()
    process.popen.stdin = None
    lines = [shlex.split(line) for line in process.popen.stdout]
    assert {word for word, _ in lines} == {"export"}
    assert (
        dict(setting.split("=", 1) for _, setting in lines).items()
        >= {
            "PAMELA_API_KEY": "pk_test_sandbox",
            "PAMELA_BASE_URL": f"{url}/pamela",
            "PAMELA_USER_TOKEN": "user_token_sandbox",
            "PAMELA_WEBHOOK_SECRET": "whsec_sandbox",
            "PHONE_AI_BASE_URL": f"{url}/phone-ai",
            "STATESET_VOICE_API_KEY": "ssv_sandbox",
            "STATESET_VOICE_BASE_URL": f"{url}/stateset",
            "WHISPEY_API_KEY": "it's mine",
            "WHISPEY_API_URL": f"{url}/whispey-ingest/send-call-log",
            "WHISPEY_BASE_URL": f"{url}/whispey",
        }.items()
    )


def test_a_process_serves_a_contract(started: list[Process], tmp_path: Path) -> None:
    """An OpenAPI document in YAML is served under its file's name."""
    file = tmp_path / "Acme Orders.yaml"
    file.write_text(
        "openapi: 3.1.0\npaths: {/orders: {get: {responses: {200: {content:"
        " {application/json: {example: [2026-01-31]}}}}}}}\n",
        "utf-8",
    )
    process = start(started, "--json", "--exit-with-stdin", "--contract", str(file))
    url = json.loads(process.line)["urls"]["acme_orders"]
    assert url.endswith("/acme-orders")
    assert httpx.get(f"{url}/orders", **PLAIN).json() == ["2026-01-31"]
    assert process.popen.stdin is not None
    process.popen.stdin.close()
    process.popen.stdin = None
    assert process.end() == (0, "")


def test_arguments_that_make_no_sense(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The program says what is wrong and exits with 2."""
    broken, listed = tmp_path / "broken.json", tmp_path / "list.json"
    broken.write_text("{", "utf-8")
    listed.write_text("[]", "utf-8")
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        cases = [
            (["--speed", "-1"], "above 0"),
            (["--speed", "inf"], "above 0"),
            (["--port", "99999"], "port is 99999: give a number up to 65535"),
            (["--port", "-1"], "port is -1"),
            (["--host", "x" * 70], "cannot listen on"),
            (["--config", str(tmp_path / "none.json")], "cannot be read"),
            (["--config", str(broken)], "cannot be read as JSON"),
            (["--config", str(listed)], "JSON object"),
            (["--port", port], f"port {port}"),
        ]
        for arguments, reason in cases:
            assert main(arguments) == 2
            assert reason in capsys.readouterr().err


def test_a_sandbox_in_a_block() -> None:
    """`running` serves for the length of its block, at the clock's own speed."""
    with running(clock=RunningClock(10_000)) as sandbox:
        headers = {"Authorization": "Bearer pk_test_sandbox"}
        url = f"{sandbox.pamela_url}/api/b2b/v1/calls"
        body = {"to": "+15551234567", "task": "t"}
        call = httpx.post(url, headers=headers, json=body, **PLAIN).json()
        sandbox.control.advance(60)
        done = httpx.get(f"{url}/{call['id']}", headers=headers, **PLAIN).json()
        assert done["status"] == "completed"
        url = sandbox.url
    with pytest.raises(httpx.ConnectError):
        httpx.get(url, **PLAIN)


def test_time_goes_on_by_itself(receiver: Receiver) -> None:
    """With a running clock, events are delivered without any request."""
    with running(clock=RunningClock(1000)) as sandbox:
        headers = {"Authorization": "Bearer pk_test_sandbox"}
        webhooks = {"webhook_url": receiver.url}
        body = {"to": "+15551234567", "task": "t", "webhooks": webhooks}
        url = f"{sandbox.pamela_url}/api/b2b/v1/calls"
        assert httpx.post(url, headers=headers, json=body, **PLAIN).is_success
        deadline = time.monotonic() + 60
        while "call.completed" not in receiver.events and time.monotonic() < deadline:
            time.sleep(0.01)
    assert receiver.events[-1] == "call.completed"


def test_a_sandbox_that_does_not_run() -> None:
    """Before the start there is nothing to control; stopping it is harmless."""
    sandbox = Sandbox(clock=ManualClock(), config=SandboxConfig())
    urls = (
        "url",
        "pamela_url",
        "whispey_url",
        "whispey_ingest_url",
        "stateset_url",
        "phone_ai_url",
    )
    for name in ("control", *urls):
        with pytest.raises(ConfigurationError, match="does not run"):
            getattr(sandbox, name)
    assert repr(sandbox) == "<Sandbox not running>"
    sandbox.stop()
    assert sandbox.start().control.counters() == {}
    assert repr(sandbox) == f"<Sandbox running at {sandbox.url}>"
    with sandbox.start() as same:
        assert same.control.counters() == {}
    assert repr(sandbox) == "<Sandbox not running>"
    sandbox.stop()


def test_a_start_that_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    """A sandbox whose server stops during its start is not returned; the program exits with 2."""
    monkeypatch.setattr(Scheduler, "run", lambda _self: None)
    monkeypatch.setattr("trunkline.sandbox.__main__._stop_on_signal", lambda _server: None)
    sandbox = Sandbox(clock=ManualClock())
    with pytest.raises(ConfigurationError, match=r"did not start: the log `uvicorn\.error`"):
        sandbox.start()
    assert repr(sandbox) == "<Sandbox not running>"
    assert main([]) == 2


def test_a_start_that_never_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    """The start times out, and the port is free again."""

    async def stuck(server: SandboxServer, sockets: object = None) -> None:
        del sockets
        while not server.should_exit:  # noqa: ASYNC110  # uvicorn's flag is not an event
            await asyncio.sleep(0.01)

    monkeypatch.setattr(SandboxServer, "startup", stuck)
    monkeypatch.setattr("trunkline.sandbox.server.START_TIMEOUT", 0.05)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with pytest.raises(ConfigurationError, match=f":{port} did not start"):
        Sandbox(clock=ManualClock(), port=port).start()
    socket.create_server(("127.0.0.1", port)).close()


def test_a_port_that_is_taken() -> None:
    """The error names the address and the remedy."""
    with (
        socket.create_server(("127.0.0.1", 0)) as taken,
        pytest.raises(ConfigurationError, match="give another port, or 0"),
    ):
        Sandbox(port=taken.getsockname()[1]).start()


@pytest.mark.parametrize("port", [-1, 65536, 99999])
def test_a_port_that_cannot_be(port: int) -> None:
    """The error names the valid range."""
    with pytest.raises(ConfigurationError, match=f"port is {port}: give a number up to 65535"):
        Sandbox(port=port).start()


def test_ipv6() -> None:
    """IPv4 and IPv6 addresses both work."""
    with Sandbox(host="::1", clock=ManualClock()) as sandbox:
        assert sandbox.url.startswith("http://[::1]:")
        assert sandbox.control.counters() == {}


def test_the_same_seed_gives_the_same_data() -> None:
    """Ids and seeded calls are reproducible."""

    def listed() -> Any:
        with running(clock=ManualClock()) as sandbox:
            headers = {"Authorization": "Bearer pype_sandbox"}
            return httpx.get(f"{sandbox.whispey_url}/v1/calls", headers=headers, **PLAIN).json()

    assert listed() == listed()


@pytest.mark.anyio
async def test_in_process() -> None:
    """The application runs under any ASGI client without a server."""
    transport = httpx.ASGITransport(create_app())
    async with httpx.AsyncClient(transport=transport, base_url="http://sandbox") as client:
        assert (await client.get("/stateset/health/ready")).is_success
        assert (await client.get("/")).json()["whispey"] == "http://sandbox/whispey"


def test_the_public_names() -> None:
    """All public names exist, others don't."""
    for name in trunkline.sandbox.__all__:
        assert getattr(trunkline.sandbox, name)
    with pytest.raises(AttributeError, match="nonsense"):
        trunkline.sandbox.nonsense  # noqa: B018  # the lookup is the test


def test_without_the_extra(tmp_path: Path) -> None:
    """When a library of the extra is missing, the error gives the install command."""
    (tmp_path / "starlette.py").write_text("raise ModuleNotFoundError('starlette')", "utf-8")
    program = (
        "import trunkline.sandbox as s\n"
        "s.ManualClock, s.SandboxConfig\n"
        "try: s.Sandbox\n"
        "except Exception as error: print(type(error).__name__, error)\n"
    )
    path = os.pathsep.join([str(tmp_path), *(item for item in sys.path if item)])
    done = subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, "PYTHONPATH": path},
        capture_output=True,
        text=True,
        check=True,
    )
    expected = 'ConfigurationError the sandbox needs starlette: pip install "trunkline[sandbox]"'
    assert done.stdout.strip() == expected
