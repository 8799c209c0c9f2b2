"""Attributes and methods of classes, including inherited ones."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Final, TypeAlias

from trunkline.contracts.impact.inference import types as t
from trunkline.contracts.impact.inference.annotations import Annotations, Scope, substitute
from trunkline.contracts.impact.inference.modules import (
    Assigned,
    ClassInfo,
    Definition,
    FunctionInfo,
    ModuleInfo,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from trunkline.contracts.impact.inference.types import Type
    from trunkline.contracts.impact.inference.world import World

__all__ = ["Classes"]

_ENUMS: Final = frozenset({"Enum", "StrEnum", "IntEnum", "Flag", "IntFlag"})
PROPERTIES: Final = frozenset({"property", "cached_property", "hybrid_property", "lazy_property"})

_Lineage: TypeAlias = "tuple[tuple[ClassInfo, dict[str, Type]], ...]"


class Classes:
    """Walks the bases of classes and passes their type arguments on."""

    def __init__(self, world: World, annotations: Annotations) -> None:
        self.world = world
        self.annotations = annotations
        self._bases: dict[str, tuple[tuple[ClassInfo, tuple[Type, ...]], ...]] = {}
        self._lineages: dict[tuple[str, tuple[Type, ...]], _Lineage] = {}
        self._reading = 0
        self._enums: dict[str, bool] = {}

    def info(self, symbol: str) -> ClassInfo | None:
        """Return the class with a symbol."""
        if symbol.startswith("builtins::"):
            return None
        found = self.world.symbol(symbol)
        return found if isinstance(found, ClassInfo) else None

    def bindings(self, info: ClassInfo, args: tuple[Type, ...]) -> dict[str, Type]:
        """Return a class's type variables with what they stand for."""
        names = self.annotations.type_parameters(info)
        return dict(zip(names, args, strict=False))

    def bases(self, info: ClassInfo) -> tuple[tuple[ClassInfo, tuple[Type, ...]], ...]:
        """Return the direct base classes that are known, with their type arguments."""
        if info.symbol not in self._bases:
            self._bases[info.symbol] = ()
            self._reading += 1
            self._bases[info.symbol] = tuple(self._read_bases(info))
            self._reading -= 1
        return self._bases[info.symbol]

    def _read_bases(self, info: ClassInfo) -> Iterator[tuple[ClassInfo, tuple[Type, ...]]]:
        scope = Scope(info.module, info)
        for node in info.node.bases:
            for kind in t.members(self.annotations.read(node, scope)):
                if isinstance(kind, t.Instance):
                    base = self.info(kind.symbol)
                    if base is not None and base is not info:
                        yield base, kind.args

    def lineage(self, info: ClassInfo, args: tuple[Type, ...] = ()) -> _Lineage:
        """Return a class and its bases, each with what its type variables stand for."""
        key = (info.symbol, args)
        known = self._lineages.get(key)
        if known is None:
            known = tuple(self._walk(info, args, 0))
            if not self._reading:  # while bases are being read, some are still missing
                self._lineages[key] = known
        return known

    def _walk(
        self, info: ClassInfo, args: tuple[Type, ...], depth: int
    ) -> Iterator[tuple[ClassInfo, dict[str, Type]]]:
        values = self.bindings(info, args)
        yield info, values
        if depth < 12:
            for base, given in self.bases(info):
                bound = tuple(substitute(each, values) for each in given)
                yield from self._walk(base, bound, depth + 1)

    def container(self, info: ClassInfo, args: tuple[Type, ...]) -> Type | None:
        """Return the builtin container type that a class derives from, such as `Sequence[T]`.

        A named tuple is a tuple of its fields.
        """
        for each, values in self.lineage(info, args):
            for node in each.node.bases:
                if _last(node) == "NamedTuple":
                    return t.Instance(t.TUPLE, tuple(self._fields(each, values)))
                kind = self.annotations.read(node, Scope(each.module, each))
                if isinstance(kind, t.Instance) and kind.symbol.startswith("builtins::"):
                    return substitute(kind, values)
        return None

    def _fields(self, info: ClassInfo, values: dict[str, Type]) -> Iterator[Type]:
        for found in info.scope.values():
            if isinstance(found, Assigned) and found.annotation is not None:
                kind = self.annotations.read(found.annotation, Scope(info.module, info))
                yield substitute(kind, values)

    def find(
        self, info: ClassInfo, name: str, args: tuple[Type, ...] = ()
    ) -> tuple[Definition, ClassInfo, dict[str, Type]] | None:
        """Return the definition of an attribute, the class that has it, and its type variables."""
        for each, values in self.lineage(info, args):
            found = each.scope.get(name)
            if isinstance(found, FunctionInfo | Assigned | ClassInfo):
                return found, each, values
        return None

    def is_enum(self, symbol: str) -> bool:
        """Whether a symbol is an enumeration or a `Literal` that has a name."""
        if symbol not in self._enums:
            self._enums[symbol] = self._looks_like_enum(symbol)
        return self._enums[symbol]

    def _looks_like_enum(self, symbol: str) -> bool:
        if symbol.startswith("builtins::"):
            return False
        found = self.world.symbol(symbol)
        if isinstance(found, Assigned):
            value = found.values[0] if found.values else None
            return isinstance(value, ast.Subscript) and _last(value.value) == "Literal"
        if not isinstance(found, ClassInfo):
            return False
        return any(
            _last(base) in _ENUMS for each, _ in self.lineage(found) for base in each.node.bases
        )

    def is_library(self, symbol: str) -> bool:
        """Whether a symbol belongs to a package that leads to the API."""
        return self.world.is_library(symbol.partition("::")[0])

    def module_member(self, module: ModuleInfo, name: str) -> Definition | None:
        """Return what `module.name` is."""
        return self.world.name(module, name)


def _last(node: ast.expr) -> str:
    if isinstance(node, ast.Subscript):
        return _last(node.value)
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""
