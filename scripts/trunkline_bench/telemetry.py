"""What the hook for OpenTelemetry costs where nobody traces."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from trunkline import StateSetVoice

# The sync road is private; a benchmark of its hook has to reach it.
from trunkline._engine.session._sync import session as _road

from . import peers
from .results import OURS
from .server import running_server
from .timing import interleave, ratios

if TYPE_CHECKING:
    from .results import Results
    from .settings import Settings

_WITHOUT: Final = "the hook taken out"


class _Unhooked(_road.Session):
    """The session as it would be without OpenTelemetry."""

    def send_request(self, request: Any) -> Any:
        """Go straight on."""
        return self._send_with_retries(request)


def measure(results: Results, settings: Settings) -> None:
    """Measure calls with the hook in place and with the hook taken out."""
    call = peers.CALL
    arguments = {"to": call["to"], "from_": call["from"], "agent_key": call["agent_key"]}
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
