"""What all suites share: one sandbox a session, empty again for each test."""

from __future__ import annotations

import os
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from trunkline._engine.runtime import SYSTEM, Runtime
from trunkline._engine.session.retry_budget import budget_for
from trunkline.sandbox import ManualClock
from trunkline.sandbox.server import Sandbox

if TYPE_CHECKING:
    from collections.abc import Iterator


# CI draws the same examples for the same code; at home every run draws new ones.
settings.register_profile("ci", derandomize=True, deadline=None)
if os.environ.get("CI"):
    settings.load_profile("ci")


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
    """Let no test use up the retries of another: clients of a server share its budget."""
    budget_for.cache_clear()


@pytest.fixture
def hasty() -> Runtime:
    """A runtime that does not wait between attempts, so that retries take no time."""

    async def skip(_delay: float) -> None:
        return None

    return replace(SYSTEM, sleep=lambda _delay: None, async_sleep=skip)
