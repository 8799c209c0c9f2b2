# Derived by `make generate`; do not edit.
"""The resources, each imported when it is first used."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trunkline._lazy import lazy

if TYPE_CHECKING:
    from trunkline.whispey._async.resources.agents import AsyncAgents
    from trunkline.whispey._async.resources.analytics import AsyncAnalytics
    from trunkline.whispey._async.resources.calls import AsyncCalls
    from trunkline.whispey._async.resources.exports import AsyncExports
    from trunkline.whispey._async.resources.ingest import AsyncIngest
    from trunkline.whispey._async.resources.webhooks import AsyncWebhooks
_EXPORTS = {
    "AsyncAgents": ".agents",
    "AsyncAnalytics": ".analytics",
    "AsyncCalls": ".calls",
    "AsyncExports": ".exports",
    "AsyncIngest": ".ingest",
    "AsyncWebhooks": ".webhooks",
}
__all__ = [
    "AsyncAgents",
    "AsyncAnalytics",
    "AsyncCalls",
    "AsyncExports",
    "AsyncIngest",
    "AsyncWebhooks",
]
if not TYPE_CHECKING:
    __getattr__, __dir__ = lazy(globals(), _EXPORTS)
