"""Check the docstrings of methods: operation, arguments, defaults, values."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING, Any, Final

from trunkline_pipeline.checks.contract.sample_values import one_variant

from .modules import docstring

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from trunkline_pipeline.checks.contract.operations import Field

    from .methods import Method
    from .pairing import Pairing

_OPERATION: Final = re.compile(r"\(operation\s+``(\w+)``")
_SECTION: Final = re.compile(r"^Args:\n((?:(?:[ ].*)?\n?)*)", re.MULTILINE)
_ENTRY: Final = re.compile(r"^    (\w+): ?((?:.*(?:\n     .*|\n(?=\n))*))", re.MULTILINE)


def described(method: Method, owner: ast.ClassDef | None = None) -> dict[str, str]:
    """Return the text of each argument in the docstring of a method, or of its class if given.

    Args:
        method: a method.
        owner: its class, where the method is a constructor.
    """
    section = _SECTION.search(docstring(owner or method.node))
    return dict(_ENTRY.findall(section[1])) if section else {}


def check(
    method: Method, pairing: Pairing, document: Mapping[str, Any]
) -> Iterator[tuple[str, str]]:
    """Yield rule and message for everything wrong or missing in the docstring."""
    text, found = docstring(method.node), described(method)
    operation, named = pairing.operation, _OPERATION.search(text)
    if named is None or named[1] != operation.operation_id:
        said = f"``{named[1]}``" if named else "none"
        yield (
            "docstring/operation",
            f"{method}: the docstring names {said}, not (operation ``{operation.operation_id}``)",
        )
    yield from arguments(method)
    deprecated = operation.definition.get("deprecated") is True
    if deprecated and "deprecated" not in text.lower():
        yield "docstring/deprecated", f"{method}: the contract deprecates the operation"
    for name, field in pairing.arguments.items():
        for rule, message in _values(name, field, found.get(name, ""), document):
            yield rule, f"{method}: {message}"


def arguments(method: Method, owner: ast.ClassDef | None = None) -> Iterator[tuple[str, str]]:
    """Yield arguments that only the docstring or only the method has."""
    found, more = described(method, owner), method.node.args.kwarg
    known = {*method.arguments, *([more.arg] if more else ())}
    for name in sorted(found.keys() - known):
        yield (
            "docstring/argument",
            f"{method}: the docstring describes {name}, which it does not take",
        )
    for name in sorted(method.arguments.keys() - found.keys()):
        yield "docstring/argument", f"{method}: the docstring does not describe {name}"


def _values(
    name: str, field: Field, text: str, document: Mapping[str, Any]
) -> Iterator[tuple[str, str]]:
    if field.schema.get("deprecated") is True and "deprecated" not in text.lower():
        yield "docstring/deprecated", f"the contract deprecates {field}, argument {name}"
    if "default" in field.schema and not _says(text, field.schema["default"]):
        yield "docstring/default", f"{name} does not name the default {field.schema['default']!r}"
    schema = one_variant(field.schema, document)
    schema = one_variant(schema.get("items", schema), document)
    values = schema.get("enum", ())
    said = set(re.findall(r"``([^`]+)``", text))
    if values and not re.search(r"\bas in :meth:", text):
        for value in values:
            if str(value) not in said:
                yield "docstring/values", f"{name} does not name the value ``{value}``"
        for word in sorted(said - {str(value) for value in values}):
            if not word.isidentifier() or word == word.lower():
                yield "docstring/values", f"{name} names ``{word}``, not a value of {field}"


def _says(text: str, value: Any) -> bool:
    return re.search(rf"(?<![\w.]){re.escape(str(value))}(?!\w|\.\w)", text) is not None


def annotations_of(node: ast.AST) -> str:
    """Return the return annotation of a function as text."""
    returns = getattr(node, "returns", None)
    return ast.unparse(returns) if returns is not None else ""
