"""What a ready client imports: the duration of a cold start depends on it."""

from __future__ import annotations

import subprocess
import sys

import pytest

#: Each costs milliseconds, and a sync client does not need it before its first response.
NEEDLESS = {
    *("asyncio", "anyio", "httpcore", "importlib.metadata", "dateutil.parser"),
    "trunkline._shapes",
}


@pytest.mark.parametrize("client", ["Pamela", "Whispey", "StateSetVoice", "PhoneAI"])
def test_a_ready_client_loads_sync_or_async_and_nothing_needless(client: str) -> None:
    """No event loop, no httpcore, no package metadata, nothing of the async client."""
    code = (
        f"import sys; from trunkline import {client}; client = {client}('x'); client.raw; "
        "print(*sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = set(done.stdout.split())
    assert not loaded & NEEDLESS
    assert not [name for name in loaded if "._async" in name]
