import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from voice_client import AuthenticatedClient


@asynccontextmanager
async def voice() -> AsyncIterator[AuthenticatedClient]:
    base = AuthenticatedClient(base_url="https://voice.example", token=os.environ["VOICE_TOKEN"])
    async with base.with_headers({"x-team": "support"}).with_timeout(None) as client:
        yield client
