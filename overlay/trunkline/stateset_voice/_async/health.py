"""Whether the service can take calls."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trunkline._engine.client._async.resource import AsyncAPIResource
from trunkline._engine.client.operation import operation
from trunkline_generated.stateset_voice_public.api.health import health_ready

if TYPE_CHECKING:
    from trunkline.stateset_voice._async.client import AsyncStateSetVoice


class AsyncHealth(AsyncAPIResource["AsyncStateSetVoice"]):
    """Whether the service can take calls."""

    _api: AsyncStateSetVoice

    @operation(health_ready)
    async def ready(self) -> bool:
        """Return True when the service is ready (operation ``health_ready``).

        Raises:
            ServerError: it is not ready.
            APIError: it cannot be reached.
        """
        await health_ready.asyncio_detailed(client=self._api.raw)
        return True
