from django.conf import settings
from django.utils.functional import cached_property

from voice_client import AuthenticatedClient, Client


class VoiceClient(AuthenticatedClient):
    """The vendor's client with this shop's settings."""

    @classmethod
    def from_settings(cls) -> "VoiceClient":
        return cls(base_url=settings.VOICE_URL, token=settings.VOICE_TOKEN)

    def for_tenant(self, tenant: str) -> "VoiceClient":
        return self.with_headers({"x-tenant": tenant}).with_cookies({"t": tenant})


class VoiceMixin:
    tenant = "main"

    @cached_property
    def voice(self) -> VoiceClient:
        return VoiceClient.from_settings().for_tenant(self.tenant)

    @property
    def public(self) -> Client:
        return Client(base_url=settings.VOICE_URL)
