"""Send one valid request for each operation of the sandbox, in memory."""

from __future__ import annotations

import asyncio
import traceback
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

import httpx

from trunkline_pipeline.checks.findings import Finding
from trunkline_pipeline.checks.static import released

from . import deliveries
from .fields import SeenFields, differences
from .known_ids import KnownIds

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterable, Iterator

    from trunkline_pipeline.checks.contract.operations import Operation
    from trunkline_pipeline.checks.source.facts import Facts

_NOWHERE: Final = "https://receiver.invalid/"
#: Enough virtual seconds for a call to end, or an export to be written.
_WAIT: Final = 600
_TRIES: Final = 3
#: Operations that create first, then those that read, then change, and deletion last.
_ORDER: Final = ("post", "get", "put", "patch", "delete")


def check(facts: Facts) -> Iterator[Finding]:
    """Yield operations for which the sandbox differs from the contract."""
    try:
        from trunkline.sandbox import ManualClock, SandboxConfig
        from trunkline.sandbox.app import create_app

        app: Any = create_app(ManualClock(), _config(SandboxConfig()))
    except Exception as error:  # noqa: BLE001  # for any error, continue with the other rules
        text = f"not probed: {type(error).__name__}: {error}"
        yield Finding("overlay/trunkline/sandbox/app.py", 0, "import/failed", text)
        return
    yield from asyncio.run(_all(app, facts))


def _config(config: Any) -> Any:
    """Return a configuration that keeps deliveries and requires no Twilio signature."""
    return replace(
        config,
        deliveries=replace(config.deliveries, hold=config.max_items),
        pamela=replace(config.pamela, webhook_url=_NOWHERE),
        phone_ai=replace(config.phone_ai, webhook_url=_NOWHERE),
        stateset=replace(config.stateset, webhook_url=_NOWHERE, twilio_auth_token=None),
    )


async def _all(app: Any, facts: Facts) -> list[Finding]:
    found: list[Finding] = []
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://sandbox") as http:
        every = [
            _Served(http, provider, facts, _credentials(app, provider))
            for provider in app.registry.by_name.values()
            if provider.package in facts.documents
        ]
        for served in every:
            found += [each async for each in served.findings()]
        for served in every:
            await served.create()
        # Calls end, and their events are sent.
        await http.post("/_control/clock", json={"advance": _WAIT})
    found += deliveries.check(app, facts)
    return found


def _credentials(app: Any, provider: Any) -> list[str]:
    """Return accepted credentials, the provider's own first: some use those of another."""
    every = [provider, *app.registry.by_name.values()]
    pairs = [pair for each in every for pair in each.credentials().items()]
    return list(dict.fromkeys(v[0] for name, v in pairs if v and "WEBHOOK" not in name))


