"""The control endpoints under ``/_control``."""

from __future__ import annotations

import ipaddress
import json
from collections.abc import Awaitable, Callable
from dataclasses import asdict
from difflib import get_close_matches
from functools import wraps
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import urlsplit

from starlette.responses import JSONResponse
from starlette.routing import Route

from trunkline._json import is_array, is_object
from trunkline.errors import ConfigurationError
from trunkline.sandbox.contract.validation import JSON_TYPE, parse_json
from trunkline.sandbox.core.faults import fault_from_json
from trunkline.sandbox.core.http import Problem
from trunkline.sandbox.core.response_writer import TRANSPORT_KEY
from trunkline.sandbox.merge import MAX_SECONDS
from trunkline.sandbox.timestamps import format_timestamp

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import datetime

    from starlette.requests import Request

    from trunkline.sandbox.core.provider import MockProvider, ProviderRegistry

__all__ = ["control_routes"]

Endpoint = Callable[["Request"], Awaitable[JSONResponse]]


def control_routes(registry: ProviderRegistry) -> list[Route]:
    api = ControlAPI(registry)

    def hosts() -> Collection[str]:
        return registry.state.config.control_hosts

    table: list[tuple[str, str, Endpoint]] = [
        ("GET", "/counters", api.counters),
        ("GET", "/requests", api.requests),
        ("GET", "/faults", api.list_faults),
        ("POST", "/faults", api.add_faults),
        ("DELETE", "/faults", api.drop_faults),
        ("GET", "/clock", api.read_clock),
        ("POST", "/clock", api.move_clock),
        ("GET", "/config", api.read_config),
        ("PATCH", "/config", api.change_config),
        ("GET", "/deliveries", api.list_deliveries),
        ("POST", "/deliveries/settle", api.settle_deliveries),
        ("POST", "/deliveries/release", api.release_deliveries),
        ("POST", "/deliveries/{number:int}/again", api.repeat_delivery),
        ("POST", "/events", api.emit_event),
        ("POST", "/reset", api.reset),
    ]
    return [
        Route(path, _with_json_errors(endpoint, hosts), methods=[verb])
        for verb, path, endpoint in table
    ]


class ControlAPI:
    def __init__(self, registry: ProviderRegistry) -> None:
        self._registry = registry
        self._state = registry.state

    async def counters(self, request: Request) -> JSONResponse:
        wanted = self._chosen(request, "provider", "operation")
        return JSONResponse(self._state.request_log.counters(**wanted))

    async def requests(self, request: Request) -> JSONResponse:
        wanted = self._chosen(request, "provider", "operation")
        entries = self._state.request_log.entries
        return JSONResponse([asdict(entry) for entry in entries if entry.matches(**wanted)])

    async def list_faults(self, _request: Request) -> JSONResponse:
        return JSONResponse([asdict(fault) for fault in self._state.faults.planned])

    async def add_faults(self, request: Request) -> JSONResponse:
        given = await _json(request)
        items = given if is_array(given) else [given]
        faults = [fault_from_json(_object(item)) for item in items]
        for fault in faults:
            require_known(self._registry.by_name, fault.provider, fault.operation)
        planned, limit = len(self._state.faults.planned), self._state.config.max_items
        if planned + len(faults) > limit:
            raise ConfigurationError(f"{planned} faults are planned: {limit} are kept at most")
        # All are checked before the first is planned.
        for fault in faults:
            self._state.faults.add(fault)
        return JSONResponse({"planned": len(self._state.faults.planned)})

    async def drop_faults(self, _request: Request) -> JSONResponse:
        self._state.faults.planned.clear()
        return JSONResponse({"planned": 0})

    async def read_clock(self, _request: Request) -> JSONResponse:
        scheduler = self._state.scheduler
        return JSONResponse(
            {"now": format_timestamp(scheduler.now()), "speed": scheduler.clock.speed}
        )

    async def move_clock(self, request: Request) -> JSONResponse:
        seconds = _object(await _json(request)).get("advance")
        if not isinstance(seconds, int | float) or isinstance(seconds, bool) or not seconds >= 0:
            raise ConfigurationError('give {"advance": seconds}, a number of 0 or more')
        if seconds > MAX_SECONDS:
            raise ConfigurationError(f"advance by {MAX_SECONDS:g} seconds (a year) at most")
        await self._state.scheduler.advance(seconds, self._state.dispatcher.drain)
        return await self.read_clock(request)

    async def read_config(self, _request: Request) -> JSONResponse:
        return JSONResponse(_plain(asdict(self._state.config)))

    async def change_config(self, request: Request) -> JSONResponse:
        changes = _object(await _json(request))
        self._state.config = self._state.config.changed(changes)
        return await self.read_config(request)

    async def list_deliveries(self, request: Request) -> JSONResponse:
        wanted = self._chosen(request, "provider", "event")
        deliveries = self._state.dispatcher.deliveries.values()
        return JSONResponse([item.to_json() for item in deliveries if item.matches(**wanted)])

    async def settle_deliveries(self, request: Request) -> JSONResponse:
        self._state.scheduler.run_due()
        await self._state.dispatcher.drain()
        return await self.list_deliveries(request)

    async def release_deliveries(self, _request: Request) -> JSONResponse:
        released = self._state.dispatcher.release()
        await self._state.dispatcher.drain()
        return JSONResponse({"sent": released})

    async def repeat_delivery(self, request: Request) -> JSONResponse:
        times = _object(await _json(request)).get("times", 1)
        # True is an int in Python.
        if type(times) is not int or not 0 < times <= 10_000:  # a sane bound
            raise ConfigurationError('give {"times": n} with n from 1 to 10000')
        sent = self._state.dispatcher.resend(request.path_params["number"], times)
        await self._state.dispatcher.drain()
        return JSONResponse({"sent": sent})

    async def emit_event(self, request: Request) -> JSONResponse:
        wanted = _object(await _json(request))
        provider, event = wanted.get("provider"), wanted.get("event")
        if not isinstance(provider, str) or not isinstance(event, str):
            raise ConfigurationError('give {"provider": name, "event": name, "data": object}')
        require_known(self._registry.by_name, provider)
        sent = self._registry.by_name[provider].emit(event, _object(wanted.get("data", {})))
        await self._state.dispatcher.drain()
        return JSONResponse({"sent": sent})

    async def reset(self, request: Request) -> JSONResponse:
        self._registry.reset()
        return await self.read_clock(request)

    def _chosen(self, request: Request, *names: str) -> dict[str, str]:
        for name in request.query_params:
            if name not in names:
                raise ConfigurationError(f"{name!r} is not a filter: give {' or '.join(names)}")
        wanted = dict(request.query_params)
        require_known(self._registry.by_name, wanted.get("provider"), wanted.get("operation"))
        return wanted


