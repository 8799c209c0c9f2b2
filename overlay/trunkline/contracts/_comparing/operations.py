"""Compare two operations, and the parts of a document that all operations share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from trunkline._json import is_object
from trunkline.contracts._loading.pointers import escape
from trunkline.contracts.model import OperationKind

from . import bodies, parameters, security
from .lifecycle import KEYWORDS, announced, lifecycle
from .schema import schemas
from .schema.objects import as_list, as_object
from .walk import ERROR, RECEIVED, SENT, At

if TYPE_CHECKING:
    from trunkline.contracts._graph.units import Operation

    from .walk import Walk

_TEXTS: Final = ("summary", "description", "externalDocs")


def compare(walk: Walk, old: Operation, new: Operation) -> None:
    """Record how an operation differs between two documents."""
    walk.unit = old.name
    at = At("", old.pointer, new.pointer, directions(old.kind)[0])
    shared = ("parameters", "servers")
    if (
        old.node != new.node
        or old.name != new.name
        or any(old.item.get(key) != new.item.get(key) for key in shared)
    ):
        _identity(walk, old, new, at)
        _contents(walk, old, new, at)


def _identity(walk: Walk, old: Operation, new: Operation, at: At) -> None:
    if old.shape != new.shape:
        kind = "method-changed" if old.path == new.path else "path-changed"
        walk.emit(kind, at, f"{old.method} {old.path}", f"{new.method} {new.path}")
    if old.operation_id != new.operation_id:
        kind = schemas.change("operation-id", bool(old.operation_id), bool(new.operation_id))
        walk.emit(kind, at.down("operationId"), old.operation_id, new.operation_id)
    before, after = as_list(old.node.get("tags")), as_list(new.node.get("tags"))
    for tag in before:
        if tag not in after:
            walk.emit("tag-removed", at.at(f"/tags/{escape(str(tag))}", None, None), tag, None)
    for tag in after:
        if tag not in before:
            walk.emit("tag-added", at.at(f"/tags/{escape(str(tag))}", None, None), None, tag)
    lifecycle(walk, old.node, new.node, at)
    for key in _TEXTS:
        schemas.texts(walk, old.node, new.node, at, key)


def _contents(walk: Walk, old: Operation, new: Operation, at: At) -> None:
    sent, received, error = directions(old.kind)
    parameters.compare(walk, old, new, at._replace(mask=sent))
    body = at.down("requestBody")._replace(mask=sent)
    bodies.request_body(walk, old.node.get("requestBody"), new.node.get("requestBody"), body)
    bodies.responses(
        walk,
        as_object(old.node.get("responses")),
        as_object(new.node.get("responses")),
        at.down("responses")._replace(mask=received),
        error,
    )
    _security(walk, old.node, new.node, at)
    extensions(walk, old.node, new.node, at)
    first, second = (own_servers(item) for item in (old, new))
    if first is not None and second is not None:
        servers(walk, first, second, at.down("servers"))
    elif first is not second:
        walk.emit("servers-overridden", at.down("servers"), first, second)


def extensions(walk: Walk, old: dict[str, Any], new: dict[str, Any], at: At) -> None:
    """Record that `x-…` members differ."""
    for key in sorted(old.keys() | new.keys()):
        known = key in KEYWORDS or not key.startswith("x-")
        if not known and old.get(key) != new.get(key):
            values = old.get(key), new.get(key)
            walk.emit("extension-changed", at.down(key), *values, subject=key)


def directions(kind: OperationKind) -> tuple[int, int, int]:
    """Return the directions of the request, of a response, and of an error response.

    A webhook's request is received by the client, and the client's response is sent.
    """
    if kind is OperationKind.PATH:
        return SENT, RECEIVED, ERROR
    return RECEIVED, SENT, SENT


def own_servers(operation: Operation) -> Any:
    """Return the servers of an operation or of its path item, None if it uses the document's."""
    return operation.node.get("servers") or operation.item.get("servers")


