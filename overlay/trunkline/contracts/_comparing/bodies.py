"""Compare request bodies, responses, media types and response headers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from .lifecycle import lifecycle
from .parameters import Found, compare_parameter, follow
from .schema import schemas
from .schema.objects import as_object

if TYPE_CHECKING:
    from .walk import At, Walk

_MISSING: Final[Any] = object()


def request_body(walk: Walk, old: Any, new: Any, at: At) -> None:
    """Record how the request body of an operation differs; None means no body."""
    if old == new:
        return
    if old is None or new is None:
        _body_came(walk, old, new, at)
        return
    first, second = follow(walk.old, old, at.old), follow(walk.new, new, at.new)
    if first.ref and second.ref and walk.pairs.same(first.ref, second.ref):
        return
    compare_body(walk, first.node, second.node, _at(at, first, second))


def _at(at: At, first: Found, second: Found) -> At:
    return at._replace(old=first.pointer, new=second.pointer)


def _body_came(walk: Walk, old: Any, new: Any, at: At) -> None:
    if old is None:
        required = follow(walk.new, new, at.new).node.get("required") is True
        walk.emit("request-body-added", at, old, new, guards=("required",) if required else ())
    else:
        walk.emit("request-body-removed", at, old, new)


def compare_body(walk: Walk, old: dict[str, Any], new: dict[str, Any], at: At) -> None:
    """Record how two request bodies differ."""
    before, after = old.get("required") is True, new.get("required") is True
    if before != after:
        kind = "request-body-became-required" if after else "request-body-became-optional"
        walk.emit(kind, at.down("required"), before, after)
    content(walk, as_object(old.get("content")), as_object(new.get("content")), at.down("content"))
    schemas.texts(walk, old, new, at, "description")


def content(walk: Walk, old: dict[str, Any], new: dict[str, Any], at: At) -> None:
    """Record how the media types of a body differ."""
    first, second = _parsed(old), _parsed(new)
    gone = [name for name in first if name not in second]
    come = [name for name in second if name not in first]
    _renamed(walk, first, second, (gone, come), at)
    for name, (written, value) in first.items():
        if name in second:
            other, now = second[name]
            location = at.at("/" + _escape(written), *_both(at, written, other))
            _media_type(walk, as_object(value), as_object(now), location)
    for name in gone:
        walk.emit("media-type-removed", at.down(first[name][0]), name, None, subject=name)
    for name in come:
        walk.emit("media-type-added", at.down(second[name][0]), None, name, subject=name)


def _escape(name: str) -> str:
    return name.replace("~", "~0").replace("/", "~1")


def _both(at: At, old: str, new: str) -> tuple[str, str]:
    return f"{at.old}/{_escape(old)}", f"{at.new}/{_escape(new)}"


def _parsed(value: dict[str, Any]) -> dict[str, tuple[str, Any]]:
    """Return the media types by lower-case name without spaces."""
    return {name.lower().replace(" ", ""): (name, item) for name, item in value.items()}


def _renamed(
    walk: Walk,
    first: dict[str, tuple[str, Any]],
    second: dict[str, tuple[str, Any]],
    changed: tuple[list[str], list[str]],
    at: At,
) -> None:
    """Treat `application/json` and `application/json; charset=utf-8` as one media type."""
    gone, come = changed
    for name in list(gone):
        counterparts = [
            other for other in come if other.partition(";")[0] == name.partition(";")[0]
        ]
        if counterparts:
            location = at.at(
                "/" + _escape(first[name][0]), *_both(at, first[name][0], counterparts[0])
            )
            walk.emit(
                "media-type-parameters-changed", location, name, counterparts[0], subject=name
            )
            second[name] = second[counterparts[0]]
            gone.remove(name)
            come.remove(counterparts[0])


def _media_type(walk: Walk, old: dict[str, Any], new: dict[str, Any], at: At) -> None:
    if old == new:
        return
    before, after = old.get("schema", _MISSING), new.get("schema", _MISSING)
    if before is not _MISSING and after is not _MISSING:
        schemas.compare(walk, before, after, at.down("schema"))
    elif before is not after:
        kind = "media-type-schema-added" if before is _MISSING else "media-type-schema-removed"
        walk.emit(kind, at.down("schema"), old.get("schema"), new.get("schema"))
    first, second = as_object(old.get("encoding")), as_object(new.get("encoding"))
    for name in sorted(first.keys() | second.keys()):
        if first.get(name) != second.get(name):
            location = at.down("encoding", name)
            walk.emit("encoding-changed", location, first.get(name), second.get(name), subject=name)
    for key in ("example", "examples"):
        schemas.texts(walk, old, new, at, key)


def compare_response(walk: Walk, old: dict[str, Any], new: dict[str, Any], at: At) -> None:
    """Record how two responses of the same status differ."""
    content(walk, as_object(old.get("content")), as_object(new.get("content")), at.down("content"))
    _headers(walk, as_object(old.get("headers")), as_object(new.get("headers")), at.down("headers"))
    schemas.texts(walk, old, new, at, "description")
    schemas.texts(walk, old, new, at, "links")


def _headers(walk: Walk, old: dict[str, Any], new: dict[str, Any], at: At) -> None:
    first = {name.lower(): (name, value) for name, value in old.items()}
    second = {name.lower(): (name, value) for name, value in new.items()}
    for name, (written, value) in first.items():
        found = follow(walk.old, value, f"{at.old}/{_escape(written)}")
        if name not in second:
            guards = ("required",) if found.node.get("required") is True else ()
            location = at.down(written)
            walk.emit("header-removed", location, found.node, None, subject=written, guards=guards)
            continue
        other, now = second[name]
        counterpart = follow(walk.new, now, f"{at.new}/{_escape(other)}")
        if not (found.ref and counterpart.ref and walk.pairs.same(found.ref, counterpart.ref)):
            location = at.at("/" + _escape(written), found.pointer, counterpart.pointer)
            compare_header(walk, found.node, counterpart.node, location, written)
    for name, (written, value) in second.items():
        if name not in first:
            walk.emit("header-added", at.down(written), None, value, subject=written)


def compare_header(walk: Walk, old: dict[str, Any], new: dict[str, Any], at: At, name: str) -> None:
    """Record how two headers of the same name differ."""
    before, after = old.get("required") is True, new.get("required") is True
    if before != after:
        kind = "header-became-required" if after else "header-became-optional"
        walk.emit(kind, at.down("required"), before, after, subject=name)
    first, second = (
        {key: value for key, value in node.items() if key != "required"} for node in (old, new)
    )
    compare_parameter(walk, first, second, at)


def responses(walk: Walk, old: dict[str, Any], new: dict[str, Any], at: At, error: int) -> None:
    """Record how the responses differ; `error` is the direction of those with an error status."""
    for status in [*old, *(key for key in new if key not in old)]:
        if status.startswith("x-"):
            continue
        location = at.down(status)
        if is_error(status):
            location = location._replace(mask=error)
        _response(walk, status, old.get(status), new.get(status), location)


def is_error(status: str) -> bool:
    """Return whether a status of the `responses` object is only sent for errors."""
    return status.lower() == "default" or status[:1] in {"4", "5"}


def _response(walk: Walk, status: str, old: Any, new: Any, at: At) -> None:
    if old == new:
        return
    if old is None or new is None:
        kind = "response-added" if old is None else "response-removed"
        guards = ("error",) if is_error(status) else ()
        walk.emit(kind, at, old, new, subject=status, guards=guards)
        return
    first, second = follow(walk.old, old, at.old), follow(walk.new, new, at.new)
    if first.ref and second.ref and walk.pairs.same(first.ref, second.ref):
        return
    compare_response(walk, first.node, second.node, _at(at, first, second))


__all__ = ["compare_body", "compare_header", "compare_response", "lifecycle", "request_body"]
