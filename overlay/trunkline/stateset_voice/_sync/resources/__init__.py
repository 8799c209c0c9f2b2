# Derived from stateset_voice/_async/resources/__init__.py by `make generate`; do not edit.
# Derived by `make generate`; do not edit.
"""The resources, each imported when it is first used."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trunkline._lazy import lazy

if TYPE_CHECKING:
    from trunkline.stateset_voice._sync.resources.calls import Calls
    from trunkline.stateset_voice._sync.resources.health import Health
    from trunkline.stateset_voice._sync.resources.lists import CallLogs, VoiceSessions
_EXPORTS = {
    "Calls": ".calls",
    "Health": ".health",
    "CallLogs": ".lists",
    "VoiceSessions": ".lists",
}
__all__ = ["CallLogs", "Calls", "Health", "VoiceSessions"]
if not TYPE_CHECKING:
    __getattr__, __dir__ = lazy(globals(), _EXPORTS)
