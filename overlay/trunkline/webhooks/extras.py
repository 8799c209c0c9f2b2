"""The error for a module whose extra is not installed."""

from __future__ import annotations

from trunkline.errors import ConfigurationError

__all__ = ["missing_extra"]


def missing_extra(what: str, extra: str) -> ConfigurationError:
    """The error to raise when an import failed.

    Args:
        what: the thing that needs the extra, as the start of a sentence.
        extra: the extra's name.
    """
    return ConfigurationError(f"{what} needs an extra: pip install 'trunkline[{extra}]'")
