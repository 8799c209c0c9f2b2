"""Providers and operations by name; a misspelt one would otherwise match nothing, silently."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

from trunkline.errors import ConfigurationError

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from trunkline.sandbox.core.provider import MockProvider

__all__ = ["require_known"]


def require_known(
    providers: Mapping[str, MockProvider], provider: str | None, operation: str | None = None
) -> None:
    """Check that there is such a provider, and that it, or any without one, has the operation.

    Raises:
        ConfigurationError: one of them is unknown; the text lists names that are near.
    """
    if provider is not None and provider not in providers:
        raise ConfigurationError(
            f"no provider is called {provider!r}: {_suggestion(provider, providers)}"
        )
    asked = providers.values() if provider is None else [providers[provider]]
    known = sorted({one.operation_id for provider in asked for one in provider.contract.operations})
    if operation is not None and operation not in known:
        whose = provider or "no provider"
        verb = "has no" if provider else "has an"
        raise ConfigurationError(
            f"{whose} {verb} operation {operation!r}: {_suggestion(operation, known)}"
        )


def _suggestion(name: str, known: Collection[str]) -> str:
    near = get_close_matches(name, known)
    return f"did you mean {' or '.join(near)}?" if near else f"give one of {', '.join(known)}"
