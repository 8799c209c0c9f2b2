"""The sandbox as an ASGI application."""

from __future__ import annotations

import asyncio
import contextlib
from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.responses import JSONResponse
from starlette.routing import Mount, Route

from trunkline.sandbox.control import control_routes
from trunkline.sandbox.gateway import Gateway
from trunkline.sandbox.world import World

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Callable

    from starlette.requests import Request

    from trunkline.sandbox.clock import Clock
    from trunkline.sandbox.config import SandboxConfig
    from trunkline.sandbox.wire import Receive, Scope, Send

__all__ = ["SandboxApp", "create_app"]


class SandboxApp:
    """The ASGI application: a gateway for each provider, Starlette for the rest.

    Providers are told apart by the raw path, because decoded ids may hold slashes and line ends.

    Args:
        world: what is served.
    """

    def __init__(self, world: World) -> None:
        self.world = world
        self._gateways = {room.mount: Gateway(world, name) for name, room in world.rooms.items()}
        self._rest = _control_app(world)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve (ASGI)."""
        mount = (
            "/" + scope["raw_path"].decode("latin-1").split("/")[1] if "raw_path" in scope else ""
        )
        await self._gateways.get(mount, self._rest)(scope, receive, send)


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
    return SandboxApp(World(clock, config))


def _control_app(world: World) -> Starlette:
    routes = [Route("/", _index(world)), Mount("/_control", routes=control_routes(world))]

    @contextlib.asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncGenerator[None]:
        clockwork = asyncio.create_task(world.timeline.run())
        yield
        clockwork.cancel()
        await asyncio.gather(clockwork, return_exceptions=True)
        await world.courier.close()

    return Starlette(routes=routes, lifespan=lifespan)


def _index(world: World) -> Callable[[Request], JSONResponse]:
    def index(request: Request) -> JSONResponse:
        base = str(request.base_url).rstrip("/")
        return JSONResponse({name: base + room.address for name, room in world.rooms.items()})

    return index
