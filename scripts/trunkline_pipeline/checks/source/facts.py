"""Everything that the static rules compare: the contracts, and the source."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from trunkline_pipeline.checks.contract.operations import contract_operations
from trunkline_pipeline.checks.findings import Finding

from .methods import attributes, methods

if TYPE_CHECKING:
    from collections.abc import Mapping

    from trunkline_pipeline.checks.contract.operations import Operation

    from .methods import Method
    from .modules import Sources


@dataclass(frozen=True)
class Facts:
    """One repository.

    Attributes:
        sources: its modules.
        documents: the patched contracts by generated package.
        servers: the server that contracts.toml names, likewise.
        vendor: the snapshots without patches, likewise.
    """

    sources: Sources
    documents: Mapping[str, Mapping[str, Any]]
    servers: Mapping[str, str] = field(default_factory=dict[str, str])
    vendor: Mapping[str, Mapping[str, Any]] = field(default_factory=dict[str, Any])

    @cached_property
    def operations(self) -> dict[tuple[str, str], list[Operation]]:
        """The operations with one entry per variant of the body, by package and endpoint module."""
        found: dict[tuple[str, str], list[Operation]] = {}
        for package, document in self.documents.items():
            for each in contract_operations(package, document):
                found.setdefault(each.key, []).append(each)
        return found

    @cached_property
    def methods(self) -> dict[str, list[Method]]:
        """The public methods of each provider."""
        return {
            provider: list(methods(self.sources, provider)) for provider in self.sources.providers()
        }

    @cached_property
    def attributes(self) -> dict[str, dict[str, str]]:
        """The class of each resource by the client's attribute, for each provider."""
        return {
            provider: attributes(self.sources, provider) for provider in self.sources.providers()
        }

    def marked(self, key: tuple[str, str]) -> list[Method]:
        """Return the methods marked with an operation."""
        return [each for provider in self.methods.values() for each in provider if each.key == key]

    def packages(self, provider: str) -> list[str]:
        """Return the generated packages that a provider's methods call, the client's first."""
        client = self.sources.module(f"trunkline.{provider}._async.client")
        sources = [source for source, _ in client.imports.values()] if client else []
        first = [s.split(".")[1] for s in sources if s.startswith("trunkline_generated.")]
        marked = [each.key[0] for each in self.methods[provider] if each.key]
        return [p for p in dict.fromkeys([*first[:1], *marked]) if p in self.documents]


def about(method: Method, rule: str, message: str, operation: Operation | None = None) -> Finding:
    """Return a finding at the first line of a method."""
    node = method.node
    if operation is None:
        return Finding(method.module.file, node.lineno, rule, message)
    about = (operation.key[0], operation.operation_id, operation.pointer)
    return Finding(method.module.file, node.lineno, rule, message, *about)
