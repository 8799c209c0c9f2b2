"""What the classes that read expressions share: the names in scope, and the recorder."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import ast

    from trunkline.contracts.impact.facts.recorder import Recorder
    from trunkline.contracts.impact.inference.annotations import Scope
    from trunkline.contracts.impact.inference.engine import Engine
    from trunkline.contracts.impact.inference.modules import FunctionInfo, ModuleInfo
    from trunkline.contracts.impact.inference.types import Type

__all__ = ["Reader"]


class Reader(ABC):
    """One body of code while it is read.

    Args:
        engine: what is known about all modules.
        scope: the module, and the class or function in it.
        env: what local names stand for.
        outer: what names of enclosing functions stand for.
        recorder: takes the facts; None notes nothing.
    """

    def __init__(
        self,
        engine: Engine,
        scope: Scope,
        env: dict[str, Type],
        outer: dict[str, Type],
        recorder: Recorder | None,
    ) -> None:
        self.engine = engine
        self.program = engine.program
        self.protocols = engine.protocols
        self.scope = scope
        self.env = env
        self.outer = outer
        self.recorder = recorder
        self.yielded: list[Type] = []
        #: The parameters of the function from which each local name was computed.
        self.origins: dict[str, tuple[str, ...]] = {}
        self.own_names = _parameters(scope.function)

    @property
    def module(self) -> ModuleInfo:
        """The module that is read."""
        return self.scope.module

    @abstractmethod
    def type_of(self, node: ast.expr | None) -> Type:
        """Return the type of an expression."""

    @abstractmethod
    def value(self, node: ast.expr) -> Type:
        """Return the type of an expression used as a value; note a library function."""

    @abstractmethod
    def item(self, receiver: Type, key: object, node: ast.expr) -> Type:
        """Return the type of `receiver[key]` or `receiver.get(key)`."""

    @abstractmethod
    def within(self, names: dict[str, Type], node: ast.expr) -> Type:
        """Return the type of an expression with further names in scope."""

    @abstractmethod
    def note_read(self, receiver: Type, name: str, node: ast.AST) -> None:
        """Note that an attribute is read, whatever its object is."""


def _parameters(function: FunctionInfo | None) -> frozenset[str]:
    if function is None:
        return frozenset()
    args = function.node.args
    named = [*args.posonlyargs, *args.args, *args.kwonlyargs]
    own = named[1:] if function.owner and "staticmethod" not in function.decorators else named
    return frozenset(arg.arg for arg in [*own, args.vararg, args.kwarg] if arg is not None)
