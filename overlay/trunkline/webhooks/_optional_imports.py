"""Imports of packages that an extra installs.

The adapter of a framework fails on import. The names of ``trunkline.webhooks`` itself can always be
imported, because listing the names of a package must not fail; their constructors raise instead.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

from trunkline.errors import ConfigurationError

__all__ = ["missing_extra", "optional_module"]


def missing_extra(what: str, extra: str) -> ConfigurationError:
    return ConfigurationError(f"{what} needs an extra: pip install 'trunkline[{extra}]'")


def optional_module(name: str) -> Any:
    """Return a module, or None where its extra is not installed."""
    try:
        return import_module(name)
    except ModuleNotFoundError:
        return None
