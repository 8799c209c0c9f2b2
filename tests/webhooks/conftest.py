import os
import secrets
from collections.abc import Iterator

import pytest
import redis
from tests.webhooks import endpoints, tool_calls
from tests.webhooks.servers import Servers

from trunkline.sandbox import Sandbox
from trunkline.webhooks import ToolRegistry

REDIS_URL = os.environ.get("TRUNKLINE_TEST_REDIS", "redis://127.0.0.1:6379/0")


@pytest.fixture
def sandbox(sandbox: Sandbox) -> Sandbox:
    """The sandbox, patient with receivers: on a busy machine a first request takes its time."""
    sandbox.control.configure(deliveries={"timeout_seconds": 30})
    return sandbox


@pytest.fixture(scope="module")
def servers() -> Iterator[Servers]:
    """Real servers, started when they are first asked for, stopped with the module."""
    running = Servers()
    yield running
    running.close()


@pytest.fixture
def redis_prefix() -> Iterator[str]:
    """A prefix of this test's own in a real Redis, emptied afterwards."""
    client = redis.Redis.from_url(REDIS_URL, socket_timeout=60)
    try:
        client.ping()
    except redis.ConnectionError:
        if os.environ.get("TRUNKLINE_ALLOW_MISSING_SERVICES") != "1":
            raise
        pytest.skip("no Redis, and TRUNKLINE_ALLOW_MISSING_SERVICES=1 allows that")
    prefix = f"trunkline-test:{secrets.token_hex(8)}:"
    yield prefix
    for key in client.scan_iter(f"{prefix}*"):
        client.delete(key)
    client.close()


@pytest.fixture(params=[endpoints.blocking, endpoints.awaiting])
def receive(request: pytest.FixtureRequest) -> endpoints.Receive:
    chosen: endpoints.Receive = request.param
    return chosen


@pytest.fixture(params=[tool_calls.blocking, tool_calls.awaiting])
def ask(request: pytest.FixtureRequest) -> tool_calls.Answer:
    chosen: tool_calls.Answer = request.param
    return chosen


@pytest.fixture
def tools() -> Iterator[ToolRegistry]:
    registry = ToolRegistry(timeout_ms=5000)
    yield registry
    registry.close()
