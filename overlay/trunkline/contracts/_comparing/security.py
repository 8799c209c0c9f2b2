"""Compare security requirements and security schemes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from trunkline._json import is_object

from .schema import schemas
from .schema.objects import as_list, as_object

if TYPE_CHECKING:
    from .walk import At, Walk

Alternative = dict[str, frozenset[str]]
_WRITTEN: Final = ("name", "in", "scheme", "openIdConnectUrl")
_URLS: Final = ("authorizationUrl", "tokenUrl", "refreshUrl", "deviceAuthorizationUrl")


def alternatives(value: Any) -> list[Alternative]:
    """Return the sets of schemes, of which one suffices; one empty set if none is required."""
    found = [
        {name: frozenset(str(scope) for scope in as_list(scopes)) for name, scopes in item.items()}
        for item in as_list(value)
        if is_object(item)
    ]
    return found or [{}]


def requirements(walk: Walk, old: Any, new: Any, at: At) -> None:
    """Record how two security requirements differ."""
    first, second = alternatives(old), alternatives(new)
    pairs = _same_schemes(first, second)
    for before, after in pairs:
        _scopes(walk, before, after, at)
    gone = [item for item in first if not any(item is before for before, _ in pairs)]
    come = [item for item in second if not any(item is after for _, after in pairs)]
    for item in gone:
        enough = any(_suffices(item, other) for other in second)
        guards = ("still-sufficient",) if enough else ()
        kind = "security-removed" if item else "security-added"
        if item or not come:
            name = _name(item)
            walk.emit(
                kind, at.at(_token(name), None, None), name, None, subject=name, guards=guards
            )
    for item in come:
        if item or any(second):  # if nothing is required any more, the removals report it
            _came(walk, item, first, at)


def _came(walk: Walk, item: Alternative, first: list[Alternative], at: At) -> None:
    name = _name(item)
    location = at.at(_token(name), None, None)
    if {} in first and item:
        walk.emit("security-added", location, None, name, subject=name)
    elif item:
        walk.emit("security-alternative-added", location, None, name, subject=name)
    else:
        walk.emit("security-became-optional", at, None, "none", subject="none")


def _token(name: str) -> str:
    return "/" + name.replace("~", "~0").replace("/", "~1")


def _name(item: Alternative) -> str:
    return " and ".join(sorted(item)) or "none"


def _suffices(sent: Alternative, asked: Alternative) -> bool:
    return all(name in sent and scopes <= sent[name] for name, scopes in asked.items())


def _same_schemes(
    first: list[Alternative], second: list[Alternative]
) -> list[tuple[Alternative, Alternative]]:
    left = list(second)
    pairs: list[tuple[Alternative, Alternative]] = []
    for before in first:
        counterpart = next((after for after in left if after.keys() == before.keys()), None)
        if counterpart is not None:
            left = [after for after in left if after is not counterpart]
            pairs.append((before, counterpart))
    return pairs


def _scopes(walk: Walk, before: Alternative, after: Alternative, at: At) -> None:
    for name in sorted(before):
        for scope in sorted(before[name] ^ after[name]):
            added = scope in after[name]
            kind = "security-scope-added" if added else "security-scope-removed"
            location = at.at(f"{_token(name)}{_token(scope)}", None, None)
            values = (None, scope) if added else (scope, None)
            walk.emit(kind, location, *values, subject=f"{name}: {scope}")


def compare_scheme(walk: Walk, old: dict[str, Any], new: dict[str, Any], at: At) -> None:
    """Record how two security schemes of the same name differ."""
    if old.get("type") != new.get("type"):
        walk.emit("security-scheme-type-changed", at.down("type"), old.get("type"), new.get("type"))
        return
    for key in _WRITTEN:
        before, after = old.get(key), new.get(key)
        if key == "scheme":
            before, after = (str(item).lower() if item else item for item in (before, after))
        if before != after:
            walk.emit("security-scheme-changed", at.down(key), before, after, subject=key)
    first, second = as_object(old.get("flows")), as_object(new.get("flows"))
    for name in sorted(first.keys() | second.keys()):
        _flow(walk, name, first.get(name), second.get(name), at.down("flows", name))
    for key in ("description", "bearerFormat"):
        schemas.texts(walk, old, new, at, key)


def _flow(walk: Walk, name: str, old: Any, new: Any, at: At) -> None:
    if old is None or new is None:
        kind = "security-flow-added" if old is None else "security-flow-removed"
        walk.emit(kind, at, old, new, subject=name)
        return
    for key in _URLS:
        if as_object(old).get(key) != as_object(new).get(key):
            values = as_object(old).get(key), as_object(new).get(key)
            walk.emit("security-flow-url-changed", at.down(key), *values, subject=key)
    first, second = (as_object(as_object(item).get("scopes")) for item in (old, new))
    for scope in sorted(first.keys() | second.keys()):
        if scope in first and scope in second:
            continue
        kind = "flow-scope-removed" if scope in first else "flow-scope-added"
        location = at.down("scopes", scope)
        walk.emit(kind, location, first.get(scope), second.get(scope), subject=scope)
