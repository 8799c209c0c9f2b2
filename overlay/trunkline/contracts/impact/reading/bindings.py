"""What names stand for after assignments and tests."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from trunkline.contracts.impact.inference import types as t
from trunkline.contracts.impact.reading.names import dotted, last

if TYPE_CHECKING:
    from trunkline.contracts.impact.inference.types import Type
    from trunkline.contracts.impact.reading.containers import Containers
    from trunkline.contracts.impact.reading.notes import Notes
    from trunkline.contracts.impact.reading.reader import Reader

__all__ = ["Bindings"]


class Bindings:
    """Binds names in the environment of a `Reader`."""

    def __init__(self, reader: Reader, containers: Containers, notes: Notes) -> None:
        self.reader = reader
        self.containers = containers
        self.notes = notes

    def assign(self, target: ast.expr, kind: Type) -> None:
        """Bind the target of an assignment."""
        if isinstance(target, ast.Name):
            self.reader.env[target.id] = kind
            self._forget(target.id)
        elif isinstance(target, ast.Tuple | ast.List):
            self._unpack(target.elts, kind)
        elif isinstance(target, ast.Starred):
            self.assign(target.value, t.listed(kind))
        elif isinstance(target, ast.Attribute):
            self.reader.type_of(target.value)
            if key := dotted(target):
                self.reader.env[key] = kind
            self.notes.store(target, kind)
        elif isinstance(target, ast.Subscript):
            self.containers.store_item(target, kind)

    def _forget(self, name: str) -> None:
        for key in [key for key in self.reader.env if key.startswith(f"{name}.")]:
            del self.reader.env[key]

    def _unpack(self, targets: list[ast.expr], kind: Type) -> None:
        options = [self.reader.protocols.container(each) for each in t.members(kind)]
        fixed = [o for o in options if isinstance(o, t.Instance) and o.symbol == t.TUPLE]
        starred = any(isinstance(each, ast.Starred) for each in targets)
        for index, target in enumerate(targets):
            exact = [o.args[index] for o in fixed if len(o.args) == len(targets) and not starred]
            self.assign(target, t.join(exact) if exact else self.reader.protocols.iterate(kind))

    def narrow(self, test: ast.expr) -> None:
        """Narrow the types of names to those for which a test holds."""
        if isinstance(test, ast.BoolOp) and isinstance(test.op, ast.And):
            for each in test.values:
                self.narrow(each)
        if not isinstance(test, ast.Call) or last(test.func) != "isinstance" or len(test.args) != 2:
            return
        key = dotted(test.args[0])
        wanted = self.reader.type_of(test.args[1])
        classes = wanted.args if isinstance(wanted, t.Instance) else (wanted,)
        found = [t.Instance(c.symbol, c.args) for c in classes if isinstance(c, t.ClassObject)]
        if key and found:
            self.reader.env[key] = self._narrowed(self.reader.type_of(test.args[0]), found)

    def _narrowed(self, kind: Type, wanted: list[t.Instance]) -> Type:
        symbols = {each.symbol for each in wanted}
        kept = [o for o in t.members(kind) if isinstance(o, t.Instance) and o.symbol in symbols]
        return t.join(kept or wanted)
