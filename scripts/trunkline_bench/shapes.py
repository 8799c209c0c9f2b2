"""What counting the shapes of answers (``observe=``) costs once an operation is known."""

from __future__ import annotations

import tempfile
from typing import TYPE_CHECKING, Any, Final

from trunkline import StateSetVoice

from . import peers
from .results import OURS
from .server import running_server
from .timing import interleave, ratios

if TYPE_CHECKING:
    from collections.abc import Callable

    from .results import Results
    from .settings import Settings

_WITHOUT: Final = "nothing counted"
#: The first answers of an operation are looked at in full.
_FIRST: Final = 50


def measure(results: Results, settings: Settings) -> None:
    """Measure a list and a call with and without ``observe=``."""
    with (
        running_server() as base,
        tempfile.TemporaryDirectory() as folder,
        StateSetVoice(peers.KEY, base_url=base, observe=folder) as counting,
        StateSetVoice(peers.KEY, base_url=base, observe=False) as plain,
    ):
        _compare(
            results, settings, "shapes_list", {OURS: _lists(counting), _WITHOUT: _lists(plain)}
        )
        _compare(
            results, settings, "shapes_call", {OURS: _calls(counting), _WITHOUT: _calls(plain)}
        )


def _compare(
    results: Results, settings: Settings, key: str, cases: dict[str, Callable[[], Any]]
) -> None:
    for _ in range(_FIRST):
        cases[OURS]()
    found = ratios(interleave(cases, settings.calls * 3, settings.rounds), _WITHOUT)
    results.add(key, {OURS: found[OURS]})


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
