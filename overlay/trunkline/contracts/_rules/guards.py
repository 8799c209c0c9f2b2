"""Guards that distinguish rules of the other tool that are one kind of edit here."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from trunkline._json import is_array, is_object
from trunkline.contracts._comparing.normal import NOTES
from trunkline.contracts._comparing.schema.objects import as_list, as_object
from trunkline.contracts._comparing.walk import ERROR, RECEIVED, SENT
from trunkline.contracts._loading.pointers import find, tokens
from trunkline.contracts.model import OperationKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from trunkline.contracts._comparing.engine import Comparison
    from trunkline.contracts._comparing.walk import RawEdit
    from trunkline.contracts._graph.units import Operation

    from .contexts import Context

#: Edits that the other tool reports as an operation removed and another one added.
MOVED: Final = frozenset({"path-changed", "method-changed"})
_NUMBERS: Final = re.compile(r"\d+")


def guards(
    comparison: Comparison,
    raw: RawEdit,
    keys: tuple[str, ...],
    context: Context,
    operation: Operation | None,
) -> list[str]:
    """Return the guards of an edit, most specific first; the empty one is last unless muted."""
    own = [part for key in keys for part in key.split(".")[2:]] + [*raw.guards]
    own += _of_kind(comparison, raw)
    if operation is not None and raw.kind == "operation-removed" and _last(comparison, operation):
        own = [f"{guard}-whole-path" for guard in own] + ["whole-path"]
    if operation is not None and raw.kind in MOVED:
        removed = "removed-whole-path" if _last(comparison, operation) else "removed"
        own = [removed if raw.before == f"{operation.method} {operation.path}" else "added"]
    if operation is not None and raw.kind == "parameter-added" and _is_shared(raw, operation):
        own = ["required-shared" if "required" in own else "shared", *own]
        own = ["path"] if "path" in own else own
    if _is_muted(raw, context, operation):
        return ["required-muted", "muted"] if "required" in own else ["muted"]
    return [*own, ""]


def _is_muted(raw: RawEdit, context: Context, operation: Operation | None) -> bool:
    if operation is None or context.role not in {"request", "response"}:
        return False
    sent = (context.role == "request") == (operation.kind is OperationKind.PATH)
    way = SENT if sent else RECEIVED | ERROR
    return not raw.at.mask & way


def _of_kind(comparison: Comparison, raw: RawEdit) -> Iterator[str]:
    if raw.kind == "all-of-changed":
        yield from _all_of(raw)
    elif raw.kind.startswith("type-") and any(
        is_array(value) and len([item for item in value if item != "null"]) > 1
        for value in (raw.before, raw.after)
    ):
        yield "list"
    elif raw.kind.startswith("became-") and raw.kind.endswith(("read-only", "write-only")):
        yield "required" if _is_required(comparison, raw) else "optional"
    elif raw.kind == "parameter-moved":
        yield "optional"
    elif raw.kind in {"component-removed", "component-added"}:
        name = str(raw.before or raw.after)
        yield {"securitySchemes": "security", "schemas": "schema"}.get(name.split("/")[1], name)
    elif raw.kind == "security-flow-url-changed" and raw.subject == "tokenUrl":
        yield "token"
    elif raw.kind == "version-changed":
        before, after = _numbers(raw.before), _numbers(raw.after)
        yield "decreased" if after < before else "increased"


def _numbers(version: Any) -> list[int]:
    return [int(part) for part in _NUMBERS.findall(str(version))]


def _all_of(raw: RawEdit) -> Iterator[str]:
    before, after = as_list(raw.before), as_list(raw.after)
    word = "added" if len(after) >= len(before) else "removed"
    # A list of one member counts as that member and appears as an empty list.
    one, two = ([item for item in items if not _is_note(item)] for items in (before, after))
    if one == two or (not (before and after) and len(one or two) == 1):
        yield f"{word}-annotation"
    yield word


def _is_note(item: Any) -> bool:
    return is_object(item) and not item.keys() - NOTES


def _is_required(comparison: Comparison, raw: RawEdit) -> bool:
    number, _, pointer = raw.at.new.partition("#")
    parts = tokens(pointer)
    if len(parts) < 3 or parts[-3] != "properties":
        return False
    above = pointer.rsplit("/", 3)[0]
    schema: Any = find(comparison.new.document.trees[int(number)], above)
    return parts[-2] in as_list(as_object(schema).get("required"))


def _last(comparison: Comparison, operation: Operation) -> bool:
    return operation.path not in as_object(comparison.new.tree.get("paths"))


def _is_shared(raw: RawEdit, operation: Operation) -> bool:
    return any(
        is_object(item) and item == raw.after for item in as_list(operation.item.get("parameters"))
    )
