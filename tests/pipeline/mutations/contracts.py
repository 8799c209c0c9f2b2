"""Changes of the vendors' documents."""

from __future__ import annotations

import json
from copy import deepcopy
from typing import TYPE_CHECKING

from trunkline_pipeline.inputs import documents, manifest

from .mutation import Document, Edit, Edits, Mutation, drop, put
from .operations import METHODS, operation_edits
from .schemas import schema_edits

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


def contract_mutations(root: Path) -> Iterator[Mutation]:
    """Yield changes of every pinned document."""
    for contract in manifest.load(root / "api-contracts/contracts.toml").contracts:
        document = documents.read(contract.snapshot)
        file = contract.snapshot.relative_to(root).as_posix()
        for kind, place, edit, noticeable in _edits(document):
            where, text = f"{contract.package} {place}", _edited(document, edit)
            yield Mutation(kind, where, file, text, contract.package, noticeable)


def _edited(document: Document, edit: Edit) -> Callable[[], str]:
    def text() -> str:
        changed = deepcopy(document)
        edit(changed)
        return json.dumps(changed, indent=1)

    return text


def _edits(document: Document) -> Edits:
    for path, item in document["paths"].items():
        for method in sorted(METHODS & item.keys()):
            yield from operation_edits(path, method, item[method])
    for name, schema in document["components"]["schemas"].items():
        yield from schema_edits(name, schema, document)
    for name, item in document.get("webhooks", {}).items():
        yield "webhook removed", name, drop("webhooks", name), True
        if "x-event-name" in item:
            yield "event renamed", name, put("webhooks", name, "x-event-name", value="other"), True
        yield "webhook described", name, put("webhooks", name, "summary", value="Other"), False
    for name, scheme in document["components"].get("securitySchemes", {}).items():
        at = ("components", "securitySchemes", name)
        other = {"type": "apiKey", "in": "header", "name": "X-Other"}
        yield "scheme changed", name, put(*at, value=other), True
        yield "scheme described", name, put(*at, "description", value="Other."), False
        if "name" in scheme:
            yield "scheme's header", name, put(*at, "name", value="X-Other"), True
    yield "server changed", "", put("servers", 0, "url", value="https://a.example"), True
    yield "title described", "", put("info", "summary", value="Another summary"), False
