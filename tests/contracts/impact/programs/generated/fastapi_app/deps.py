from collections.abc import AsyncIterator
from functools import lru_cache

from pydantic_settings import BaseSettings

from voice_client import AuthenticatedClient


class Settings(BaseSettings):
    voice_url: str = "https://voice.example"
    voice_token: str


@lru_cache
def settings() -> Settings:
    return Settings()


async def voice() -> AsyncIterator[AuthenticatedClient]:
    async with AuthenticatedClient(base_url=settings().voice_url, token=settings().voice_token) as client:
        yield client
