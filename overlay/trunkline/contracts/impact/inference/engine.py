"""Everything that is needed to read code."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING

from trunkline.contracts.impact.inference import types as t
from trunkline.contracts.impact.inference.calls import Protocols
from trunkline.contracts.impact.inference.program import Program

if TYPE_CHECKING:
    import ast
    from collections.abc import Callable, Mapping

    from trunkline.contracts.impact.inference.modules import FunctionInfo, ModuleInfo
    from trunkline.contracts.impact.inference.program import Outcome
    from trunkline.contracts.impact.inference.types import Type
    from trunkline.contracts.impact.inference.world import World

__all__ = ["Engine"]


class Engine(ABC):
    """What is known about all modules; subclasses define how bodies are read.

    Args:
        world: the modules.
        names: names of attributes and methods that are noted even if the object is not known.
        attribute_of: returns the attribute of a model that holds a wire property, or None.
        seeds: types of parameters that were observed where functions are called.
        values: strings that are values of enums; no other string is kept.
    """

    def __init__(
        self,
        world: World,
        names: frozenset[str] = frozenset(),
        attribute_of: Callable[[str, str], str | None] = lambda _symbol, _name: None,
        seeds: Mapping[tuple[str, str], Type] | None = None,
        values: frozenset[str] = frozenset(),
    ) -> None:
        self.world = world
        self.names = names
        self.values = values
        self.attribute_of = attribute_of
        self.program = Program(world, self.run, self.value, seeds)
        self.protocols = Protocols(self.program)
        #: By nested function: the names that it sees from its enclosing functions.
        self.closures: dict[str, dict[str, Type]] = {}

    @abstractmethod
    def run(self, info: FunctionInfo) -> Outcome:
        """Read a function's body and return what it does."""

    @abstractmethod
    def value(self, node: ast.expr, module: ModuleInfo) -> Type:
        """Return the type of an expression at the top level of a module."""

    def is_ours(self, kind: Type) -> bool:
        """Whether a type leads to a library, so that it is followed through the consumer's code."""
        return any(self._leads(each) for each in t.members(kind))

    def _leads(self, kind: Type) -> bool:
        if isinstance(kind, t.Instance | t.ClassObject):
            own = not kind.symbol.startswith("builtins::") and self.program.classes.is_library(
                kind.symbol
            )
            return own or any(self.is_ours(each) for each in kind.args)
        if isinstance(kind, t.Function | t.Wire):
            return self.program.classes.is_library(kind.symbol)
        if isinstance(kind, t.Record):
            return any(self.is_ours(each) for _, each, _ in kind.fields)
        return False
