# Derived from phone_ai/_async/resources/__init__.py by `make generate`; do not edit.
# Derived by `make generate`; do not edit.
"""The resources, each imported when it is first used."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trunkline._lazy import lazy

if TYPE_CHECKING:
    from trunkline.phone_ai._sync.resources.agents import Agents
    from trunkline.phone_ai._sync.resources.calls import Calls
_EXPORTS = {"Agents": ".agents", "Calls": ".calls"}
__all__ = ["Agents", "Calls"]
if not TYPE_CHECKING:
    __getattr__, __dir__ = lazy(globals(), _EXPORTS)
