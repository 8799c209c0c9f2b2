"""The sandbox as an ASGI application, and the list of its providers."""

from __future__ import annotations

import asyncio
import contextlib
from typing import TYPE_CHECKING, Any

from starlette.applications import Starlette
from starlette.responses import JSONResponse
from starlette.routing import Mount, Route

from trunkline.sandbox.control.api import control_routes
from trunkline.sandbox.core.provider import ProviderFactory, ProviderRegistry
from trunkline.sandbox.core.request_handler import ProviderApp
from trunkline.sandbox.core.state import SandboxState
from trunkline.sandbox.providers.contract_only import contract_provider
from trunkline.sandbox.providers.pamela.handlers import PamelaProvider
from trunkline.sandbox.providers.phone_ai import PhoneAIProvider
from trunkline.sandbox.providers.stateset.handlers import StateSetProvider
from trunkline.sandbox.providers.whispey.handlers import WhispeyProvider

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Callable, Mapping
    from pathlib import Path

    from starlette.requests import Request

    from trunkline.sandbox.config import SandboxConfig
    from trunkline.sandbox.core.clock import Clock
    from trunkline.sandbox.core.response_writer import Receive, Scope, Send

__all__ = ["PROVIDERS", "SandboxApp", "create_app"]

#: Every provider of the sandbox.
PROVIDERS: tuple[ProviderFactory, ...] = (
    PamelaProvider.create,
    WhispeyProvider.create,
    StateSetProvider.create,
    PhoneAIProvider.create,
)


class SandboxApp:
    """The ASGI application: a `ProviderApp` for each provider, Starlette for the rest.

    The provider is chosen by the raw path, because decoded ids may contain slashes and line ends.
    """

    def __init__(self, registry: ProviderRegistry) -> None:
        self.registry = registry
        self._provider_apps = {
            provider.mount: ProviderApp(registry, name)
            for name, provider in registry.by_name.items()
        }
        self._rest = _control_app(registry)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve (ASGI)."""
        # A lifespan scope has no path.
        first = scope["raw_path"].split(b"/")[1] if "raw_path" in scope else b""
        mount = "/" + first.decode("latin-1")
        await self._provider_apps.get(mount, self._rest)(scope, receive, send)


def create_app(
    clock: Clock | None = None,
    config: SandboxConfig | None = None,
    contracts: Mapping[str, str | Path | Mapping[str, Any]] | None = None,
) -> SandboxApp:
    """Return the sandbox, for any ASGI server or an in-process transport.

    Faults that cut the connection need the sandbox's own server (`Sandbox`,
    ``python -m trunkline.sandbox``); elsewhere they raise ConnectionResetError.

    Args:
        clock: None for a clock that runs at the speed of the real one.
        config: None for the defaults.
        contracts: further APIs by name: OpenAPI 3.0 or 3.1 documents, as a path to a JSON or YAML
            file or parsed. ``{"acme": "acme.yaml"}`` is served at ``/acme``.

    Raises:
        ConfigurationError: a contract cannot be used, or is missing from the generated packages.
    """
    further = [contract_provider(name, source) for name, source in (contracts or {}).items()]
    return SandboxApp(ProviderRegistry(SandboxState(clock, config), [*PROVIDERS, *further]))


def _control_app(registry: ProviderRegistry) -> Starlette:
    routes = [Route("/", _index(registry)), Mount("/_control", routes=control_routes(registry))]
    state = registry.state

    @contextlib.asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncGenerator[None]:
        scheduling = asyncio.create_task(state.scheduler.run())
        yield
        scheduling.cancel()
        await asyncio.gather(scheduling, return_exceptions=True)
        await state.dispatcher.close()

    return Starlette(routes=routes, lifespan=lifespan)


def _index(registry: ProviderRegistry) -> Callable[[Request], JSONResponse]:
    def index(request: Request) -> JSONResponse:
        return JSONResponse(registry.urls(str(request.base_url).rstrip("/")))

    return index
