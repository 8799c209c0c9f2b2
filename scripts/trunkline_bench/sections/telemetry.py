"""The cost of the hook for OpenTelemetry when tracing is not in use."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from trunkline import StateSetVoice

# The sync session is private, but a benchmark of its hook needs it.
from trunkline._engine.session._sync.session import Session
from trunkline_bench import peers
from trunkline_bench.results import OURS
from trunkline_bench.server import running_server
from trunkline_bench.timing import interleave, ratios

if TYPE_CHECKING:
    from trunkline._engine.models import Request, Response
    from trunkline_bench.results import Results
    from trunkline_bench.settings import Settings

_WITHOUT: Final = "the hook taken out"


class _Unhooked(Session):
    """The session as it would be without OpenTelemetry."""

    def _send_traced(self, request: Request) -> Response:
        return self.send_request(request)


def measure(results: Results, settings: Settings) -> None:
    """Measure calls with and without the hook."""
    call = peers.CALL
    arguments: dict[str, Any] = {
        "to": call["to"],
        "from_": call["from"],
        "agent_key": call["agent_key"],
    }
    with (
        running_server() as base,
        StateSetVoice(peers.KEY, base_url=base) as hooked,
        StateSetVoice(peers.KEY, base_url=base) as unhooked,
    ):
        unhooked._session.__class__ = _Unhooked  # noqa: SLF001 - as above
        cases = {
            OURS: lambda: hooked.make_call(**arguments),
            _WITHOUT: lambda: unhooked.make_call(**arguments),
        }
        found = ratios(interleave(cases, settings.calls * 3, settings.rounds), _WITHOUT)
    results.add("telemetry_absent", {OURS: found[OURS]})
