# Derived by `make generate`; do not edit.
"""The resources, each imported when it is first used."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trunkline._lazy import lazy

if TYPE_CHECKING:
    from trunkline.stateset_voice._async.resources.calls import AsyncCalls
    from trunkline.stateset_voice._async.resources.health import AsyncHealth
    from trunkline.stateset_voice._async.resources.lists import AsyncCallLogs, AsyncVoiceSessions
_EXPORTS = {
    "AsyncCalls": ".calls",
    "AsyncHealth": ".health",
    "AsyncCallLogs": ".lists",
    "AsyncVoiceSessions": ".lists",
}
__all__ = ["AsyncCallLogs", "AsyncCalls", "AsyncHealth", "AsyncVoiceSessions"]
if not TYPE_CHECKING:
    __getattr__, __dir__ = lazy(globals(), _EXPORTS)
