"""Compare parameters and headers: their names, serialization and contents."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from .lifecycle import announced, lifecycle
from .normal import normal, opened
from .schema import schemas
from .schema.objects import as_list, as_object

if TYPE_CHECKING:
    from trunkline.contracts._graph.units import Component, Operation, Side

    from .walk import At, Walk

_VARIABLE: Final = re.compile(r"\{([^{}]*)\}")
_STYLES: Final = {"query": "form", "cookie": "form", "path": "simple", "header": "simple"}


class Found(NamedTuple):
    """A parameter, header, body or response.

    Attributes:
        node: the parameter, with references followed.
        pointer: its location.
        ref: the component, if it was given by reference.
    """

    node: dict[str, Any]
    pointer: str
    ref: Component | None

    @property
    def identity(self) -> tuple[str, str]:
        """The `in` value and the name; header names are case-insensitive."""
        location, name = str(self.node.get("in")), str(self.node.get("name"))
        return location, name.lower() if location == "header" else name


def parameters(side: Side, operation: Operation) -> dict[tuple[str, str], Found]:
    """Return the parameters of an operation, including those of its path item."""
    found: dict[tuple[str, str], Found] = {}
    owners = (
        (operation.item, operation.item_pointer),
        (operation.node, operation.pointer),
    )
    for node, pointer in owners:
        for number, value in enumerate(as_list(node.get("parameters"))):
            parameter = follow(side, value, f"{pointer}/parameters/{number}")
            found[parameter.identity] = parameter
    return found


def follow(side: Side, value: Any, pointer: str) -> Found:
    """Return a parameter, header, body or response with references followed."""
    component: Component | None = None
    for _ in range(32):
        ref = as_object(value).get("$ref")
        if not isinstance(ref, str):
            break
        component = side.target(ref, pointer)
        value, pointer = component.node, component.pointer
    return Found(as_object(value), pointer, component)


def compare(walk: Walk, old: Operation, new: Operation, at: At) -> None:
    """Record how the parameters of an operation differ."""
    first, second = parameters(walk.old, old), parameters(walk.new, new)
    first = _renamed(walk, old, new, first, second, at)
    gone = [found for identity, found in first.items() if identity not in second]
    come = [found for identity, found in second.items() if identity not in first]
    _moved(walk, gone, come, at)
    for identity, found in first.items():
        if identity in second:
            _pair(walk, found, second[identity], at)
    for found in gone:
        _removed(walk, found, at)
    for found in come:
        _added(walk, found, at)


def _key(found: Found) -> str:
    return f"/parameters/{found.node.get('in')}:{found.node.get('name')}".replace("~", "~0")


def _renamed(
    walk: Walk,
    old: Operation,
    new: Operation,
    first: dict[tuple[str, str], Found],
    second: dict[tuple[str, str], Found],
    at: At,
) -> dict[tuple[str, str], Found]:
    """Rename path parameters to the names at their positions in the new path."""
    names = _VARIABLE.findall(old.path), _VARIABLE.findall(new.path)
    if names[0] == names[1] or len(names[0]) != len(names[1]):
        return first
    result: dict[tuple[str, str], Found] = {}
    now = dict(zip(*names, strict=True))
    for (location, name), found in first.items():
        other = now.get(name, name)
        if location == "path" and other != name and ("path", other) in second:
            here = at.at(_key(found), found.pointer, second["path", other].pointer)
            walk.emit("path-parameter-renamed", here, name, other, subject=name)
            result["path", other] = found
        else:
            result[location, name] = found
    return result


def _moved(walk: Walk, gone: list[Found], come: list[Found], at: At) -> None:
    for found in list(gone):
        counterparts = [other for other in come if other.node.get("name") == found.node.get("name")]
        if len(counterparts) == 1:
            location = at.at(_key(found), found.pointer, counterparts[0].pointer)
            before, after = found.node.get("in"), counterparts[0].node.get("in")
            name = str(found.node.get("name"))
            walk.emit("parameter-moved", location, before, after, subject=name)
            gone.remove(found)
            come.remove(counterparts[0])


def _removed(walk: Walk, found: Found, at: At) -> None:
    location = at.at(_key(found), found.pointer, None)
    name = str(found.node.get("name"))
    walk.emit(
        "parameter-removed", location, found.node, None, subject=name, guards=announced(found.node)
    )


def _added(walk: Walk, found: Found, at: At) -> None:
    guards: tuple[str, ...] = ()
    if found.node.get("in") == "path":
        guards = ("path",)
    elif found.node.get("required") is True:
        form = opened(walk.new, normal(walk.new, found.node.get("schema", True), found.pointer))
        guards = ("required-with-default", "required") if "default" in form.notes else ("required",)
    location = at.at(_key(found), None, found.pointer)
    name = str(found.node.get("name"))
    walk.emit("parameter-added", location, None, found.node, subject=name, guards=guards)


def _pair(walk: Walk, old: Found, new: Found, at: At) -> None:
    if old.ref and new.ref and walk.pairs.same(old.ref, new.ref):
        return  # compared once, as a component
    location = at.at(_key(old), old.pointer, new.pointer)
    compare_parameter(walk, old.node, new.node, location)


def moved(walk: Walk, old: dict[str, Any], new: dict[str, Any], at: At) -> None:
    """Record that a shared parameter has a new name or `in` value."""
    if _identity(old) != _identity(new):
        before, after = (f"{node.get('in')}:{node.get('name')}" for node in (old, new))
        walk.emit("parameter-moved", at, before, after, subject=str(old.get("name")))


def compare_parameter(walk: Walk, old: dict[str, Any], new: dict[str, Any], at: At) -> None:
    """Record how two parameters with the same name and `in` value differ."""
    if old == new:
        return
    name = str(new.get("name"))
    needed = old.get("required") is True, new.get("required") is True
    if needed[0] != needed[1]:
        kind = "parameter-became-required" if needed[1] else "parameter-became-optional"
        walk.emit(kind, at.down("required"), *needed, subject=name)
    _serialisation(walk, old, new, at)
    lifecycle(walk, old, new, at)
    _content(walk, old, new, at)
    for key in ("description", "example", "examples"):
        schemas.texts(walk, old, new, at, key)


def _identity(node: dict[str, Any]) -> tuple[Any, Any]:
    name = node.get("name")
    if node.get("in") == "header" and isinstance(name, str):
        name = name.lower()
    return node.get("in"), name


def _serialisation(walk: Walk, old: dict[str, Any], new: dict[str, Any], at: At) -> None:
    first, second = _written(old), _written(new)
    restyled = first["style"] != second["style"]
    for key, value in first.items():
        if key == "explode" and restyled and key not in old and key not in new:
            continue  # its default follows the style
        if value != second[key]:
            walk.emit("serialization-changed", at.down(key), value, second[key], subject=key)


def _written(node: dict[str, Any]) -> dict[str, Any]:
    style = node.get("style", _STYLES.get(str(node.get("in")), "simple"))
    return {
        "style": style,
        "explode": node.get("explode", style == "form"),
        "allowReserved": node.get("allowReserved", False),
        "allowEmptyValue": node.get("allowEmptyValue", False),
    }


def _content(walk: Walk, old: dict[str, Any], new: dict[str, Any], at: At) -> None:
    if "schema" in old or "schema" in new:
        if "content" in old or "content" in new:
            walk.emit("serialization-changed", at, *_forms(old, new), subject="content")
            return
        location = at.down("schema")
        schemas.compare(walk, old.get("schema", True), new.get("schema", True), location)
        return
    first, second = as_object(old.get("content")), as_object(new.get("content"))
    for name in sorted(first.keys() | second.keys()):
        location = at.down("content", name)
        if name in first and name in second:
            one, two = as_object(first[name]), as_object(second[name])
            schemas.compare(
                walk, one.get("schema", True), two.get("schema", True), location.down("schema")
            )
        else:
            walk.emit(
                "serialization-changed", location, first.get(name), second.get(name), subject=name
            )


def _forms(old: dict[str, Any], new: dict[str, Any]) -> tuple[str, str]:
    first, second = ("schema" if "schema" in node else "content" for node in (old, new))
    return first, second
