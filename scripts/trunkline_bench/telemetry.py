"""What the hook for OpenTelemetry costs where nobody traces."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from trunkline import StateSetVoice

# The sync road is private; a benchmark of its hook has to reach it.
from trunkline._engine.session._sync import session as _road

from . import peers
from .rows import OURS
from .serving import serving
from .timing import interleave, ratios

if TYPE_CHECKING:
    from .effort import Effort
    from .rows import Results

_WITHOUT: Final = "the hook taken out"


class _Unhooked(_road.Session):
    """The road as it would be without OpenTelemetry."""

    def send_request(self, trip: Any) -> Any:
        """Go straight on."""
        return self._send_with_retries(trip)


def measure(results: Results, effort: Effort) -> None:
    """Measure calls with the hook in place and with the hook taken out."""
    call = peers.CALL
    arguments = {"to": call["to"], "from_": call["from"], "agent_key": call["agent_key"]}
    with (
        serving() as base,
        StateSetVoice(peers.KEY, base_url=base) as hooked,
        StateSetVoice(peers.KEY, base_url=base) as unhooked,
    ):
        unhooked._session.__class__ = _Unhooked  # noqa: SLF001 - as above
        cases = {
            OURS: lambda: hooked.make_call(**arguments),
            _WITHOUT: lambda: unhooked.make_call(**arguments),
        }
        found = ratios(interleave(cases, effort.calls * 3, effort.rounds), _WITHOUT)
    results.add("telemetry_absent", {OURS: found[OURS]})
