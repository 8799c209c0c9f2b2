# Derived by `make generate`; do not edit.
"""The resources, each imported when it is first used."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trunkline._lazy import lazy

if TYPE_CHECKING:
    from trunkline.pamela._async.resources.calls import AsyncCalls
    from trunkline.pamela._async.resources.partner import AsyncApiKeys, AsyncSubscription
    from trunkline.pamela._async.resources.tools import AsyncTools
    from trunkline.pamela._async.resources.usage import AsyncUsage
_EXPORTS = {
    "AsyncCalls": ".calls",
    "AsyncApiKeys": ".partner",
    "AsyncSubscription": ".partner",
    "AsyncTools": ".tools",
    "AsyncUsage": ".usage",
}
__all__ = ["AsyncApiKeys", "AsyncCalls", "AsyncSubscription", "AsyncTools", "AsyncUsage"]
if not TYPE_CHECKING:
    __getattr__, __dir__ = lazy(globals(), _EXPORTS)
