# Generated from whispey-ingest.yaml; do not edit. Change the contract, then run `make generate`.
"""A client library for accessing Whispey ingest API"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .client import AuthenticatedClient, Client

# Importing one endpoint imports this module; it must not drag in httpx and attrs.
if not TYPE_CHECKING:

    def __getattr__(name: str) -> Any:
        if name not in __all__:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        from . import client

        return getattr(client, name)

    def __dir__() -> list[str]:
        return sorted(__all__)


__all__ = (
    "AuthenticatedClient",
    "Client",
)
