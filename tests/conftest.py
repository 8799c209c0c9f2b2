"""Fixtures for all suites: one sandbox per session, emptied for each test."""

from __future__ import annotations

import gc
import os
import signal
import sys
import threading
from dataclasses import replace
from typing import TYPE_CHECKING, Final

import pytest
from hypothesis import HealthCheck, settings
from tests.drawing import SOAKING, USUAL
from tests.redis_server import redis_prefix as redis_prefix  # noqa: PLC0414 - a fixture

from trunkline._engine.runtime import SYSTEM, Runtime
from trunkline._engine.session.retry_budget import budget_for
from trunkline.sandbox import ManualClock
from trunkline.sandbox.server import Sandbox

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator


# CI draws the same examples for the same code; local runs draw new ones. No example has its own
# time limit: on a busy machine everything takes several times as long.
DRAWN: Final = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow]}
settings.register_profile("suite", max_examples=USUAL, derandomize="CI" in os.environ, **DRAWN)
settings.register_profile("soak", max_examples=SOAKING, derandomize=False, **DRAWN)
settings.load_profile("suite")

#: With this in its environment, a Python process measures its coverage.
TRACED_BY: Final = "COVERAGE_PROCESS_CONFIG"
#: Their tests run programs outside the package, whose coverage is not measured.
UNTRACED: Final = frozenset({"bench", "pipeline"})


def pytest_configure() -> None:
    """Restore SIGINT for the tests' programs: those of a background shell ignore it."""
    gc.disable()  # until all tests are collected: nothing of it is garbage
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Do not trace programs outside the package: tracing doubles their time."""
    for item in items:
        if not UNTRACED.isdisjoint(item.path.parts):
            item.add_marker("untraced")


def pytest_collection_finish() -> None:
    """Exclude existing objects from garbage collection: many tests call gc.collect()."""
    gc.collect()
    gc.freeze()
    gc.enable()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """Measure no coverage in a test marked `untraced`, nor in what it starts.

    Running threads keep their tracing. The `no_cover` of pytest-cov would end it for all of them,
    including the sandbox's, which later tests share.
    """
    if item.get_closest_marker("untraced") is None:
        return (yield)
    tracer, of_threads = sys.gettrace(), threading.gettrace()
    config = os.environ.pop(TRACED_BY, None)
    sys.settrace(None)
    if "served_sandbox" not in getattr(item, "fixturenames", ()):
        threading.settrace(None)  # type: ignore[arg-type]  # accepted, as by sys.settrace
    try:
        return (yield)
    finally:
        threading.settrace(of_threads)  # type: ignore[arg-type]  # as above
        sys.settrace(tracer)
        if config is not None:
            os.environ[TRACED_BY] = config


@pytest.fixture(scope="session")
def served_sandbox() -> Iterator[Sandbox]:
    with Sandbox(clock=ManualClock()) as sandbox:
        yield sandbox


@pytest.fixture
def sandbox(served_sandbox: Sandbox) -> Sandbox:
    served_sandbox.control.clear_faults()
    served_sandbox.control.reset()
    return served_sandbox


@pytest.fixture(autouse=True)
def _fresh_budgets() -> None:
    """Give each test its own retry budget: clients of one server share a budget."""
    budget_for.cache_clear()


@pytest.fixture
def hasty() -> Runtime:
    """A runtime that does not wait between attempts, so that retries take no time."""

    async def skip(_delay: float) -> None:
        return None

    return replace(SYSTEM, sleep=lambda _delay: None, async_sleep=skip)
