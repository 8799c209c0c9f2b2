"""Pair the arguments of a method with the fields of its operation."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from trunkline_pipeline.checks.contract.operations import Field, Operation

    from .methods import Method

#: The arguments of ``extra_options``; they are in no contract.
EXTRA: Final = frozenset({"extra_body", "extra_query", "extra_headers"})

#: Names of a mapping that is sent as a body without declared fields.
OPEN_BODY: Final = frozenset({"body", "data", "fields", "payload"})


@dataclass(slots=True)
class Pairing:
    """The field for each argument of a method, and what is left unpaired on either side."""

    operation: Operation
    arguments: dict[str, Field] = field(default_factory=dict[str, "Field"])
    missing: list[Field] = field(default_factory=list["Field"])
    unknown: list[str] = field(default_factory=list[str])

    @property
    def gaps(self) -> int:
        """The number of unpaired fields and arguments."""
        return len(self.missing) + len(self.unknown)


def pair(method: Method, operation: Operation, document: Mapping[str, Any]) -> Pairing:
    """Pair arguments with fields: by name, by declared name, then by parts of an object.

    An object may be one argument, or one argument for each of its fields.
    """
    result, names = Pairing(operation), list(method.arguments)
    renames: dict[str, str] = method.declared.get("renames") or {}
    for fits in (_same_name, _renamed(renames)):
        result.missing = _take(result, names, [*result.missing, *operation.fields], fits)
    left = [part for each in result.missing for part in each.parts(document) or (each,)]
    result.missing = _take(result, names, left, _same_name)
    own = EXTRA.union(method.declared.get("own") or ())
    if operation.open_body:
        own |= OPEN_BODY
    result.unknown = [n for n in names if n not in result.arguments and n not in own]
    return result


def _take(
    result: Pairing, names: list[str], wanted: Iterable[Field], fits: Callable[[str, Field], bool]
) -> list[Field]:
    left: list[Field] = []
    for each in wanted:
        if each in result.arguments.values():
            continue
        found = [name for name in names if name not in result.arguments and fits(name, each)]
        if found:
            result.arguments[found[0]] = each
        else:
            left.append(each)
    return left


def _same_name(name: str, wanted: Field) -> bool:
    return name.rstrip("_") == wanted.python_name.rstrip("_")


def _renamed(renames: Mapping[str, str]) -> Callable[[str, Field], bool]:
    return lambda name, wanted: renames.get(name) == wanted.name


def best(method: Method, variants: Iterable[Operation], document: Mapping[str, Any]) -> Pairing:
    """Return the pairing with the variant of the body that fits best."""
    return min((pair(method, each, document) for each in variants), key=lambda each: each.gaps)
