# Derived by `make generate`; do not edit.
"""The resources, each imported when it is first used."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trunkline._lazy import lazy

if TYPE_CHECKING:
    from trunkline.phone_ai._async.resources.agents import AsyncAgents
    from trunkline.phone_ai._async.resources.calls import AsyncCalls
_EXPORTS = {"AsyncAgents": ".agents", "AsyncCalls": ".calls"}
__all__ = ["AsyncAgents", "AsyncCalls"]
if not TYPE_CHECKING:
    __getattr__, __dir__ = lazy(globals(), _EXPORTS)
