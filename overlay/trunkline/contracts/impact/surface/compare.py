"""Compare two public surfaces by the twelve kinds of breakage that griffe knows.

Source: `griffe.BreakageKind` (mkdocstrings/griffe, `griffe/_internal/enumerations.py`, release 2);
attribute types, which griffe leaves out, are compared as sets of the members of their union.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from trunkline.contracts.impact.surface.objects import Attribute, Class, Function, Module, Parameter

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = ["Change", "compare"]

Surface: TypeAlias = "Mapping[str, Module]"
_POSITIONAL = "positional"


@dataclass(frozen=True, slots=True)
class Change:
    """One incompatible difference between two surfaces.

    Attributes:
        kind: griffe's name for it, such as `parameter-removed`.
        module: dotted name of the module below the package.
        name: qualified name in the module; empty for the module itself.
        parameter: the parameter concerned, or an empty string.
        before: old source text, or None.
        after: new source text, or None.
        widened: a type allows more than before, so that readers may get new values.
        narrowed: a type allows less, so that values sent may be rejected.
    """

    kind: str
    module: str
    name: str = ""
    parameter: str = ""
    before: str | None = None
    after: str | None = None
    widened: bool = False
    narrowed: bool = False

    @property
    def path(self) -> str:
        """The dotted path below the package, with the parameter in parentheses."""
        path = f"{self.module}.{self.name}" if self.name else self.module
        return f"{path}({self.parameter})" if self.parameter else path


def compare(old: Surface, new: Surface) -> Iterator[Change]:
    """Yield what code written for the old surface can no longer rely on."""
    for name, module in old.items():
        if name not in new:
            yield Change("object-removed", name)
            continue
        for member, each in module.members.items():
            other = new[name].members.get(member)
            yield from _object(name, member, each, other)


def _object(
    module: str, name: str, old: Function | Class | Attribute, new: object
) -> Iterator[Change]:
    if new is None:
        yield Change("object-removed", module, name)
    elif type(old) is not type(new):
        before, after = type(old).__name__.lower(), type(new).__name__.lower()
        yield Change("object-changed-kind", module, name, before=before, after=after)
    elif isinstance(old, Function) and isinstance(new, Function):
        yield from _function(module, name, old, new)
    elif isinstance(old, Class) and isinstance(new, Class):
        yield from _class(module, name, old, new)
    elif isinstance(old, Attribute) and isinstance(new, Attribute):
        yield from _attribute(module, name, old, new)


def _function(module: str, name: str, old: Function, new: Function) -> Iterator[Change]:
    yield from _parameters(module, name, old.parameters, new.parameters)
    if old.returns != new.returns:
        widened, narrowed = _differences(old.returns, new.returns)
        if widened or narrowed:
            yield Change(
                "return-changed-type", module, name, "", old.returns, new.returns, widened, narrowed
            )


def _parameters(
    module: str, name: str, old: tuple[Parameter, ...], new: tuple[Parameter, ...]
) -> Iterator[Change]:
    now = {each.name: each for each in new}
    before = {each.name for each in old}
    for each in old:
        other = now.get(each.name)
        if other is None:
            yield Change("parameter-removed", module, name, each.name, _shown(each))
        else:
            yield from _parameter(module, name, each, other)
    yield from _moved(module, name, old, new)
    for each in new:
        if each.name not in before and each.required:
            yield Change("parameter-added-required", module, name, each.name, None, _shown(each))


def _parameter(module: str, name: str, old: Parameter, new: Parameter) -> Iterator[Change]:
    if new.required and not old.required:
        yield Change("parameter-changed-required", module, name, old.name, _shown(old), _shown(new))
    if old.kind == _POSITIONAL and new.kind != _POSITIONAL:
        yield Change("parameter-changed-kind", module, name, old.name, old.kind, new.kind)
    has_both = old.default is not None and new.default is not None
    if has_both and old.default != new.default:
        yield Change("parameter-changed-default", module, name, old.name, old.default, new.default)


def _moved(
    module: str, name: str, old: tuple[Parameter, ...], new: tuple[Parameter, ...]
) -> Iterator[Change]:
    first = [each.name for each in old if each.kind == _POSITIONAL]
    second = [each.name for each in new if each.kind == _POSITIONAL]
    for each in first:
        if each in second and first.index(each) != second.index(each):
            positions = str(first.index(each) + 1), str(second.index(each) + 1)
            yield Change("parameter-moved", module, name, each, *positions)


def _shown(parameter: Parameter) -> str:
    text = f"{parameter.name}: {parameter.annotation}" if parameter.annotation else parameter.name
    return text if parameter.default is None else f"{text} = {parameter.default}"


def _class(module: str, name: str, old: Class, new: Class) -> Iterator[Change]:
    for base in old.bases:
        if base not in new.bases and len(new.bases) < len(old.bases):
            yield Change("class-removed-base", module, name, "", base)
    for attribute, each in old.attributes.items():
        other = new.attributes.get(attribute)
        path = f"{name}.{attribute}"
        if other is None:
            yield Change("object-removed", module, path, "", each.annotation or each.value)
        else:
            yield from _attribute(module, path, each, other)
    yield from _constructor(module, name, old, new)


def _constructor(module: str, name: str, old: Class, new: Class) -> Iterator[Change]:
    """Compare fields as parameters; a removed one was already reported as an attribute."""
    first, second = (
        tuple(Parameter(n, _POSITIONAL, a.annotation, a.value) for n, a in each.fields.items())
        for each in (old, new)
    )
    kept = tuple(each for each in first if each.name in new.fields)
    order = tuple(each for each in second if each.name in old.fields)
    for each in second:
        if each.required and each.name not in old.fields:
            yield Change("parameter-added-required", module, name, each.name, None, _shown(each))
    for each in kept:
        other = next(one for one in second if one.name == each.name)
        if other.required and not each.required:
            yield Change(
                "parameter-changed-required", module, name, each.name, _shown(each), _shown(other)
            )
    yield from _moved(module, name, kept, order)


def _attribute(module: str, name: str, old: Attribute, new: Attribute) -> Iterator[Change]:
    if old.annotation != new.annotation:
        widened, narrowed = _differences(old.annotation, new.annotation)
        if widened or narrowed:
            yield Change(
                "attribute-changed-type",
                module,
                name,
                "",
                old.annotation,
                new.annotation,
                widened,
                narrowed,
            )
    elif not old.annotation and old.value != new.value:
        yield Change("attribute-changed-value", module, name, "", old.value, new.value)


def _differences(old: str, new: str) -> tuple[bool, bool]:
    first, second = _members(old), _members(new)
    return bool(second - first), bool(first - second)


def _members(annotation: str) -> frozenset[str]:
    """Return the members of a union, without regard to order and nesting."""
    if not annotation:
        return frozenset()
    return frozenset(_flat(ast.parse(annotation, mode="eval").body))


def _flat(node: ast.expr) -> Iterator[str]:
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitOr):
        yield from _flat(node.left)
        yield from _flat(node.right)
    elif isinstance(node, ast.Subscript) and _is_container(node):
        # `list[A | B]` is compared by its elements, whatever their order.
        elements = sorted(_flat(node.slice))
        yield from (f"{ast.unparse(node.value)}[{each}]" for each in elements)
    else:
        yield ast.unparse(node)


def _is_container(node: ast.Subscript) -> bool:
    return ast.unparse(node.value) in {"list", "Response", "set"}
