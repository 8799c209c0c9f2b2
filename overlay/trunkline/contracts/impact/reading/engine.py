"""Everything that reading code needs, put together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trunkline.contracts.impact.facts.recorder import Recorder
from trunkline.contracts.impact.inference import types as t
from trunkline.contracts.impact.inference.calls import Protocols
from trunkline.contracts.impact.inference.program import Outcome, Program

if TYPE_CHECKING:
    import ast
    from collections.abc import Callable, Mapping

    from trunkline.contracts.impact.facts.model import Facts
    from trunkline.contracts.impact.inference.modules import FunctionInfo, ModuleInfo
    from trunkline.contracts.impact.inference.types import Type
    from trunkline.contracts.impact.inference.world import World

__all__ = ["Engine"]


class Engine:
    """Reads modules and says what they do with the libraries.

    Args:
        world: the modules.
        names: names of attributes and methods that are noted even where the object is not known.
        attribute_of: returns the attribute of a model that holds a property of the wire, or None.
        seeds: types of parameters that were observed where functions are called.
        values: texts that are values of enums; no other text is kept.
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
        self.program = Program(world, self._run, self._value, seeds)
        self.protocols = Protocols(self.program)
        #: What functions inside functions see of those around them.
        self.closures: dict[str, dict[str, Type]] = {}

    def facts(self, module: ModuleInfo) -> Facts:
        """Return all facts of a module."""
        from trunkline.contracts.impact.reading.statements import Body

        recorder = Recorder(module)
        Body(self, module, recorder=recorder).run_module()
        return recorder.facts

    def _run(self, info: FunctionInfo) -> Outcome:
        from trunkline.contracts.impact.reading.statements import Body

        return Body(self, info.module, function=info).run_function()

    def _value(self, node: ast.expr, module: ModuleInfo) -> Type:
        from trunkline.contracts.impact.reading.statements import Body

        return Body(self, module).expressions.type_of(node)

    def is_ours(self, kind: Type) -> bool:
        """Whether a type leads to a library: worth following through the consumer's code."""
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
