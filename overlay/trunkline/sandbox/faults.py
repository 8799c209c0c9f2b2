"""The old path of `trunkline.sandbox.Fault`."""

from __future__ import annotations

import warnings

from trunkline.sandbox.core.faults import Fault

__all__ = ["Fault"]

warnings.warn(
    "trunkline.sandbox.faults has moved: import Fault from trunkline.sandbox",
    DeprecationWarning,
    stacklevel=2,
)