def _security(walk: Walk, old: dict[str, Any], new: dict[str, Any], at: At) -> None:
    own = "security" in old, "security" in new
    if not any(own):
        return
    first = old["security"] if own[0] else walk.old.tree.get("security")
    second = new["security"] if own[1] else walk.new.tree.get("security")
    security.requirements(walk, first, second, at.down("security"))


def came(walk: Walk, operation: Operation) -> None:
    """Record that an operation was added."""
    walk.unit = operation.name
    kind = (
        "operation-added" if operation.kind is OperationKind.PATH else _swapped(operation, "added")
    )
    at = At("", "0#/paths", operation.pointer, directions(operation.kind)[0])
    walk.emit(kind, at, None, operation.operation_id or operation.name, subject=operation.path)


def went(walk: Walk, operation: Operation) -> None:
    """Record that an operation was removed; its earlier announcements decide the level."""
    walk.unit = operation.name
    kind = (
        "operation-removed"
        if operation.kind is OperationKind.PATH
        else _swapped(operation, "removed")
    )
    at = At("", operation.pointer, "0#/paths", directions(operation.kind)[0])
    name = operation.operation_id or operation.name
    walk.emit(kind, at, name, None, subject=operation.path, guards=announced(operation.node))


def _swapped(operation: Operation, what: str) -> str:
    return f"{operation.kind.value}-{what}"


def servers(walk: Walk, old: Any, new: Any, at: At) -> None:
    """Record how two lists of servers differ."""
    first, second = _by_url(old), _by_url(new)
    gone = [url for url in first if url not in second]
    come = [url for url in second if url not in first]
    for before, after in zip(gone, come, strict=False):
        location = at.at(f"/{escape(before)}", None, None)
        walk.emit("server-url-changed", location, before, after, subject=before)
    for url in gone[len(come) :]:
        location = at.at(f"/{escape(url)}", None, None)
        walk.emit("server-removed", location, url, None, subject=url)
    for url in come[len(gone) :]:
        location = at.at(f"/{escape(url)}", None, None)
        walk.emit("server-added", location, None, url, subject=url)
    for url in first:
        if url in second and first[url].get("variables") != second[url].get("variables"):
            values = first[url].get("variables"), second[url].get("variables")
            location = at.at(f"/{escape(url)}/variables", None, None)
            walk.emit("server-variables-changed", location, *values, subject=url)


def _by_url(value: Any) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {
        str(item.get("url")): item for item in as_list(value) if is_object(item)
    }
    return found or {"/": {}}


def whole(walk: Walk) -> None:
    """Compare the document-level parts: servers, security, title and version."""
    old, new = walk.old.tree, walk.new.tree
    walk.unit = "servers"
    servers(walk, old.get("servers"), new.get("servers"), _top("servers"))
    walk.unit = "security"
    if old.get("security") != new.get("security"):
        security.requirements(walk, old.get("security"), new.get("security"), _top("security"))
    walk.unit = "info"
    first, second = as_object(old.get("info")), as_object(new.get("info"))
    if first.get("version") != second.get("version"):
        values = first.get("version"), second.get("version")
        walk.emit("version-changed", _top("info").down("version"), *values)
    for key in ("title", "description", "termsOfService", "contact", "license", "summary"):
        schemas.texts(walk, first, second, _top("info"), key)
    extensions(walk, first, second, _top("info"))
    walk.unit = "tags"
    schemas.texts(walk, old, new, At("", "0#", "0#", SENT), "tags")
    walk.unit = "openapi"
    extensions(walk, old, new, At("", "0#", "0#", SENT))
    if old.get("openapi") != new.get("openapi"):
        values = old.get("openapi"), new.get("openapi")
        walk.emit("openapi-version-changed", _top("openapi"), *values)


def _top(key: str) -> At:
    return At("", f"0#/{key}", f"0#/{key}", SENT)
