# Derived from whispey/_async/resources/__init__.py by `make generate`; do not edit.
# Derived by `make generate`; do not edit.
"""The resources, each imported when it is first used."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trunkline._lazy import lazy

if TYPE_CHECKING:
    from trunkline.whispey._sync.resources.agents import Agents
    from trunkline.whispey._sync.resources.analytics import Analytics
    from trunkline.whispey._sync.resources.calls import Calls
    from trunkline.whispey._sync.resources.exports import Exports
    from trunkline.whispey._sync.resources.ingest import Ingest
    from trunkline.whispey._sync.resources.webhooks import Webhooks
_EXPORTS = {
    "Agents": ".agents",
    "Analytics": ".analytics",
    "Calls": ".calls",
    "Exports": ".exports",
    "Ingest": ".ingest",
    "Webhooks": ".webhooks",
}
__all__ = [
    "Agents",
    "Analytics",
    "Calls",
    "Exports",
    "Ingest",
    "Webhooks",
]
if not TYPE_CHECKING:
    __getattr__, __dir__ = lazy(globals(), _EXPORTS)