def _with_json_errors(endpoint: Endpoint, hosts: Callable[[], Collection[str]]) -> Endpoint:
    @wraps(endpoint)
    async def handle(request: Request) -> JSONResponse:
        try:
            _refuse_web_pages(request, hosts())
            return await endpoint(request)
        except (ConfigurationError, LookupError) as error:
            return JSONResponse({"error": str(error)}, 400)
        except Problem as problem:
            return JSONResponse({"error": problem.message}, problem.status)

    return handle


def _refuse_web_pages(request: Request, hosts: Collection[str]) -> None:
    # Browsers send Origin with every request of a page that could change something here. After DNS
    # rebinding, Host is the name of the attacker's host that resolves to this machine.
    if "origin" in request.headers:
        raise Problem(403, "web pages cannot use the control endpoints: send no Origin header")
    host = _host_of(request)
    if not _is_local(host, request) and host not in hosts:
        raise Problem(
            403, f"{host!r} is not a host of the control endpoints: add it to control_hosts"
        )


def _host_of(request: Request) -> str:
    try:
        return urlsplit(f"//{request.headers.get('host', '')}").hostname or ""
    except ValueError:
        return ""


def _is_local(host: str, request: Request) -> bool:
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        ipaddress.ip_address(host)
    except ValueError:
        # In-process clients make up a host such as "testserver".
        return TRANSPORT_KEY not in request.scope and "." not in host
    return True


async def _json(request: Request) -> Any:
    raw = await request.body()
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if raw and kind != JSON_TYPE:
        raise Problem(415, f"the control endpoints take {JSON_TYPE}, not {kind or 'no type'}")
    try:
        return parse_json(raw) if raw else {}
    except ValueError as error:
        raise ConfigurationError(f"the body is not JSON: {error}") from None


def _object(value: Any) -> dict[str, Any]:
    if not is_object(value):
        raise ConfigurationError(f"give a JSON object, not a {type(value).__name__}")
    return value


def _plain(values: Any) -> Any:
    return json.loads(json.dumps(values, default=_json_default))


def _json_default(value: Any) -> str | None:
    return format_timestamp(cast("datetime", value))


def require_known(
    providers: Mapping[str, MockProvider], provider: str | None, operation: str | None = None
) -> None:
    """Refuse misspelt names, which would otherwise silently match nothing.

    Raises:
        ConfigurationError: a name is unknown; the text lists similar ones.
    """
    if provider is not None and provider not in providers:
        raise ConfigurationError(
            f"no provider is called {provider!r}: {_suggestion(provider, providers)}"
        )
    asked = providers.values() if provider is None else [providers[provider]]
    known = sorted({one.operation_id for provider in asked for one in provider.contract.operations})
    if operation is not None and operation not in known:
        whose = provider or "no provider"
        verb = "has no" if provider else "has an"
        raise ConfigurationError(
            f"{whose} {verb} operation {operation!r}: {_suggestion(operation, known)}"
        )


def _suggestion(name: str, known: Collection[str]) -> str:
    near = get_close_matches(name, known) or [
        each for each in known if name and each.startswith(name)
    ]
    return f"did you mean {' or '.join(near)}?" if near else f"give one of {', '.join(known)}"
