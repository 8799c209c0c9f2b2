"""The sandbox as an ASGI application."""

from __future__ import annotations

import asyncio
import contextlib
from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.responses import JSONResponse
from starlette.routing import Mount, Route

from trunkline.sandbox.control.api import control_routes
from trunkline.sandbox.core.request_handler import ProviderApp
from trunkline.sandbox.core.state import SandboxState

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Callable

    from starlette.requests import Request

    from trunkline.sandbox.config import SandboxConfig
    from trunkline.sandbox.core.clock import Clock
    from trunkline.sandbox.core.response_writer import Receive, Scope, Send

__all__ = ["SandboxApp", "create_app"]


class SandboxApp:
    """The ASGI application: a gateway for each provider, Starlette for the rest.

    Providers are told apart by the raw path, because decoded ids may hold slashes and line ends.

    Args:
        state: what is served.
    """

    def __init__(self, state: SandboxState) -> None:
        self.state = state
        self._provider_apps = {
            provider.mount: ProviderApp(state, name) for name, provider in state.providers.items()
        }
        self._rest = _control_app(state)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve (ASGI)."""
        mount = (
            "/" + scope["raw_path"].decode("latin-1").split("/")[1] if "raw_path" in scope else ""
        )
        await self._provider_apps.get(mount, self._rest)(scope, receive, send)


def create_app(clock: Clock | None = None, config: SandboxConfig | None = None) -> SandboxApp:
    """The sandbox, for any ASGI server or an in-process transport.

    Faults that cut the connection need the sandbox's own server (`Sandbox`,
    ``python -m trunkline.sandbox``); elsewhere they raise ConnectionResetError.

    Args:
        clock: None for a clock that runs at the speed of the real one.
        config: None for the defaults.

    Raises:
        ConfigurationError: a contract is missing from the generated packages.
    """
    return SandboxApp(SandboxState(clock, config))


def _control_app(state: SandboxState) -> Starlette:
    routes = [Route("/", _index(state)), Mount("/_control", routes=control_routes(state))]

    @contextlib.asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncGenerator[None]:
        clockwork = asyncio.create_task(state.scheduler.run())
        yield
        clockwork.cancel()
        await asyncio.gather(clockwork, return_exceptions=True)
        await state.dispatcher.close()

    return Starlette(routes=routes, lifespan=lifespan)


def _index(state: SandboxState) -> Callable[[Request], JSONResponse]:
    def index(request: Request) -> JSONResponse:
        base = str(request.base_url).rstrip("/")
        return JSONResponse(
            {name: base + provider.client_path for name, provider in state.providers.items()}
        )

    return index
