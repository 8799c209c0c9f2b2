"""Packages that an extra installs; they have no types for a strict check."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from trunkline.errors import ConfigurationError

__all__ = ["library"]


def library(name: str, what: str, extra: str) -> Any:
    """Return a module.

    Args:
        name: the module's name.
        what: the feature that needs it, for the error.
        extra: the extra that installs it.

    Raises:
        ConfigurationError: it is not installed.
    """
    try:
        return import_module(name)
    except ModuleNotFoundError:
        raise ConfigurationError(
            f"{what} need an extra: pip install 'trunkline[{extra}]'"
        ) from None
