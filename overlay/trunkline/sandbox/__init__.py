"""The four voice APIs and the ingest API as one local server, for tests and demonstrations.

Nothing here is a vendor's code or speaks for a vendor: the sandbox keeps to the pinned contracts
and fills what they leave open with choices of its own, which docs/sandbox.md lists.

Example:
    ```python
    with Sandbox(clock=ManualClock()) as sandbox:
        client = Pamela(api_key="pk_test_sandbox", base_url=sandbox.pamela_url)
        sandbox.control.advance(60)
    ```
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from trunkline._lazy import lazy

if TYPE_CHECKING:
    from trunkline.sandbox.app import create_app
    from trunkline.sandbox.client import Control
    from trunkline.sandbox.clock import Clock, ManualClock, RunningClock
    from trunkline.sandbox.config import SandboxConfig
    from trunkline.sandbox.server import Sandbox, running

__all__ = [
    "Clock",
    "Control",
    "ManualClock",
    "RunningClock",
    "Sandbox",
    "SandboxConfig",
    "create_app",
    "running",
]

_HOMES = {
    "Clock": ".clock",
    "Control": ".client",
    "ManualClock": ".clock",
    "RunningClock": ".clock",
    "Sandbox": ".server",
    "SandboxConfig": ".config",
    "create_app": ".app",
    "running": ".server",
}
#: These need the libraries of the extra.
_HEAVY = frozenset({"Sandbox", "create_app", "running"})


if not TYPE_CHECKING:
    _load, __dir__ = lazy(globals(), _HOMES)

    def __getattr__(name: str) -> object:
        if name in _HEAVY:
            from trunkline.sandbox._extra import require_extra

            require_extra()
        return _load(name)
