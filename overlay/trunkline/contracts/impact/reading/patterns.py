"""Patterns of `match` statements."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from trunkline.contracts.impact.inference import types as t

if TYPE_CHECKING:
    from trunkline.contracts.impact.inference.types import Type
    from trunkline.contracts.impact.reading.reader import Reader

__all__ = ["Patterns"]


class Patterns:
    """Binds the names in patterns, and notes the attributes that they read."""

    def __init__(self, reader: Reader) -> None:
        self.reader = reader

    def bind(self, pattern: ast.pattern, kind: Type) -> None:
        """Bind the names in a pattern that a value of a type is matched against."""
        if isinstance(pattern, ast.MatchClass):
            self._class_pattern(pattern)
        elif isinstance(pattern, ast.MatchValue):
            self.reader.value(pattern.value)
        elif isinstance(pattern, ast.MatchAs):
            if pattern.pattern is not None:
                self.bind(pattern.pattern, kind)
                wanted = pattern.pattern
                if isinstance(wanted, ast.MatchClass):
                    kind = self._instance(wanted)
            if pattern.name:
                self.reader.env[pattern.name] = kind
        elif isinstance(pattern, ast.MatchOr | ast.MatchSequence):
            inner = self.reader.engine.protocols.iterate(kind)
            is_or = isinstance(pattern, ast.MatchOr)
            for each in pattern.patterns:
                self.bind(each, kind if is_or else inner)

    def _instance(self, pattern: ast.MatchClass) -> Type:
        cls = self.reader.type_of(pattern.cls)
        return t.Instance(cls.symbol, cls.args) if isinstance(cls, t.ClassObject) else t.UNKNOWN

    def _class_pattern(self, pattern: ast.MatchClass) -> None:
        kind = self._instance(pattern)
        for name, inner in zip(pattern.kwd_attrs, pattern.kwd_patterns, strict=True):
            self.reader.note_read(kind, name, inner)
            self.bind(inner, self.reader.engine.program.attribute(kind, name))
