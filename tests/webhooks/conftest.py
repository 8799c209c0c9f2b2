from collections.abc import Iterator

import pytest
from tests.webhooks import endpoints, tool_calls
from tests.webhooks.servers import Servers

from trunkline.sandbox import Sandbox
from trunkline.webhooks import ToolRegistry


@pytest.fixture
def sandbox(sandbox: Sandbox) -> Sandbox:
    """The sandbox with a long delivery timeout: on a busy machine a first request is slow."""
    sandbox.control.configure(deliveries={"timeout_seconds": 30})
    return sandbox


@pytest.fixture(scope="module")
def servers() -> Iterator[Servers]:
    """Real servers, started on first use, stopped with the module."""
    running = Servers()
    yield running
    running.close()


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
