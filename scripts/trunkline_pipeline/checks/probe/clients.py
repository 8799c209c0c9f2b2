"""The clients of the overlay, and their marked methods with the facts from their source."""

from __future__ import annotations

import inspect
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

from trunkline_pipeline.checks.findings import Finding
from trunkline_pipeline.checks.source.facts import about
from trunkline_pipeline.checks.source.pairing import Pairing, best
from trunkline_pipeline.errors import PipelineError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from trunkline_pipeline.checks.contract.operations import Operation
    from trunkline_pipeline.checks.source.facts import Facts
    from trunkline_pipeline.checks.source.methods import Method

    from .recorder import Recorder

_DEPTH: Final = 4
TWINS: Final = {"_async": "Async", "_sync": ""}


@dataclass(frozen=True, slots=True)
class Probe:
    """One marked method of a connected client.

    Attributes:
        call: the bound method.
        method: the facts from its source.
        pairing: its arguments with the fields of its operation.
        document: the patched contract.
        recorder: the transport that receives its requests.
        folder: where it may write files.
    """

    call: Callable[..., Any]
    method: Method
    pairing: Pairing
    document: Any
    recorder: Recorder
    folder: Path

    @property
    def operation(self) -> Operation:
        return self.pairing.operation

    def finding(self, rule: str, message: str) -> Finding:
        """Return a finding about the method; the message names its sync or async form."""
        name = f"{self.call.__module__.removeprefix('trunkline.')}.{self.call.__qualname__}"
        return about(self.method, rule, f"{name}: {message}", self.operation)


def probes(
    facts: Facts, providers: Iterable[str], recorder: Recorder, scratch: Path
) -> Iterator[Probe | Finding]:
    """Yield every marked method of the clients, and a finding for each client that fails."""
    for provider in providers:
        for twin, prefix in TWINS.items():
            try:
                client = connected(provider, twin, recorder)
                found = marked_methods(client)
            except Exception as error:  # noqa: BLE001  # continue with other providers
                file = f"overlay/trunkline/{provider}/{twin}/client.py"
                text = f"not probed: {type(error).__name__}: {error}"
                yield Finding(file, 0, "import/failed", text)
                continue
            yield from paired(facts, provider, prefix, found, recorder, scratch)


def connected(provider: str, folder: str, transport: object) -> Any:
    """Return a provider's client, ``_sync`` or ``_async``, with a credential of each kind."""
    module = import_module(f"trunkline.{provider}.{folder}.client")
    own = (v for v in vars(module).values() if getattr(v, "__module__", "") == module.__name__)
    client_class: Any = next((each for each in own if hasattr(each, "with_options")), None)
    if client_class is None:
        raise PipelineError(f"{module.__name__} defines no client")
    names = inspect.signature(client_class).parameters
    credentials = {n: f"probe-{n}" for n in names if n.endswith(("_key", "_token"))}
    return client_class(**credentials, transport=transport, max_retries=0)


def marked_methods(client: object) -> dict[tuple[str, str], Any]:
    """Return the marked methods of a client by the name of their class and their own."""
    return {k: each for k, each in public_methods(client) if hasattr(each, "__operation__")}


def public_methods(thing: Any, depth: int = _DEPTH) -> Iterator[tuple[tuple[str, str], Any]]:
    """Yield the methods of a client and of its resources, by class name and method name."""
    for name in [name for name in dir(thing.__class__) if not name.startswith("_")]:
        value = getattr(thing, name)
        if inspect.ismethod(value):
            owner = value.__func__.__qualname__.rpartition(".")[0]
            yield (owner, name), value
        elif depth and _is_resource(thing, value):
            yield from public_methods(value, depth - 1)


def _is_resource(owner: object, value: object) -> bool:
    # A resource is in the package of its client; the generated client and plain values are not.
    package = type(owner).__module__.rpartition(".")[0]
    return type(value).__module__.startswith(package) and not isinstance(value, type)


def paired(
    facts: Facts,
    provider: str,
    prefix: str,
    found: dict[tuple[str, str], Any],
    recorder: Recorder,
    scratch: Path,
) -> Iterator[Probe | Finding]:
    """Yield the bound methods of a client with the facts from their source."""
    for method in facts.methods[provider]:
        if method.key is None or method.key not in facts.operations:
            continue
        owner = prefix + method.owner.removeprefix("Async")
        call = found.get((owner, method.node.name))
        if call is None:
            text = f"{method} is marked, and no attribute of the client leads to {owner}"
            yield about(method, "operation/unreachable", text)
            continue
        document = facts.documents[method.key[0]]
        pairing = best(method, facts.operations[method.key], document)
        yield Probe(call, method, pairing, document, recorder, scratch)
