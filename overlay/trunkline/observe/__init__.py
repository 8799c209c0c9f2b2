"""Observe sessions of voice agents and deliver them to Whispey, a file or OpenTelemetry.

``LivekitObserve`` watches an ``AgentSession`` of LiveKit; ``SessionObserver`` is for other stacks.
Entries are in a journal within a fraction of a second and survive the process; ``status`` reports
what is left, ``drain_folder`` delivers it. Everything is imported when it is first used.
"""

from __future__ import annotations

from trunkline._lazy import lazy

TYPE_CHECKING = False
if TYPE_CHECKING:
    from trunkline.observe._livekit_observer import LivekitObserve
    from trunkline.observe._observer import SessionObserver
    from trunkline.observe._recording.prices import DEFAULT_PRICES, Price
    from trunkline.observe._recording.redaction import mask_sensitive
    from trunkline.observe._sending.destinations import (
        Destination,
        FileDestination,
        WhispeyDestination,
    )
    from trunkline.observe._sending.drain import DrainReport, drain_folder
    from trunkline.observe._sending.otel import OpenTelemetryDestination
    from trunkline.observe._sending.results import ExportResult
    from trunkline.observe._status import Letter, Status, status

_EXPORTS = {
    "Destination": "._sending.destinations",
    "DrainReport": "._sending.drain",
    "ExportResult": "._sending.results",
    "FileDestination": "._sending.destinations",
    "Letter": "._status",
    "LivekitObserve": "._livekit_observer",
    "OpenTelemetryDestination": "._sending.otel",
    "DEFAULT_PRICES": "._recording.prices",
    "Price": "._recording.prices",
    "SessionObserver": "._observer",
    "Status": "._status",
    "WhispeyDestination": "._sending.destinations",
    "drain_folder": "._sending.drain",
    "mask_sensitive": "._recording.redaction",
    "status": "._status",
}

__all__ = [
    "DEFAULT_PRICES",
    "Destination",
    "DrainReport",
    "ExportResult",
    "FileDestination",
    "Letter",
    "LivekitObserve",
    "OpenTelemetryDestination",
    "Price",
    "SessionObserver",
    "Status",
    "WhispeyDestination",
    "drain_folder",
    "mask_sensitive",
    "status",
]

if not TYPE_CHECKING:
    __getattr__, __dir__ = lazy(globals(), _EXPORTS)
