"""Notes calls and assignments, for the matching."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Any, Final

from trunkline.contracts.impact.facts.model import Argument
from trunkline.contracts.impact.facts.recorder import name_span
from trunkline.contracts.impact.facts.types_codec import encode
from trunkline.contracts.impact.inference import types as t
from trunkline.contracts.impact.reading.names import last

if TYPE_CHECKING:
    from trunkline.contracts.impact.inference.types import Type
    from trunkline.contracts.impact.reading.arguments import Arguments, Passed
    from trunkline.contracts.impact.reading.reader import Reader

__all__ = ["Notes"]

_FROM_WIRE: Final = frozenset({"from_dict", "model_validate", "parse_obj"})


class Notes:
    """Records what a `Reader` finds."""

    def __init__(self, reader: Reader, arguments: Arguments) -> None:
        self.reader = reader
        self.arguments = arguments
        self.engine = reader.engine
        self.program = reader.program
        self.protocols = reader.protocols

    def call(
        self,
        node: ast.Call,
        callee: t.Function | t.ClassObject,
        passed: Passed,
        *,
        sure: bool = True,
    ) -> None:
        """Note a call to a library, or what is passed on inside the consumer's code.

        Args:
            node: the call.
            callee: what is called.
            passed: its arguments.
            sure: False if something else may be called here.
        """
        if not self.program.classes.is_library(callee.symbol):
            self._note_flow(callee, passed)
            return
        recorder = self.reader.recorder
        if recorder is None:
            return
        receiver = callee.receiver if isinstance(callee, t.Function) else None
        symbol = getattr(receiver, "symbol", "")
        recorder.call(callee.symbol, node, passed.arguments, complete=passed.complete, sure=sure)
        if last(node.func) in _FROM_WIRE and symbol:
            self._note_wire(node, symbol, passed.first)

    def _note_wire(self, node: ast.Call, symbol: str, given: Type) -> None:
        recorder = self.reader.recorder
        options = t.members(given)
        complete = all(isinstance(each, t.Record) for each in options)
        for each in options:
            if isinstance(each, t.Record) and recorder is not None:
                positions = self.arguments.key_positions(node.args[0])
                arguments = {
                    name: Argument(positions.get(name, positions[""]), sure=sure)
                    for name, _, sure in each.fields
                }
                recorder.call(symbol, node, arguments, complete=complete, wire=True)

    def _note_flow(self, callee: t.Function | t.ClassObject, passed: Passed) -> None:
        recorder = self.reader.recorder
        signature = self.protocols.signature(callee)
        if recorder is None or signature is None:
            return
        symbol = callee.symbol
        if isinstance(callee, t.ClassObject) and signature.scope.function is not None:
            symbol = signature.scope.function.symbol
        for name, kind in passed.kinds.items():
            if signature.annotations.get(name, kind) is None and self.engine.is_ours(kind):
                recorder.flow(symbol, name, encode(kind))

    def member(self, symbol: str, node: ast.expr, *, by_name: bool = False) -> None:
        """Note a member of an enum that is looked up by its value, or by its name."""
        value: Any = node.value if isinstance(node, ast.Constant) else None
        if self.reader.recorder is None or not self.program.classes.is_enum(symbol):
            return
        if by_name:
            self.reader.recorder.reference(f"{symbol}.{value}", node)
        elif value in self.engine.values:
            self.reader.recorder.reference(f"{symbol}({value!r})", node)

    def store(self, target: ast.Attribute, kind: Type) -> None:
        """Note a client that is stored on an object of another library, such as `app.state`."""
        recorder = self.reader.recorder
        inner = target.value
        self._note_field(target)
        name = inner.attr if isinstance(inner, ast.Attribute) else getattr(inner, "id", "")
        if recorder is None or name in {"self", "cls", ""} or not self.engine.is_ours(kind):
            return
        recorder.flow("@attribute", f"{name}.{target.attr}", encode(kind))

    def _note_field(self, target: ast.Attribute) -> None:
        """Note that a field of a model is set, which counts as passing an argument."""
        recorder = self.reader.recorder
        for each in t.members(self.arguments.quietly(target.value)) if recorder else ():
            if isinstance(each, t.Instance) and self.program.classes.is_library(each.symbol):
                position = name_span(target, self.reader.module.lines)
                call = ast.copy_location(ast.Call(target, [], []), target)
                arguments = {target.attr: Argument(position)}
                if recorder is not None:
                    recorder.call(each.symbol, call, arguments, complete=False, store=True)

    def unknown_call(self, node: ast.Call, callee: Type, values: dict[int, Type]) -> None:
        """Note a call on an object of unknown type, by the last two names."""
        recorder = self.reader.recorder
        func = node.func
        if recorder is None or callee is not t.UNKNOWN or not isinstance(func, ast.Attribute):
            return
        resource = last(func.value)
        if func.attr in self.engine.names and resource:
            passed = self.arguments.passed(node, None, values)
            passed.complete = passed.complete and not node.args
            recorder.call(
                f"?.{resource}.{func.attr}", node, passed.arguments, complete=passed.complete
            )
