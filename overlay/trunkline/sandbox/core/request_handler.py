"""One request through one provider: match, rate limit, authorise, validate, handle, check.

Faults are applied separately: `ProviderApp.handle` ignores them, and `apply_fault` changes the
response that it returned (or, for faults that prevent the handling, an empty one).
"""

from __future__ import annotations

import logging
from dataclasses import dataclass, replace
from email.utils import format_datetime
from http.cookies import CookieError, SimpleCookie
from itertools import chain, islice
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs

from trunkline._redact import one_line
from trunkline.sandbox.contract.unknown import unknown_members, unknown_parameters
from trunkline.sandbox.contract.validation import (
    UnsupportedMediaType,
    check_parameters,
    check_response,
    read_body,
)
from trunkline.sandbox.core.fault_effects import apply_fault, change_request
from trunkline.sandbox.core.http import Problem, Request, Response
from trunkline.sandbox.core.response_writer import sleep_while_connected, write_response

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from trunkline.sandbox.contract.openapi import Operation, Violation
    from trunkline.sandbox.core.faults import Fault
    from trunkline.sandbox.core.provider import MockProvider, ProviderRegistry
    from trunkline.sandbox.core.request_log import LogEntry
    from trunkline.sandbox.core.response_writer import Receive, Scope, Send

__all__ = ["ProviderApp"]

MAX_NOTES = 20

logger = logging.getLogger("trunkline.sandbox")


