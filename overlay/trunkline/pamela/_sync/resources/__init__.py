# Derived from pamela/_async/resources/__init__.py by `make generate`; do not edit.
# Derived by `make generate`; do not edit.
"""The resources, each imported when it is first used."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trunkline._lazy import lazy

if TYPE_CHECKING:
    from trunkline.pamela._sync.resources.calls import Calls
    from trunkline.pamela._sync.resources.partner import ApiKeys, Subscription
    from trunkline.pamela._sync.resources.tools import Tools
    from trunkline.pamela._sync.resources.usage import Usage
_EXPORTS = {
    "Calls": ".calls",
    "ApiKeys": ".partner",
    "Subscription": ".partner",
    "Tools": ".tools",
    "Usage": ".usage",
}
__all__ = ["ApiKeys", "Calls", "Subscription", "Tools", "Usage"]
if not TYPE_CHECKING:
    __getattr__, __dir__ = lazy(globals(), _EXPORTS)
