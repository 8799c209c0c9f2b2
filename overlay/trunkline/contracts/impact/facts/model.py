"""What a file does with an API: calls, reads and comparisons. Matching needs nothing else.

Facts depend on the code alone and not on what changed in a contract, so they can be cached.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = [
    "UNKNOWN_OWNER",
    "Argument",
    "Branch",
    "Call",
    "Facts",
    "Flow",
    "Read",
    "Reference",
    "Span",
]

#: Stands for a class that could not be determined.
UNKNOWN_OWNER: Final = ""


@dataclass(frozen=True, slots=True)
class Span:
    """A range in a file: lines and columns count from 1, columns in characters."""

    line: int
    column: int
    end_line: int
    end_column: int


@dataclass(frozen=True, slots=True)
class Argument:
    """A value passed for a parameter.

    Attributes:
        span: its position in the file.
        value: its constant value, or the name of an enum member; None if it is computed.
        constant: whether `value` is known.
        names: parameters of the enclosing function that it is computed from.
        sure: False if it is only passed in some cases.
    """

    span: Span
    value: Any = None
    constant: bool = False
    names: tuple[str, ...] = ()
    sure: bool = True


@dataclass(frozen=True, slots=True)
class Call:
    """A call to a function or class of a library; `target` is its symbol.

    Attributes:
        target: `module::function`, `module::Class.method` or `module::Class`; `?.calls.create` if
            the receiver is not known.
        arguments: by parameter name.
        complete: False if further arguments may be passed, as with `**options`.
        wire: the arguments are keys of a dict form, named as on the wire.
    """

    target: str
    span: Span
    function: str
    arguments: dict[str, Argument] = field(default_factory=dict[str, Argument])
    complete: bool = True
    wire: bool = False
    #: Whether it sets a field of an object, which counts as an argument of the constructor.
    store: bool = False
    #: Whether nothing else can be called at this position.
    sure: bool = True


@dataclass(frozen=True, slots=True)
class Read:
    """An attribute or key that is read; `owner` is the class's symbol, or unknown."""

    owner: str
    name: str
    span: Span
    function: str
    wire: bool = False


@dataclass(frozen=True, slots=True)
class Reference:
    """A function, class, module or enum member of a library that is named, not called."""

    target: str
    span: Span
    function: str
    imported: bool = False


@dataclass(frozen=True, slots=True)
class Branch:
    """A branch on the values of an enum.

    Attributes:
        enum: symbol of the enum's class; empty if only the attribute is known.
        owner: class whose attribute is compared; empty if no attribute is.
        name: that attribute.
        values: the values and member names that have a branch.
        default: `none`, `raises` or `handled`: what happens to any other value.
        how: `if`, `match` or `dict`.
    """

    enum: str
    owner: str
    name: str
    values: tuple[Any, ...]
    default: str
    how: str
    span: Span
    function: str


@dataclass(frozen=True, slots=True)
class Flow:
    """A value of a library's type that is passed to a parameter without an annotation."""

    function: str
    parameter: str
    kind: Any


@dataclass(slots=True)
class Facts:
    """All facts of one file."""

    calls: list[Call] = field(default_factory=list[Call])
    reads: list[Read] = field(default_factory=list[Read])
    references: list[Reference] = field(default_factory=list[Reference])
    branches: list[Branch] = field(default_factory=list[Branch])
    flows: list[Flow] = field(default_factory=list[Flow])

    def all(self) -> Iterator[Call | Read | Reference | Branch]:
        """Yield every fact that has a position."""
        yield from self.calls
        yield from self.reads
        yield from self.references
        yield from self.branches