@dataclass(frozen=True, slots=True)
class RequestBody:
    """The body of a request; only its beginning if it is too large."""

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
    """The ASGI application of one provider."""

    def __init__(self, registry: ProviderRegistry, name: str) -> None:
        self._registry = registry
        self._state = registry.state
        self._name = name

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request (ASGI)."""
        limit = self._provider.max_body_bytes(self._path(scope))
        body = await _read_body(receive, limit)
        if body is None:
            return
        self._state.scheduler.run_due()
        context = self._begin(scope, body)
        response = await self._respond(context, receive)
        context.entry.record_response(response.status, response.media_type, response.body)
        await write_response(scope, receive, send, response)

    def handle(self, context: RequestContext) -> Response:
        """Handle the request; an error becomes a response too."""
        headers: dict[str, str] = {}
        try:
            response = self._dispatch(context, headers)
        except Problem as problem:
            response = self._provider.error_response(problem)
        return self._checked(context, response).with_headers(headers)

    @property
    def _provider(self) -> MockProvider:
        return self._registry.by_name[self._name]  # a reset recreates providers

    def _path(self, scope: Scope) -> str:
        return str(scope["raw_path"].decode("latin-1")).removeprefix(self._provider.mount)

    def _begin(self, scope: Scope, body: RequestBody) -> RequestContext:
        state, provider = self._state, self._provider
        path = self._path(scope)
        operation, allowed = provider.contract.find(scope["method"], path)
        name = operation.operation_id if operation else None
        query = scope["query_string"].decode("latin-1")
        headers = {key.decode("latin-1"): text.decode("latin-1") for key, text in scope["headers"]}
        entry = state.request_log.add(self._name, name, scope["method"], path)
        entry.record_request(query, headers, body.raw, provider.contract.credential_names)
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
        fault, provider = context.fault, self._provider
        if fault is not None and fault.delays_handling:
            # Like a real server, the sandbox finishes the work even if the client has disconnected.
            await sleep_while_connected(receive, fault.seconds)
        is_prevented = fault is not None and fault.prevents_handling
        response = Response(200, b"{}") if is_prevented else self.handle(context)
        now = self._state.scheduler.now()
        if fault is not None:
            response = apply_fault(fault, response, now, provider.error_response)
        date = {"date": format_datetime(now, usegmt=True)}
        return provider.finalize(response).with_headers(date)

    def _dispatch(self, context: RequestContext, headers: dict[str, str]) -> Response:
        provider, operation = self._provider, _matched(context)
        request = self._request(context, operation)
        headers.update(provider.check_rate_limit(request))
        provider.authorize(request)
        if context.body.is_too_large:
            limit = provider.max_body_bytes(context.path)
            raise Problem(413, f"The body is larger than {limit} bytes")
        response = provider.handler(operation)(self._validated(context, request))
        if operation.operation_id not in provider.handlers:
            context.entry.notes.append("the response is an example from the contract")
        # A refusal is raised, so the request has taken effect by now.
        self._state.request_log.accept(context.entry)
        return response

    def _request(self, context: RequestContext, operation: Operation) -> Request:
        scope = context.scope
        server = scope.get("server") or ("127.0.0.1", 80)
        host = context.headers.get("host") or f"{server[0]}:{server[1]}"
        base_url = f"{scope['scheme']}://{host}{self._provider.mount}"
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
        contract, operation = self._provider.contract, request.operation
        sources = _sources(context, operation)
        query, violations = check_parameters(contract, operation, sources)
        try:
            body, errors = read_body(contract, operation, context.headers, context.body.raw)
        except UnsupportedMediaType as error:
            raise Problem(415, str(error)) from None
        violations += [*errors, *self._unknown(context, operation, sources["query"], body)]
        if violations:
            raise self._provider.validation_problem(operation, violations)
        path = {name: texts[0] for name, texts in sources["path"].items()}
        return change_request(context.fault, replace(request, path=path, query=query, body=body))

    def _unknown(
        self, context: RequestContext, operation: Operation, names: Iterable[str], body: Any
    ) -> list[Violation]:
        """Note what the contract does not name; return it if it must be refused."""
        unknown = unknown_parameters(operation, names)
        # The bodies that an operation takes differ only in their encoding.
        for media in [*operation.bodies.values()][:1]:
            unknown = chain(unknown, unknown_members(self._provider.contract, media, body))
        found = [*islice(unknown, MAX_NOTES)]
        for violation in found:
            note = f"{'.'.join(map(str, violation.location[:-1]))}: {violation.message}"
            context.entry.notes.append(note)
            if "did you mean" in note:
                logger.warning("%s: %s", operation.operation_id, one_line(note))
        return found if self._state.config.unknown_members == "refuse" else []

    def _checked(self, context: RequestContext, response: Response) -> Response:
        operation, provider = context.operation, self._provider
        if operation is None:
            return response
        status = response.status
        if operation.response(status) is None:
            context.entry.notes.append(f"status {status} is not in the contract")
        mismatch = check_response(
            provider.contract, operation, status, response.media_type, response.body
        )
        if mismatch is None:
            return response
        if operation.operation_id in provider.handlers:  # others have no form of their own
            context.entry.notes.append(f"the {status} was not as the contract has it: {mismatch}")
        return provider.replace_invalid(operation, response, mismatch)


def _sources(context: RequestContext, operation: Operation) -> dict[str, Mapping[str, list[str]]]:
    try:
        cookies = SimpleCookie(context.headers.get("cookie", ""))
    except CookieError:
        cookies = SimpleCookie()
    path = operation.path_values(context.path) or {}
    return {
        "path": {name: [text] for name, text in path.items()},
        "query": parse_qs(context.query, keep_blank_values=True),
        "header": {name: [text] for name, text in context.headers.items()},
        "cookie": {name: [morsel.value] for name, morsel in cookies.items()},
    }


def _matched(context: RequestContext) -> Operation:
    if not context.allowed:
        raise Problem(404, "Not Found")
    if context.operation is None:
        raise Problem(405, "Method Not Allowed", headers={"Allow": ", ".join(context.allowed)})
    return context.operation


async def _read_body(receive: Receive, limit: int) -> RequestBody | None:
    """Return the body without its excess; None if the client disconnected before its end."""
    chunks: list[bytes] = []
    size = 0
    while True:
        message: Any = await receive()
        if message["type"] == "http.disconnect":
            return None
        size += len(message.get("body", b""))
        if size <= limit:
            chunks.append(message.get("body", b""))
        if not message.get("more_body", False):
            return RequestBody(b"".join(chunks), is_too_large=size > limit)
