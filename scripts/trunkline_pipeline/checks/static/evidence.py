"""Check that a reconstructed contract describes each operation and names its evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from trunkline_pipeline.checks.findings import Finding
from trunkline_pipeline.inputs import pins
from trunkline_pipeline.json_types import is_array, is_object

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from trunkline_pipeline.checks.source.facts import Facts

_MARK: Final = "x-evidence"
#: Read in a package, on its page, in the documentation; published; concluded; seen in responses.
_KINDS: Final = frozenset({"sdk", "page", "docs", "published", "inferred", "observed"})


def check(facts: Facts) -> Iterator[Finding]:
    """Yield operations without evidence, description or errors, and marks of unknown kinds."""
    for package, document in facts.documents.items():
        if pins.status(document) == "reconstructed":
            for rule, look in (("evidence", _wrong), ("described", _undescribed)):
                for pointer, text in look(document):
                    file = f"generated/trunkline_generated/{package}/openapi.json"
                    yield Finding(file, 0, f"contract/{rule}", text, package, pointer=pointer)


def _undescribed(document: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    declared = [_errors(each) for _, _, each in pins.operations(document)]
    usual = (
        ", ".join(sorted(set[str].intersection(*filter(None, declared)))) if any(declared) else ""
    )
    marks = ["security" in each for _, _, each in pins.operations(document)]
    secured = "security" not in document and 2 * sum(marks) > len(marks)
    for path, method, operation in pins.operations(document):
        lacking = [key for key in ("tags", "summary", "description") if not operation.get(key)]
        if usual and not _errors(operation):
            lacking.append(f"error, and the others have {usual}")
        if secured and "security" not in operation:
            lacking.append("security, and most others have it")
        for each in lacking:
            yield _pointer(path, method), f"{method.upper()} {path} has no {each}"


def _errors(operation: Mapping[str, Any]) -> set[str]:
    return {str(status) for status in operation.get("responses", {}) if str(status) >= "4"}


def _pointer(path: str, method: str) -> str:
    return f"/paths/{path.replace('~', '~0').replace('/', '~1')}/{method}"


def _wrong(document: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for path, method, operation in pins.operations(document):
        if not operation.get(_MARK):
            yield _pointer(path, method), f"{method.upper()} {path} has no {_MARK}"
    todo: list[tuple[str, Any]] = [("", document)]
    while todo:
        pointer, node = todo.pop()
        children = node.items() if is_object(node) else enumerate(node) if is_array(node) else ()
        for name, each in children:
            inner = f"{pointer}/{str(name).replace('~', '~0').replace('/', '~1')}"
            todo.append((inner, each))
            if name == _MARK and (not is_array(each) or set(each) - _KINDS):
                yield pointer, f"{_MARK} is {each}, and may name {', '.join(sorted(_KINDS))}"
