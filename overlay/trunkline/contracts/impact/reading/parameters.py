"""What the parameters of a function hold."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from trunkline.contracts.impact.inference import types as t
from trunkline.contracts.impact.inference.annotations import Scope, substitute
from trunkline.contracts.impact.inference.modules import FunctionInfo, ModuleInfo
from trunkline.contracts.impact.inference.program import element

if TYPE_CHECKING:
    from collections.abc import Iterator

    from trunkline.contracts.impact.inference.types import Type
    from trunkline.contracts.impact.reading.reader import Reader

__all__ = ["parameters"]


def parameters(reader: Reader, info: FunctionInfo) -> dict[str, Type]:
    """Return the type of each parameter, by annotation, default, or what callers pass."""
    args = info.node.args
    positional = [*args.posonlyargs, *args.args]
    found: dict[str, Type] = {}
    defaults = _defaults(args)
    for arg in [*positional, *args.kwonlyargs]:
        found[arg.arg] = _parameter(reader, info, arg, defaults.get(arg.arg))
    if args.vararg is not None:
        found[args.vararg.arg] = t.listed(_annotated(reader, info, args.vararg))
    if args.kwarg is not None:
        kind = _annotated(reader, info, args.kwarg)
        found[args.kwarg.arg] = t.Instance(t.DICT, (t.FOREIGN, kind))
    if info.owner is not None and positional and "staticmethod" not in info.decorators:
        found[positional[0].arg] = _receiver(reader, info)
    return found


def _defaults(args: ast.arguments) -> dict[str, ast.expr]:
    positional = [*args.posonlyargs, *args.args]
    late = positional[len(positional) - len(args.defaults) :]
    found = {arg.arg: node for arg, node in zip(late, args.defaults, strict=True)}
    pairs = zip(args.kwonlyargs, args.kw_defaults, strict=True)
    return found | {arg.arg: node for arg, node in pairs if node is not None}


def _receiver(reader: Reader, info: FunctionInfo) -> Type:
    owner = info.owner
    if owner is None:
        return t.UNKNOWN
    names = reader.program.annotations.type_parameters(owner)
    args = tuple(t.Variable(name) for name in names)
    is_class = "classmethod" in info.decorators or info.node.name == "__new__"
    return (t.ClassObject if is_class else t.Instance)(owner.symbol, args)


def _annotated(reader: Reader, info: FunctionInfo, arg: ast.arg) -> Type:
    scope = Scope(info.module, info.owner, info)
    kind = reader.program.annotations.read(arg.annotation, scope)
    if info.module.library:
        return kind
    # The type parameters of a method's class are resolved where its object is known.
    own = reader.program.annotations.type_parameters(info.owner) if info.owner else ()
    return substitute(kind, {name: t.Variable(name) for name in own})


def _parameter(reader: Reader, info: FunctionInfo, arg: ast.arg, default: ast.expr | None) -> Type:
    kind = t.UNKNOWN if arg.annotation is None else _annotated(reader, info, arg)
    if kind not in {t.UNKNOWN, t.FOREIGN}:
        return kind
    if isinstance(default, ast.Call):
        # `client=Depends(get_client)`: the default is what the framework passes.
        given = reader.type_of(default)
        kind = t.join([kind, given])
    if arg.annotation is None:
        seeds = reader.program.seeds
        kind = t.join([kind, seeds.get((info.symbol, arg.arg), t.UNKNOWN)])
        if kind is t.UNKNOWN:
            kind = _fixture(reader, info, arg.arg)
    return kind


def _fixture(reader: Reader, info: FunctionInfo, name: str) -> Type:
    """Return what the pytest fixture of a parameter's name returns, if one is visible."""
    program = reader.program
    for module in _modules_with_fixtures(reader, info):
        found = module.scope.get(name)
        if isinstance(found, FunctionInfo) and "fixture" in found.decorators and found is not info:
            result = reader.protocols.awaited(program.result(found, {}))
            is_list = isinstance(result, t.Instance) and result.symbol == t.LIST
            return element(result) if is_list else result
    return t.UNKNOWN


def _modules_with_fixtures(reader: Reader, info: FunctionInfo) -> Iterator[ModuleInfo]:
    yield info.module
    if info.node.name.startswith("test") or "fixture" in info.decorators:
        for folder in info.module.path.parents:
            module = reader.program.world.consumer(folder / "conftest.py")
            if module is not None:
                yield module
