from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from tests.observe.support import KEY, Rows

from trunkline.observe import LivekitObserve

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from trunkline.sandbox import Sandbox


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRUNKLINE_OBSERVE_DIR", str(tmp_path / "state"))
    monkeypatch.delenv("WHISPEY_API_KEY", raising=False)


@pytest.fixture
def observe(sandbox: Sandbox, tmp_path: Path) -> Iterator[Callable[..., LivekitObserve]]:
    """Makes observers that deliver to the sandbox."""
    made: list[LivekitObserve] = []

    def make(agent_id: str = "agent-1", **options: Any) -> LivekitObserve:
        if "destinations" not in options:
            options = {"apikey": KEY, "host_url": sandbox.whispey_ingest_url, **options}
        options = {"journal": tmp_path / "journal", "recover": False, "window": 0.02, **options}
        made.append(LivekitObserve(agent_id, **options))
        return made[-1]

    yield make
    for observer in made:
        observer.close()


@pytest.fixture
def rows(sandbox: Sandbox) -> Iterator[Rows]:
    """The server's rows for an agent's calls."""
    with Rows(sandbox) as rows:
        yield rows
