"""The off switch for the extra `fast`: most rows are measured without it."""

from __future__ import annotations

import os
import sys
from importlib.util import find_spec
from typing import Final

PACKAGES: Final = ("httptools", "msgspec")
#: Disables them in a fresh process, as its first statement.
DISABLE: Final = f"import sys; sys.modules.update(dict.fromkeys({PACKAGES}))"


def disable() -> None:
    """Make the packages of the extra look uninstalled; call this first."""
    sys.modules.update(dict.fromkeys(PACKAGES))  # type: ignore[arg-type]  # None: no such module


def missing() -> list[str]:
    """Return the packages of the extra that are not installed; disabled ones do not count."""
    return [name for name in PACKAGES if name not in sys.modules and find_spec(name) is None]


def installed() -> dict[str, str]:
    """Return the environment for fresh processes, in which Python writes compiled modules."""
    return {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
