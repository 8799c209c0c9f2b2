"""Handwritten code between a consumer and the generated client, and what it calls there."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from trunkline.contracts.impact.inference.modules import ClassInfo, FunctionInfo, ModuleInfo

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from trunkline.contracts.impact.facts.model import Argument, Call, Facts
    from trunkline.contracts.impact.inference.engine import Engine
    from trunkline.contracts.impact.inference.world import World

__all__ = ["Overlay", "Passing", "overlay_files"]

#: A parameter of a function, or a field of a model.
Passing = tuple[str, str]


def overlay_files(folder: Path, client: str) -> list[Path]:
    """Return the files of an overlay that lead to a generated package.

    A sub-package belongs to it as a whole if one of its modules names the client.
    """
    needle = client.encode()
    chosen: set[Path] = set()
    files = sorted(folder.rglob("*.py"))
    for path in files:
        if needle in path.read_bytes():
            inside = path.relative_to(folder)
            chosen.add(folder / inside.parts[0])
    return [path for path in files if folder / path.relative_to(folder).parts[0] in chosen]


class Overlay:
    """What each function of the overlay calls, and where it passes its parameters.

    Args:
        world: the modules.
        facts: facts of the overlay's modules, by the module's key.
    """

    def __init__(self, world: World, facts: Mapping[str, Facts]) -> None:
        self.world = world
        self.facts = facts
        self._callers: dict[str, set[str]] = defaultdict(set)
        self._sources: dict[Passing, set[Passing]] = defaultdict(set)
        self._calls: dict[str, list[Call]] = defaultdict(list)
        for key, each in facts.items():
            self._read(key, each)

    def _read(self, key: str, facts: Facts) -> None:
        for call in facts.calls:
            caller = f"{key}::{call.function}"
            self._callers[call.target].add(caller)
            self._calls[caller].append(call)
            for name, argument in call.arguments.items():
                self._sources[call.target, name].update((caller, each) for each in argument.names)
        for each in facts.references:
            if not each.imported and each.function:
                self._callers[each.target].add(f"{key}::{each.function}")
        for caller in {f"{key}::{each.function}" for each in facts.all()}:
            # A function inside a method counts as called by the method.
            outer, _, _ = caller.rpartition(".")
            if isinstance(self.world.symbol(outer), FunctionInfo):
                self._callers[caller].add(outer)

    def reaching(self, targets: Iterable[str]) -> set[str]:
        """Return the functions of the overlay that call one of the symbols, directly or not."""
        found: set[str] = set()
        pending = list(targets)
        while pending:
            for caller in self._callers.get(pending.pop(), ()):
                if caller not in found:
                    found.add(caller)
                    pending.append(caller)
        return found

    def passing(self, targets: Iterable[Passing]) -> dict[str, set[str]]:
        """Return the parameters of the overlay's functions that are passed on to the given ones."""
        found: set[Passing] = set()
        pending = list(targets)
        while pending:
            for source in self._sources.get(pending.pop(), ()):
                if source not in found:
                    found.add(source)
                    pending.append(source)
        result: dict[str, set[str]] = defaultdict(set)
        for function, name in found:
            result[function].add(name)
        return result

    def is_always_passed(self, function: str, target: str, name: str) -> bool:
        """Whether a function passes something for a parameter, whatever its caller passes."""
        return any(
            call.target == target
            and name in call.arguments
            and self._is_fixed(function, call.arguments[name])
            for call in self._calls.get(function, ())
        )

    def _is_fixed(self, function: str, argument: Argument) -> bool:
        if argument.constant:
            return argument.value is not None
        if not argument.names:
            return True
        info = self.world.symbol(function)
        if not isinstance(info, FunctionInfo):
            return False
        return not _required(info).isdisjoint(argument.names)

    def takes_any(self, function: str) -> bool:
        """Whether a function takes arbitrary keyword arguments."""
        info = self.world.symbol(function)
        return isinstance(info, FunctionInfo) and info.node.args.kwarg is not None

    def has_parameter(self, function: str, name: str) -> bool:
        """Whether a function has a parameter of this name."""
        info = self.world.symbol(function)
        if not isinstance(info, FunctionInfo):
            return False
        args = info.node.args
        return any(arg.arg == name for arg in [*args.posonlyargs, *args.args, *args.kwonlyargs])

    def public(self, functions: Iterable[str]) -> tuple[str, ...]:
        """Return the functions that a consumer can call, as `module.Class.method`."""
        names = {each for each in functions if self._is_public(each)}
        return tuple(sorted(each.replace("::", ".") for each in names))

    def _is_public(self, symbol: str) -> bool:
        qualified = symbol.partition("::")[2]
        parts = qualified.split(".")
        is_method = isinstance(self.world.symbol(symbol), FunctionInfo)
        return is_method and not any(part.startswith("_") for part in parts)

    def resources(self, engine: Engine) -> dict[str, set[str]]:
        """Return methods by the last two names of a call, such as `calls.create`."""
        found: dict[str, set[str]] = defaultdict(set)
        for module in self._modules():
            for info in module.scope.values():
                if isinstance(info, ClassInfo):
                    self._resources_of(info, engine, found)
        return found

    def _resources_of(self, info: ClassInfo, engine: Engine, found: dict[str, set[str]]) -> None:
        for method in info.methods:
            if "property" not in method.decorators or method.node.name.startswith("_"):
                continue
            kind = engine.program.result(method, {})
            owner = engine.program.classes.info(getattr(kind, "symbol", ""))
            lineage = engine.program.classes.lineage(owner) if owner else ()
            for inner in [each for base, _ in lineage for each in base.methods]:
                if not inner.node.name.startswith("_"):
                    found[f"{method.node.name}.{inner.node.name}"].add(inner.symbol)

    def _modules(self) -> Iterable[ModuleInfo]:
        for key in self.facts:
            module = self.world.by_key(key)
            if module is not None:
                yield module


def _required(info: FunctionInfo) -> set[str]:
    args = info.node.args
    positional = [*args.posonlyargs, *args.args]
    found = {arg.arg for arg in positional[: len(positional) - len(args.defaults)]}
    pairs = zip(args.kwonlyargs, args.kw_defaults, strict=True)
    return found | {arg.arg for arg, default in pairs if default is None}
