# Derived from stateset_voice/_async/health.py by `make generate`; do not edit.
"""Whether the service can take calls."""

from __future__ import annotations

from typing import TYPE_CHECKING, Unpack

from trunkline._engine.client._sync.resource import APIResource
from trunkline._engine.client.operation import operation
from trunkline_generated.stateset_voice_public.api.health import health_ready
from trunkline_generated.stateset_voice_public.client import AuthenticatedClient

if TYPE_CHECKING:
    from trunkline._engine.session.extra_options import ExtraOptions


class Health(APIResource[AuthenticatedClient]):
    """Whether the service can take calls."""

    @operation(health_ready)
    def ready(self, **extra: Unpack[ExtraOptions]) -> bool:
        """Return True when the service is ready (operation ``health_ready``).

        Raises:
            ServerError: it is not ready.
            APIError: it cannot be reached.
        """
        health_ready.sync_detailed(client=self._raw_with(extra))
        return True
