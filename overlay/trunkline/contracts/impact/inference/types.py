"""The types of expressions, as far as they lead to a client or to something it returned.

A type here is a guess from reading, not a proof: a value of no interest (number, string, value of
another library) is `FOREIGN`, and a value that could be anything is `UNKNOWN`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = [
    "AWAITABLE",
    "CALLABLE",
    "CONTEXT",
    "DICT",
    "FOREIGN",
    "LIST",
    "TUPLE",
    "UNKNOWN",
    "ClassObject",
    "Function",
    "Instance",
    "Module",
    "Record",
    "Type",
    "Union",
    "Variable",
    "Wire",
    "is_open",
    "join",
    "listed",
    "members",
]


@dataclass(frozen=True, slots=True)
class Instance:
    """An object of a class; `symbol` is `module::Class`, or one of the names below."""

    symbol: str
    args: tuple[Type, ...] = ()


@dataclass(frozen=True, slots=True)
class ClassObject:
    """A class itself."""

    symbol: str
    args: tuple[Type, ...] = ()


@dataclass(frozen=True, slots=True)
class Module:
    """A module; `key` is its dotted name in a library, its path in a consumer's code."""

    key: str


@dataclass(frozen=True, slots=True)
class Function:
    """A function or bound method.

    Attributes:
        symbol: `module::function` or `module::Class.method`.
        receiver: what it is bound to.
        returns: the type of a call's result where a decorator or wrapper changed it.
    """

    symbol: str
    receiver: Type | None = None
    returns: Type | None = None


@dataclass(frozen=True, slots=True)
class Record:
    """A dict whose keys are known: name, type of the value, and whether it is always present."""

    fields: tuple[tuple[str, Type, bool], ...]


@dataclass(frozen=True, slots=True)
class Wire:
    """The dict form of a model, keyed by the names on the wire (or of attributes: `attrs`)."""

    symbol: str
    attrs: bool = False


@dataclass(frozen=True, slots=True)
class Variable:
    """A type variable that is not bound yet."""

    name: str


@dataclass(frozen=True, slots=True)
class Union:
    """One of several types."""

    options: tuple[Type, ...]


@dataclass(frozen=True, slots=True)
class _Named:
    name: str


Type: TypeAlias = (
    Instance | ClassObject | Module | Function | Record | Wire | Variable | Union | _Named
)

UNKNOWN: Final = _Named("unknown")
FOREIGN: Final = _Named("foreign")
#: Anything that is iterated for its elements: list, set, iterator, page; one argument.
LIST: Final = "builtins::list"
#: A tuple of known length; one argument for each element.
TUPLE: Final = "builtins::tuple"
DICT: Final = "builtins::dict"
#: Coroutine, task or future; one argument.
AWAITABLE: Final = "builtins::awaitable"
#: A context manager that is not a class of its own; one argument, what `as` binds.
CONTEXT: Final = "builtins::context"
#: Something that is called and whose result is known; one argument.
CALLABLE: Final = "builtins::callable"
_EMPTY_DICT: Final = Instance(DICT, (UNKNOWN, UNKNOWN))
_EMPTY: Final = frozenset({Instance(LIST, (UNKNOWN,)), _EMPTY_DICT})


def members(kind: Type) -> tuple[Type, ...]:
    """Return the options of a union, or the type alone."""
    return kind.options if isinstance(kind, Union) else (kind,)


def join(kinds: Iterable[Type]) -> Type:
    """Return the union of types; known types win over unknown ones."""
    kinds = tuple(kinds)
    if len(kinds) == 1 and not isinstance(kinds[0], Union):
        return kinds[0]
    found: dict[Type, None] = {}
    foreign = False
    for option in (option for kind in kinds for option in members(kind)):
        if option is FOREIGN:
            foreign = True
        elif option is not UNKNOWN:
            found[option] = None
    if not found:
        return FOREIGN if foreign else UNKNOWN
    options = _merged(tuple(found))
    return options[0] if len(options) == 1 else Union(options)


def _merged(options: tuple[Type, ...]) -> tuple[Type, ...]:
    if len(options) == 1:
        return options
    records = [option for option in options if isinstance(option, Record)]
    if records and _EMPTY_DICT in options:
        records.append(Record(()))  # then no key is always present
    if len(records) > 1:
        options = (*(o for o in options if not isinstance(o, Record)), _record(records))
    if len(options) > 1:
        # An empty list that is filled later adds nothing to the filled one.
        options = tuple(o for o in options if o not in _EMPTY) or options
    return options


def _record(records: list[Record]) -> Record:
    names = dict.fromkeys(name for record in records for name, _, _ in record.fields)
    each = [{name: (kind, always) for name, kind, always in r.fields} for r in records]
    return Record(
        tuple(
            (
                name,
                join(fields[name][0] for fields in each if name in fields),
                all(name in fields and fields[name][1] for fields in each),
            )
            for name in names
        )
    )


def is_open(kind: Type) -> bool:
    """Whether a type, or something in it, is not known."""
    if isinstance(kind, Union):
        return any(is_open(each) for each in kind.options)
    if isinstance(kind, Instance | ClassObject):
        return any(is_open(each) for each in kind.args)
    if isinstance(kind, Record):
        return any(is_open(each) for _, each, _ in kind.fields)
    return kind is UNKNOWN


def listed(kind: Type) -> Instance:
    """Return the type of an iterable of something."""
    return Instance(LIST, (kind,))
