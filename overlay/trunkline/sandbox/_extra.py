"""The libraries that only the sandbox needs."""

from __future__ import annotations

from importlib import import_module

from trunkline.errors import ConfigurationError

__all__ = ["require_extra"]

LIBRARIES = ("jsonschema", "starlette", "uvicorn")


def require_extra() -> None:
    """Raise ConfigurationError unless the libraries of the extra are installed."""
    for library in LIBRARIES:
        try:
            import_module(library)
        except ModuleNotFoundError:
            raise ConfigurationError(
                f'the sandbox needs {library}: pip install "trunkline[sandbox]"'
            ) from None
