"""The types that an annotation accepts, as a set of words to compare with a schema."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .modules import Module, Sources

_PLAIN: Final = {
    "str": "text",
    "int": "integer",
    "float": "number",
    "bool": "boolean",
    "datetime": "moment",
    "date": "day",
    "None": "null",
    "Any": "any",
    "Secret": "text",
    "PathLike": "path",
}
_ARRAYS: Final = frozenset({"Sequence", "Iterable", "list", "tuple", "Collection"})
_OBJECTS: Final = frozenset({"Mapping", "dict", "Model"})


def words(annotation: ast.expr | None, module: Module, sources: Sources) -> set[str]:
    """Return the types that an annotation accepts.

    The words are text, integer, number, boolean, moment, day, null, any, object, ``enum X`` for a
    generated enumeration, ``value X`` for its literals, ``model X``, ``typed X`` for a TypedDict,
    ``const x``, and ``array of`` any of them.
    """
    return set(_words(annotation, module, sources))


def _words(node: ast.expr | None, module: Module, sources: Sources) -> Iterator[str]:
    if node is None:
        yield "any"
    elif isinstance(node, ast.Constant):
        yield from _constant(node.value, module, sources)
    elif isinstance(node, ast.BinOp):
        yield from _words(node.left, module, sources)
        yield from _words(node.right, module, sources)
    elif isinstance(node, ast.Subscript):
        yield from _subscript(node, module, sources)
    else:
        yield from _name(ast.unparse(node).rpartition(".")[2], module, sources)


def _constant(value: Any, module: Module, sources: Sources) -> Iterator[str]:
    if isinstance(value, str):
        yield from _words(ast.parse(value, mode="eval").body, module, sources)
    else:
        yield "null"


def _subscript(node: ast.Subscript, module: Module, sources: Sources) -> Iterator[str]:
    name = ast.unparse(node.value).rpartition(".")[2]
    if name == "Literal":
        values = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
        yield from (f"const {ast.literal_eval(value)}" for value in values)
    elif name in _ARRAYS:
        yield from (f"array of {word}" for word in _words(node.slice, module, sources))
    elif name in {"Required", "NotRequired"}:
        yield from _words(node.slice, module, sources)
    else:
        yield from _name(name, module, sources)


def _name(name: str, module: Module, sources: Sources) -> Iterator[str]:
    source, attribute = module.imports.get(name, ("", name))
    if source.startswith("trunkline_generated."):
        yield from _generated(source, attribute, sources)
    elif name in _PLAIN:
        yield _PLAIN[name]
    elif name in _OBJECTS:
        yield "object"
    elif found := sources.lookup(module, name):
        where, definition = found
        if isinstance(definition, ast.ClassDef):
            typed = any(ast.unparse(base) == "TypedDict" for base in definition.bases)
            yield f"typed {definition.name}" if typed else f"class {definition.name}"
        elif isinstance(definition, ast.expr):
            yield from _words(definition, where, sources)
    else:
        yield f"class {name}"


def _generated(source: str, name: str, sources: Sources) -> Iterator[str]:
    if source.endswith(".types"):
        yield "object"
        return
    module = sources.module(source)
    _, definition = (module and sources.lookup(module, name)) or (None, None)
    if isinstance(definition, ast.ClassDef):
        bases = {ast.unparse(base) for base in definition.bases}
        is_enum = bases & {"OpenEnum", "StrEnum", "IntEnum", "Enum"}
        yield f"enum {name}" if is_enum else f"model {name}"
    elif definition is not None:
        yield f"value {name.removesuffix('Value')}"
    else:
        yield f"gone {source}.{name}"


def typed_fields(name: str, module: Module, sources: Sources) -> dict[str, bool]:
    """Return the keys of a TypedDict, and whether each is required."""
    found = sources.lookup(module, name)
    if found is None or not isinstance(found[1], ast.ClassDef):
        return {}
    total = not any(one.arg == "total" for one in found[1].keywords)
    return {
        node.target.id: total and not ast.unparse(node.annotation).startswith("NotRequired")
        for node in found[1].body
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name)
    }
