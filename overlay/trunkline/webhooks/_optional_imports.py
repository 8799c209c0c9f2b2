"""Imports of packages that an extra installs.

A framework's adapter is imported by whoever has the framework, so it fails on import. What
``trunkline.webhooks`` itself names can always be imported, since listing the names of a package
must not fail, and says what is missing when it is built.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

from trunkline.errors import ConfigurationError

__all__ = ["missing_extra", "optional_module"]


def missing_extra(what: str, extra: str) -> ConfigurationError:
    """The error to raise when an import failed."""
    return ConfigurationError(f"{what} needs an extra: pip install 'trunkline[{extra}]'")


def optional_module(name: str) -> Any:
    """A module of an extra, or None where that is not installed."""
    try:
        return import_module(name)
    except ModuleNotFoundError:
        return None
