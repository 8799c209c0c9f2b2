"""The way of every request through a provider: match, count, authorise, validate, act, check."""

from __future__ import annotations

from dataclasses import dataclass, replace
from email.utils import format_datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

from trunkline.sandbox.messages import Problem, Reply, Request
from trunkline.sandbox.sabotage import rate_limit_problem, sending, spoiled, status_reply
from trunkline.sandbox.validation import check_parameters, check_reply, read_body
from trunkline.sandbox.wire import Receive, Scope, Send, Sending, pause, send_reply

if TYPE_CHECKING:
    from collections.abc import Mapping

    from trunkline.sandbox.contract import Operation
    from trunkline.sandbox.faults import Fault
    from trunkline.sandbox.journal import Entry
    from trunkline.sandbox.world import World

__all__ = ["Gateway"]


@dataclass(frozen=True, slots=True)
class Upload:
    """The body of a request; of one that is too large only the beginning."""

    raw: bytes
    is_too_large: bool


@dataclass(frozen=True, slots=True)
class Visit:
    """One request before it is known to be valid."""

    scope: Scope
    path: str
    query: str
    headers: Mapping[str, str]
    upload: Upload
    operation: Operation | None
    allowed: tuple[str, ...]
    entry: Entry
    fault: Fault | None


class Gateway:
    """The ASGI application of one provider.

    Args:
        world: the sandbox.
        name: the provider.
    """

    def __init__(self, world: World, name: str) -> None:
        self._world = world
        self._name = name

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request (ASGI)."""
        upload = await _read(receive, self._world.config.max_body_bytes)
        if upload is None:
            return
        self._world.timeline.settle()
        visit = self._enter(scope, upload)
        reply = await self._reply(visit, receive)
        visit.entry.status = reply.status
        how = sending(visit.fault) if visit.fault else Sending()
        await send_reply(scope, receive, send, self._dated(reply), how)

    def _enter(self, scope: Scope, upload: Upload) -> Visit:
        world, room = self._world, self._world.rooms[self._name]
        path = scope["raw_path"].decode("latin-1").removeprefix(room.mount)
        operation, allowed = room.contract.find(scope["method"], path)
        name = operation.operation_id if operation else None
        entry = world.journal.open(self._name, name, scope["method"], path)
        query = scope["query_string"].decode("latin-1")
        headers = {key.decode("latin-1"): text.decode("latin-1") for key, text in scope["headers"]}
        entry.saw(query, headers, upload.raw)
        fault = world.faults.take(self._name, name)
        entry.fault = fault.kind if fault else None
        return Visit(
            scope=scope,
            path=path,
            query=query,
            headers=headers,
            upload=upload,
            operation=operation,
            allowed=allowed,
            entry=entry,
            fault=fault,
        )

    async def _reply(self, visit: Visit, receive: Receive) -> Reply:
        fault = visit.fault
        if fault is None:
            return self._carried_out(visit)
        if fault.comes_before:
            if fault.kind != "latency":
                return self._instead(fault)
            # Like a real server, the work goes on when the client has lost patience.
            await pause(receive, fault.seconds)
            return spoiled(fault, self._carried_out(visit))
        reply = self._carried_out(visit)
        if fault.kind == "latency":
            await pause(receive, fault.seconds)
        if fault.kind in {"status", "rate_limit"}:
            return self._instead(fault)
        return spoiled(fault, reply)

    def _instead(self, fault: Fault) -> Reply:
        room, now = self._world.rooms[self._name], self._world.timeline.now()
        if fault.kind == "rate_limit":
            reply = room.refuse(rate_limit_problem(fault, now))
        elif fault.kind == "status":
            usual = Problem(fault.status or 503, "A fault of the sandbox")
            reply = status_reply(fault) or room.refuse(usual)
        else:
            reply = Reply(200, b"{}")
        return room.finish(spoiled(fault, reply))

    def _carried_out(self, visit: Visit) -> Reply:
        room = self._world.rooms[self._name]
        limits: dict[str, str] = {}
        try:
            reply = self._handled(visit, limits)
        except Problem as problem:
            reply = room.refuse(problem)
        if visit.operation and (broken := check_reply(room.contract, visit.operation, reply)):
            reply = room.refuse(Problem(500, f"The sandbox broke the contract: {broken}"))
        return room.finish(reply.with_headers(limits))

    def _handled(self, visit: Visit, limits: dict[str, str]) -> Reply:
        room = self._world.rooms[self._name]
        operation = _existing(visit)
        request = self._request(visit, operation)
        limits.update(room.count(request))
        room.authorize(request)
        if visit.upload.is_too_large:
            limit = self._world.config.max_body_bytes
            raise Problem(413, f"The body is larger than {limit} bytes")
        reply = room.handlers[operation.operation_id](self._validated(visit, request))
        # A refusal is raised, so whoever comes here has been served.
        self._world.journal.accept(visit.entry)
        return reply

    def _request(self, visit: Visit, operation: Operation) -> Request:
        scope, mount = visit.scope, self._world.rooms[self._name].mount
        server = scope.get("server") or ("127.0.0.1", 80)
        host = visit.headers.get("host") or f"{server[0]}:{server[1]}"
        base_url = f"{scope['scheme']}://{host}{mount}"
        return Request(
            operation=operation,
            headers=visit.headers,
            raw=visit.upload.raw,
            url=f"{base_url}{visit.path}{'?' if visit.query else ''}{visit.query}",
            base_url=base_url,
            client=(scope.get("client") or ("127.0.0.1", 0))[0],
            now=self._world.timeline.now(),
        )

    def _validated(self, visit: Visit, request: Request) -> Request:
        room, operation = self._world.rooms[self._name], request.operation
        path = operation.path_values(visit.path) or {}
        texts = dict(parse_qsl(visit.query, keep_blank_values=True))
        sources = {"path": path, "query": texts, "header": visit.headers}
        query, violations = check_parameters(room.contract, operation, sources)
        body, faulty = read_body(room.contract, operation, visit.headers, visit.upload.raw)
        if violations or faulty:
            raise room.reject([*violations, *faulty])
        if visit.fault is not None and visit.fault.kind == "duplicate_page":
            query["offset"] = 0
        return replace(request, path=path, query=query, body=body)

    def _dated(self, reply: Reply) -> Reply:
        date = format_datetime(self._world.timeline.now(), usegmt=True)
        return reply.with_headers({"date": date})


def _existing(visit: Visit) -> Operation:
    if not visit.allowed:
        raise Problem(404, "Not Found")
    if visit.operation is None:
        raise Problem(405, "Method Not Allowed", headers={"Allow": ", ".join(visit.allowed)})
    return visit.operation


async def _read(receive: Receive, limit: int) -> Upload | None:
    """The body, its excess thrown away; None if it never ends."""
    pieces: list[bytes] = []
    size = 0
    while True:
        message: Any = await receive()
        if message["type"] == "http.disconnect":
            return None
        size += len(message.get("body", b""))
        if size <= limit:
            pieces.append(message.get("body", b""))
        if not message.get("more_body", False):
            return Upload(b"".join(pieces), is_too_large=size > limit)