class _Served:
    """One API of the sandbox, with the ids from its responses."""

    def __init__(
        self, http: httpx.AsyncClient, provider: Any, facts: Facts, credentials: list[str]
    ) -> None:
        self._http, self._provider = http, provider
        self._document = facts.documents[provider.package]
        every = [v for key, v in facts.operations.items() if key[0] == provider.package]
        self._variants = [each for variants in every for each in variants]
        first = (variants[0] for variants in every)
        self._operations = sorted(first, key=lambda o: (_ORDER.index(o.method), o.path.count("{")))
        self._credentials = credentials
        self._ids = KnownIds(self._document)
        self._seen = SeenFields(self._document)
        self._released = released.before(facts).get(provider.package, {})

    async def findings(self) -> AsyncIterator[Finding]:
        """Yield all findings, operation by operation."""
        for operation in self._operations:
            if operation.operation_id not in self._provider.handlers:
                yield self._finding("sandbox/no-handler", operation, "no handler carries it out")
            response = await self._tried(operation)
            if not response.is_success:
                text = f"a valid request gives {response.status_code}: {response.text[:200]}"
                yield self._finding("sandbox/failed", operation, text)
                continue
            for text in self._differences(operation, response):
                if not self._is_example(operation):
                    yield self._finding("sandbox/response", operation, text)
        for each in (*self._unseen(), *self._unhandled()):
            yield each

    async def create(self) -> None:
        """Create every resource once more, with each form of a body; they then run to their end."""
        for operation in self._variants:
            if operation.method == "post" and "{" not in operation.path:
                await self._sent(operation)

    def _unhandled(self) -> Iterator[Finding]:
        """Yield operations that the sandbox has beyond the contract and that lost their handler."""
        known = {each.operation_id for each in self._operations}
        for each in self._provider.contract.operations:
            if each.operation_id not in self._provider.handlers.keys() | known:
                text = (
                    f"no handler carries out {each.operation_id}, which the contract does not have"
                )
                yield self._finding("sandbox/no-handler", self._operations[0], text)

    def _unseen(self) -> Iterator[Finding]:
        """Yield fields of the last release that no response has, and unused declarations."""
        left = {(key, name) for key, names in self._provider.omits.items() for name in names}
        for path, name in self._seen.unseen():
            operation = next(o for o in self._operations if path.startswith(f"{o}/"))
            if self._is_example(operation):
                continue
            field = f"{path.removeprefix(f'{operation}/')}/{name}"
            if (mark := (operation.operation_id, name)) in left:
                left.discard(mark)
            elif field in self._released.get(operation.operation_id, {}).get("fields", ()):
                text = f"no response has {field}"
                yield self._finding("sandbox/unseen", operation, text)
        yield from self._needless(left)

    def _is_example(self, operation: Operation) -> bool:
        """Return whether the response is the contract's own example, whose fields are fixed."""
        own = self._provider.handlers.get(operation.operation_id)
        return bool(own == self._provider.example_response)

    def _needless(self, left: Iterable[tuple[str, str]]) -> Iterator[Finding]:
        known = {each.operation_id: each for each in self._operations}
        for key, name in sorted(left):
            text = f"omits names {name}, which a response has"
            if key not in known:
                text = f"omits has {key}, which is not an operation of the contract"
            operation = known.get(key, self._operations[0])
            yield self._finding("declaration/unused", operation, text)

    def _finding(self, rule: str, operation: Operation, text: str) -> Finding:
        module = type(self._provider).__module__.replace(".", "/")
        about = (self._provider.package, operation.operation_id, operation.pointer)
        return Finding(f"overlay/{module}.py", 0, rule, text, *about)

    async def _tried(self, operation: Operation) -> httpx.Response:
        """Send a request until it succeeds: resources may have to be created first, or to end."""
        response = await self._sent(operation)
        for _ in range(_TRIES):
            if response.is_success:
                break
            # Creations come last, so that their ids are used and not those of a list.
            for other in reversed(self._operations):
                if "{" not in other.path and other is not operation:
                    await self._sent(other)
            response = await self._sent(operation)
            if not response.is_success:
                await self._http.post("/_control/clock", json={"advance": _WAIT})
                response = await self._sent(operation)
        return response

    async def _sent(self, operation: Operation) -> httpx.Response:
        response = httpx.Response(500, text="no credential of the configuration is accepted")
        for credential in self._credentials:
            try:
                response = await self._http.request(**self._request(operation, credential))
            except Exception as error:  # noqa: BLE001  # continue with other operations
                response = httpx.Response(500, text=_error_text(error))
            if response.status_code not in {401, 403}:
                break
        if response.is_success and "json" in response.headers.get("content-type", ""):
            self._ids.add(operation, response.json())
        return response

    def _request(self, operation: Operation, credential: str) -> dict[str, Any]:
        fields = [f for f in operation.fields if f.required or f.location in {"json", "form"}]
        sent = [(field, self._ids.value(field, number)) for number, field in enumerate(fields)]
        body = {f.name: value for f, value in sent if f.location in {"json", "form"}}
        form = "urlencoded" in operation.media_type
        return {
            "method": operation.method,
            "url": self._provider.mount + self._ids.path(operation),
            "params": {f.name: value for f, value in sent if f.location == "query"},
            "headers": self._headers(operation, credential),
            **({"data" if form else "json": body} if operation.media_type else {}),
        }

    def _headers(self, operation: Operation, credential: str) -> dict[str, str]:
        schemes = self._document.get("components", {}).get("securitySchemes", {})
        for name in operation.schemes(self._document):
            if schemes[name].get("type") == "apiKey":
                return {schemes[name]["name"]: credential}
            return {"Authorization": f"Bearer {credential}"}
        return {}

    def _differences(self, operation: Operation, response: httpx.Response) -> Iterator[str]:
        forms = [
            (media_type, schema)
            for status, media_type, schema in operation.successes(self._document)
            if status == response.status_code
        ]
        if not forms:
            yield f"the status {response.status_code} is not documented"
        for media_type, schema in forms[:1]:
            if "json" in media_type:
                self._seen.add(response.json(), schema, f"{operation}/")
                yield from differences(response.json(), schema, self._document)


def _error_text(error: Exception) -> str:
    """Return the error that a handler raised, and its location."""
    frames = traceback.extract_tb(error.__traceback__)
    last = next((f for f in reversed(frames) if "/sandbox/" in f.filename), frames[-1])
    home = last.filename.partition("/sandbox/")[2]
    return f"{type(error).__name__}: {error} in line {last.lineno} of sandbox/{home}"
