"""What a call passes: for which parameter, and from which of the caller's parameters."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Any

from trunkline.contracts.impact.facts.model import Argument, Span
from trunkline.contracts.impact.facts.recorder import span
from trunkline.contracts.impact.inference import types as t
from trunkline.contracts.impact.reading.names import names_in

if TYPE_CHECKING:
    from trunkline.contracts.impact.inference.calls import Signature
    from trunkline.contracts.impact.inference.types import Type
    from trunkline.contracts.impact.reading.reader import Reader

__all__ = ["Arguments", "Passed"]


class Passed:
    """The arguments of one call, by parameter name."""

    def __init__(self) -> None:
        self.arguments: dict[str, Argument] = {}
        self.kinds: dict[str, Type] = {}
        self.complete = True
        self.first: Type = t.UNKNOWN


class Arguments:
    """Reads the arguments of calls for a `Reader`."""

    def __init__(self, reader: Reader) -> None:
        self.reader = reader
        self.engine = reader.engine
        self.program = reader.program
        self.protocols = reader.protocols

    def passed(
        self, node: ast.Call, signature: Signature | None, values: dict[int, Type]
    ) -> Passed:
        """Return the arguments of a call by the names of the parameters."""
        result = Passed()
        names = signature.positional if signature else ()
        for index, arg in enumerate(node.args):
            kind = values[id(arg)]
            result.first = kind if result.first is t.UNKNOWN else result.first
            if isinstance(arg, ast.Starred) or index >= len(names):
                result.complete = result.complete and not isinstance(arg, ast.Starred)
                continue
            self._pass(result, names[index], arg, arg, kind)
        for keyword in node.keywords:
            kind = values[id(keyword.value)]
            if keyword.arg is not None:
                self._pass(result, keyword.arg, keyword, keyword.value, kind)
            else:
                self._spread(result, keyword, kind)
        return result

    def _pass(self, result: Passed, name: str, node: ast.AST, value: ast.expr, kind: Type) -> None:
        constant, known_value = self.constant(value)
        where = span(node, self.reader.module.lines)
        names = self.parameters_in(value)
        result.arguments[name] = Argument(where, known_value, constant, names)
        result.kinds[name] = kind

    def _spread(self, result: Passed, keyword: ast.keyword, kind: Type) -> None:
        where = span(keyword.value, self.reader.module.lines)
        options = t.members(kind)
        records = [each for each in options if isinstance(each, t.Record)]
        result.complete = result.complete and len(records) == len(options)
        names = self.parameters_in(keyword.value)
        for record in records:
            for name, inner, always in record.fields:
                result.arguments[name] = Argument(where, names=names, sure=always)
                result.kinds[name] = inner

    def constant(self, node: ast.expr) -> tuple[bool, Any]:
        """Return whether a value is a constant or a member of an enum, and which."""
        if isinstance(node, ast.Constant):
            is_shown = not isinstance(node.value, str) or node.value in self.engine.values
            plain = node.value is None or isinstance(node.value, str | int | float)
            # Strings that no enum has may be anything, a key or a number: they are not recorded.
            return plain, node.value if plain and is_shown else None
        if isinstance(node, ast.Attribute):
            inner = node.value if node.attr == "value" else node
            base = inner.value if isinstance(inner, ast.Attribute) else None
            name = inner.attr if isinstance(inner, ast.Attribute) else ""
            if base is not None and isinstance(base, ast.Name | ast.Attribute):
                owner = self.quietly(base)
                if isinstance(owner, t.ClassObject) and self.program.classes.is_enum(owner.symbol):
                    return True, name
        return False, None

    def quietly(self, node: ast.expr) -> Type:
        """Return the type of an expression that was read before, without noting anything again."""
        recorder, self.reader.recorder = self.reader.recorder, None
        try:
            return self.reader.type_of(node)
        finally:
            self.reader.recorder = recorder

    def parameters_in(self, node: ast.expr) -> tuple[str, ...]:
        """Return the enclosing function's parameters from which an expression is computed."""
        own = self.reader.own_names
        if not own or isinstance(node, ast.Constant):
            return ()
        origins = self.reader.origins
        found = [
            origin
            for name in names_in(node)
            for origin in origins.get(name, (name,) if name in own else ())
        ]
        return tuple(dict.fromkeys(found))

    def note_origin(self, target: ast.expr, value: ast.expr) -> None:
        """Remember from which parameters a local name is computed."""
        if isinstance(target, ast.Name):
            self.reader.origins[target.id] = self.parameters_in(value)

    def key_positions(self, node: ast.expr) -> dict[str, Span]:
        """Return the position of each key of a dict, and of the whole dict under an empty name."""
        lines = self.reader.module.lines
        keys = node.keys if isinstance(node, ast.Dict) else []
        found = {str(key.value): span(key, lines) for key in keys if isinstance(key, ast.Constant)}
        return {"": span(node, lines), **found}
