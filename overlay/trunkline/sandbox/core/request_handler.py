"""The way of every request through a provider: match, count, authorise, validate, act, check."""

from __future__ import annotations

from dataclasses import dataclass, replace
from email.utils import format_datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

from trunkline.sandbox.contract.validation import check_parameters, check_response, read_body
from trunkline.sandbox.core.fault_effects import (
    apply_fault,
    rate_limit_problem,
    status_response,
    write_options,
)
from trunkline.sandbox.core.http import Problem, Request, Response
from trunkline.sandbox.core.response_writer import (
    Receive,
    Scope,
    Send,
    WriteOptions,
    sleep_while_connected,
    write_response,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from trunkline.sandbox.contract.openapi import Operation
    from trunkline.sandbox.core.faults import Fault
    from trunkline.sandbox.core.request_log import LogEntry
    from trunkline.sandbox.core.state import SandboxState

__all__ = ["ProviderApp"]


@dataclass(frozen=True, slots=True)
class RequestBody:
    """The body of a request; of one that is too large only the beginning."""

    raw: bytes
    is_too_large: bool


@dataclass(frozen=True, slots=True)
class RequestContext:
    """One request before it is known to be valid."""

    scope: Scope
    path: str
    query: str
    headers: Mapping[str, str]
    body: RequestBody
    operation: Operation | None
    allowed: tuple[str, ...]
    entry: LogEntry
    fault: Fault | None


class ProviderApp:
    """The ASGI application of one provider.

    Args:
        state: the sandbox.
        name: the provider.
    """

    def __init__(self, state: SandboxState, name: str) -> None:
        self._state = state
        self._name = name

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request (ASGI)."""
        body = await _read(receive, self._state.config.max_body_bytes)
        if body is None:
            return
        self._state.scheduler.run_due()
        context = self._enter(scope, body)
        response = await self._respond(context, receive)
        context.entry.status = response.status
        options = write_options(context.fault) if context.fault else WriteOptions()
        await write_response(scope, receive, send, self._dated(response), options)

    def _enter(self, scope: Scope, body: RequestBody) -> RequestContext:
        state, provider = self._state, self._state.providers[self._name]
        path = scope["raw_path"].decode("latin-1").removeprefix(provider.mount)
        operation, allowed = provider.contract.find(scope["method"], path)
        name = operation.operation_id if operation else None
        entry = state.request_log.open(self._name, name, scope["method"], path)
        query = scope["query_string"].decode("latin-1")
        headers = {key.decode("latin-1"): text.decode("latin-1") for key, text in scope["headers"]}
        entry.saw(query, headers, body.raw)
        fault = state.faults.take(self._name, name)
        entry.fault = fault.kind if fault else None
        return RequestContext(
            scope=scope,
            path=path,
            query=query,
            headers=headers,
            body=body,
            operation=operation,
            allowed=allowed,
            entry=entry,
            fault=fault,
        )

    async def _respond(self, context: RequestContext, receive: Receive) -> Response:
        fault = context.fault
        if fault is None:
            return self._carried_out(context)
        if fault.is_before:
            if fault.kind != "latency":
                return self._instead(fault)
            # Like a real server, the work goes on when the client has lost patience.
            await sleep_while_connected(receive, fault.seconds)
            return apply_fault(fault, self._carried_out(context))
        response = self._carried_out(context)
        if fault.kind == "latency":
            await sleep_while_connected(receive, fault.seconds)
        if fault.kind in {"status", "rate_limit"}:
            return self._instead(fault)
        return apply_fault(fault, response)

    def _instead(self, fault: Fault) -> Response:
        provider, now = self._state.providers[self._name], self._state.scheduler.now()
        if fault.kind == "rate_limit":
            response = provider.error_response(rate_limit_problem(fault, now))
        elif fault.kind == "status":
            usual = Problem(fault.status or 503, "A fault of the sandbox")
            response = status_response(fault) or provider.error_response(usual)
        else:
            response = Response(200, b"{}")
        return provider.finalize(apply_fault(fault, response))

    def _carried_out(self, context: RequestContext) -> Response:
        provider = self._state.providers[self._name]
        limits: dict[str, str] = {}
        try:
            response = self._handled(context, limits)
        except Problem as problem:
            response = provider.error_response(problem)
        if context.operation and (
            broken := check_response(provider.contract, context.operation, response)
        ):
            response = provider.error_response(
                Problem(500, f"The sandbox broke the contract: {broken}")
            )
        return provider.finalize(response.with_headers(limits))

    def _handled(self, context: RequestContext, limits: dict[str, str]) -> Response:
        provider = self._state.providers[self._name]
        operation = _existing(context)
        request = self._request(context, operation)
        limits.update(provider.check_rate_limit(request))
        provider.authorize(request)
        if context.body.is_too_large:
            limit = self._state.config.max_body_bytes
            raise Problem(413, f"The body is larger than {limit} bytes")
        response = provider.handlers[operation.operation_id](self._validated(context, request))
        # A refusal is raised, so whoever comes here has been served.
        self._state.request_log.accept(context.entry)
        return response

    def _request(self, context: RequestContext, operation: Operation) -> Request:
        scope, mount = context.scope, self._state.providers[self._name].mount
        server = scope.get("server") or ("127.0.0.1", 80)
        host = context.headers.get("host") or f"{server[0]}:{server[1]}"
        base_url = f"{scope['scheme']}://{host}{mount}"
        return Request(
            operation=operation,
            headers=context.headers,
            raw=context.body.raw,
            url=f"{base_url}{context.path}{'?' if context.query else ''}{context.query}",
            base_url=base_url,
            client=(scope.get("client") or ("127.0.0.1", 0))[0],
            now=self._state.scheduler.now(),
        )

    def _validated(self, context: RequestContext, request: Request) -> Request:
        provider, operation = self._state.providers[self._name], request.operation
        path = operation.path_values(context.path) or {}
        texts = dict(parse_qsl(context.query, keep_blank_values=True))
        sources = {"path": path, "query": texts, "header": context.headers}
        query, violations = check_parameters(provider.contract, operation, sources)
        body, faulty = read_body(provider.contract, operation, context.headers, context.body.raw)
        if violations or faulty:
            raise provider.validation_problem([*violations, *faulty])
        if context.fault is not None and context.fault.kind == "duplicate_page":
            query["offset"] = 0
        return replace(request, path=path, query=query, body=body)

    def _dated(self, response: Response) -> Response:
        date = format_datetime(self._state.scheduler.now(), usegmt=True)
        return response.with_headers({"date": date})


def _existing(context: RequestContext) -> Operation:
    if not context.allowed:
        raise Problem(404, "Not Found")
    if context.operation is None:
        raise Problem(405, "Method Not Allowed", headers={"Allow": ", ".join(context.allowed)})
    return context.operation


async def _read(receive: Receive, limit: int) -> RequestBody | None:
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
            return RequestBody(b"".join(pieces), is_too_large=size > limit)
