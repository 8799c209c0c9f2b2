"""The four voice APIs and the ingest API as one local server, for tests and demonstrations.

It contains no vendor code. The sandbox follows the pinned contracts; where they say nothing, it
makes its own choices, which docs/sandbox.md lists.

Example:
    ```python
    with Sandbox(clock=ManualClock()) as sandbox:
        with Pamela("pk_test_sandbox", base_url=sandbox.pamela_url) as pamela:
            call = pamela.calls.create(to="+15555550123", task="Order a pizza")
            sandbox.control.advance(60)
            assert pamela.calls.get(call.id).status == "completed"
    ```
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from trunkline._lazy import lazy

if TYPE_CHECKING:
    from trunkline.sandbox.app import create_app
    from trunkline.sandbox.config import (
        CallConfig,
        DeliveryConfig,
        PamelaConfig,
        PhoneAIConfig,
        SandboxConfig,
        StateSetConfig,
        WhispeyConfig,
        WhispeyIngestConfig,
    )
    from trunkline.sandbox.control.client import Control
    from trunkline.sandbox.core.clock import Clock, ManualClock, RunningClock
    from trunkline.sandbox.core.faults import Fault
    from trunkline.sandbox.server import Sandbox, running

__all__ = [
    "CallConfig",
    "Clock",
    "Control",
    "DeliveryConfig",
    "Fault",
    "ManualClock",
    "PamelaConfig",
    "PhoneAIConfig",
    "RunningClock",
    "Sandbox",
    "SandboxConfig",
    "StateSetConfig",
    "WhispeyConfig",
    "WhispeyIngestConfig",
    "create_app",
    "running",
]

_EXPORTS = {
    "CallConfig": ".config",
    "Clock": ".core.clock",
    "Control": ".control.client",
    "DeliveryConfig": ".config",
    "Fault": ".core.faults",
    "ManualClock": ".core.clock",
    "PamelaConfig": ".config",
    "PhoneAIConfig": ".config",
    "RunningClock": ".core.clock",
    "Sandbox": ".server",
    "SandboxConfig": ".config",
    "StateSetConfig": ".config",
    "WhispeyConfig": ".config",
    "WhispeyIngestConfig": ".config",
    "create_app": ".app",
    "running": ".server",
}
#: These need the libraries of the extra.
_HEAVY = frozenset({"Sandbox", "create_app", "running"})


if not TYPE_CHECKING:
    _load, __dir__ = lazy(globals(), _EXPORTS)

    def __getattr__(name: str) -> object:
        if name in _HEAVY:
            from trunkline.sandbox._extra import require_extra

            require_extra()
        return _load(name)
