"""Campaigns in a separate schema, and workers against the sandbox."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest
from tests.ledger.conftest import TASK
from tests.ledger.conftest import database as database  # noqa: PLC0414 - a fixture of both suites

from trunkline import Pamela
from trunkline.campaigns import CampaignSettings, CampaignStore, Columns, Feeder, load
from trunkline.campaigns.dialling import Dialler
from trunkline.campaigns.working import Worker
from trunkline.ledger import Ledger

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from trunkline._engine.runtime import Runtime
    from trunkline.campaigns import Counts
    from trunkline.sandbox.server import Sandbox


@dataclass
class Fleet:
    """A feeder whose worker dials at once, in the same process."""

    store: CampaignStore
    sandbox: Sandbox
    ledger: Ledger
    options: dict[str, Any]
    folder: Path
    lines: list[int] = field(default_factory=list)

    def begin(self, text: str, *, suffix: str = "csv", **settings: Any) -> Counts:
        path = self.folder / f"rows.{suffix}"
        path.write_text(text)
        chosen = CampaignSettings("autumn", settings.pop("provider", "pamela"), **settings)
        columns = Columns({}, {"task": TASK})
        return self.store.create(chosen, load(str(path), columns, chosen))

    def worker(self) -> Worker:
        return Worker(self.store, self.ledger, **self.options)

    def feeder(self, ring: Callable[[str, Sequence[int]], None] | None = None) -> Feeder:
        dialler = Dialler("pamela", self.ledger, **self.options)
        chosen = ring or self.dial
        return Feeder(self.store, "autumn", chosen, dialler, look_every=0, reconcile_every=0)

    def dial(self, name: str, lines: Sequence[int]) -> None:
        worker = self.worker()
        for line in lines:
            self.lines.append(line)
            worker.dial(name, line)

    def until_done(self, feeder: Feeder | None = None, steps: int = 60) -> Counts:
        """Step until no row is open; meanwhile the sandbox's calls end."""
        feeder = feeder or self.feeder()
        for _ in range(steps):
            counts = feeder.step()
            if not counts.open:
                return counts
            self.sandbox.control.advance(60)
        raise AssertionError(f"rows are open after {steps} steps: {counts.rows}")

    def calls(self) -> list[str]:
        """Return the ids of the calls that the server has placed."""
        with Pamela(**self.options) as client:
            return [call.id for call in client.calls.list(limit=100)]


@pytest.fixture
def fleet(database: str, sandbox: Sandbox, tmp_path: Path, hasty: Runtime) -> Iterator[Fleet]:
    options = {"api_key": "pk_test_sandbox", "base_url": sandbox.pamela_url, "runtime": hasty}
    with CampaignStore(database) as store, Ledger.open(database, on_absent="redial") as ledger:
        yield Fleet(store, sandbox, ledger, options, tmp_path)
