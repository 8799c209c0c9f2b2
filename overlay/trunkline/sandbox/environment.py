"""The environment variables that point the clients at a sandbox."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from trunkline.sandbox.core.state import SandboxState

__all__ = ["environment"]

#: The variable of each provider's address.
ADDRESSES = {
    "pamela": "PAMELA_BASE_URL",
    "whispey": "WHISPEY_BASE_URL",
    "whispey_ingest": "WHISPEY_API_URL",
    "stateset": "STATESET_VOICE_BASE_URL",
    "phone_ai": "PHONE_AI_BASE_URL",
}


def environment(state: SandboxState, url: str) -> dict[str, str]:
    """Variables and values for a sandbox that is served at a URL."""
    addresses = {
        ADDRESSES[name]: url + provider.client_path for name, provider in state.providers.items()
    }
    return dict(sorted([*addresses.items(), *_credentials(state)]))


def _credentials(state: SandboxState) -> Iterator[tuple[str, str]]:
    config = state.config
    kept = {
        "PAMELA_API_KEY": config.pamela.api_keys,
        "PAMELA_USER_TOKEN": config.pamela.user_tokens,
        "WHISPEY_API_KEY": config.whispey.api_keys,
        "STATESET_VOICE_API_KEY": config.stateset.api_keys,
        "PHONE_AI_API_KEY": config.phone_ai.api_keys,
    }
    for variable, accepted in kept.items():
        # A configuration without keys refuses everybody, and names nothing to export.
        for key in accepted[:1]:
            yield variable, key
