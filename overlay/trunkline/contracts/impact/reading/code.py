"""Reads whole modules and reports what they do with the libraries."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trunkline.contracts.impact.facts.recorder import Recorder
from trunkline.contracts.impact.inference.engine import Engine
from trunkline.contracts.impact.reading.statements import Body

if TYPE_CHECKING:
    import ast

    from trunkline.contracts.impact.facts.model import Facts
    from trunkline.contracts.impact.inference.modules import FunctionInfo, ModuleInfo
    from trunkline.contracts.impact.inference.program import Outcome
    from trunkline.contracts.impact.inference.types import Type

__all__ = ["CodeReader"]


class CodeReader(Engine):
    """Reads bodies statement by statement."""

    def facts(self, module: ModuleInfo) -> Facts:
        """Return all facts of a module."""
        recorder = Recorder(module)
        Body(self, module, recorder=recorder).run_module()
        return recorder.facts

    def run(self, info: FunctionInfo) -> Outcome:
        """Read a function's body and return what it does."""
        return Body(self, info.module, function=info).run_function()

    def value(self, node: ast.expr, module: ModuleInfo) -> Type:
        """Return the type of an expression at the top level of a module."""
        return Body(self, module).expressions.type_of(node)
