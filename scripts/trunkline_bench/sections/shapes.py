"""The cost of counting the shapes of responses (``observe=``) once an operation is known."""

from __future__ import annotations

import tempfile
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any, Final

from trunkline import StateSetVoice
from trunkline_bench import peers
from trunkline_bench.results import OURS
from trunkline_bench.server import running_server
from trunkline_bench.timing import interleave, ratios

if TYPE_CHECKING:
    from collections.abc import Callable

    from trunkline_bench.results import Results
    from trunkline_bench.settings import Settings

    Case = Callable[[StateSetVoice], Callable[[], Any]]

_WITHOUT: Final = "nothing counted"
#: The first responses of an operation are examined in full.
_FIRST: Final = 50


def measure(results: Results, settings: Settings) -> None:
    """Measure a list and a call with and without ``observe=``."""
    with running_server() as base:
        for key, case in (("shapes_list", _lists), ("shapes_call", _calls)):
            # Both orders of creation, because memory layout accounts for a percent or two.
            found = [
                each
                for order in ((OURS, _WITHOUT), (_WITHOUT, OURS))
                for each in _compare(base, settings, case, order)
            ]
            results.add(key, {OURS: found})


def _compare(base: str, settings: Settings, case: Case, order: tuple[str, str]) -> list[float]:
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory())
        cases: dict[str, Callable[[], Any]] = {}
        for name in order:
            client = StateSetVoice(
                peers.KEY, base_url=base, observe=folder if name == OURS else None
            )
            cases[name] = case(stack.enter_context(client))
        for _ in range(_FIRST):
            cases[OURS]()
        found = interleave(cases, settings.calls * 3, settings.rounds)
    return ratios(found, _WITHOUT)[OURS]


def _lists(client: StateSetVoice) -> Callable[[], Any]:
    return lambda: list(client.call_logs.list(limit=100).items)


def _calls(client: StateSetVoice) -> Callable[[], Any]:
    call = peers.CALL
    arguments: dict[str, Any] = {
        "to": call["to"],
        "from_": call["from"],
        "agent_key": call["agent_key"],
    }
    return lambda: client.make_call(**arguments)
