"""The facts of a consumer's code, from the files that lead to the client, or from the cache."""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Final

from trunkline.contracts.impact.facts import codec, types_codec
from trunkline.contracts.impact.facts.model import Facts
from trunkline.contracts.impact.inference import types as t
from trunkline.contracts.model import Skipped

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from trunkline.contracts.impact.cache import Cache
    from trunkline.contracts.impact.inference.modules import ModuleInfo
    from trunkline.contracts.impact.inference.types import Type
    from trunkline.contracts.impact.inference.world import World
    from trunkline.contracts.impact.reading.code import CodeReader
    from trunkline.contracts.impact.source import Source

__all__ = ["Project"]

_IMPORT: Final = re.compile(
    rb"^[ \t]*(?:from[ \t]+([.\w]+)[ \t]+import[ \t]+(\([^)]*\)|[^\n#;]+)|import[ \t]+([^\n#;]+))",
    re.MULTILINE,
)
_NAME: Final = re.compile(rb"[.\w]+")
#: Maximum number of passes that follow values from callers into functions of other files.
_ROUNDS: Final = 3


class Project:
    """A consumer's code, read as far as it leads to the client.

    Args:
        world: the modules of the libraries and of the code.
        sources: the code's files.
        make_engine: builds an engine that knows what callers pass.
        library: hash of the libraries' code.
        cache: results of earlier runs.
    """

    def __init__(
        self,
        world: World,
        sources: Sequence[Source],
        make_engine: Callable[[Mapping[tuple[str, str], Type]], CodeReader],
        library: str,
        cache: Cache,
    ) -> None:
        self.world = world
        self.sources = {each.path: each for each in sources}
        self._make_engine = make_engine
        self._library = library
        self._cache = cache
        self._imports = {path: self._imported(each) for path, each in self.sources.items()}
        self._importers: dict[Path, set[Path]] = defaultdict(set)
        for path, imported in self._imports.items():
            for each in imported:
                self._importers[each].add(path)
        self.relevant = self._relevant()
        self._keys: dict[Path, str] = {}

    def facts(self) -> dict[str, Facts]:
        """Return the facts of every file that leads to the client."""
        found: dict[Path, Facts] = {}
        seeds: dict[tuple[str, str], Type] = {}
        pending = self.relevant
        for _ in range(_ROUNDS):
            engine = self._make_engine(seeds)
            for path in sorted(pending):
                found[path] = self._of_file(path, engine, seeds)
            further = _seeds(found.values())
            pending = self._affected(further, seeds)
            if not pending:
                break
            seeds = further
        return {path.as_posix(): each for path, each in sorted(found.items())}

    @property
    def skipped(self) -> list[Skipped]:
        """The files that were needed but could not be read."""
        return [self.world.skipped[key] for key in sorted(self.world.skipped)]

    def _of_file(
        self, path: Path, engine: CodeReader, seeds: Mapping[tuple[str, str], Type]
    ) -> Facts:
        key = self._key(path, seeds)
        kept = self._cache.get(key, codec.decode)
        if kept is not None:
            return kept
        module = self.world.at(path)
        facts = Facts() if module is None else _facts(engine, module, self.world)
        if module is not None:
            self._cache.put(key, codec.encode(facts))
        return facts

    def _key(self, path: Path, seeds: Mapping[tuple[str, str], Type]) -> str:
        """Return a hash of everything that a file's facts depend on."""
        if path not in self._keys:
            files = sorted(self._closure(path))
            texts = [f"{each.as_posix()}={self.sources[each].digest}" for each in files]
            joined = "\n".join([self._library, path.as_posix(), *texts])
            self._keys[path] = hashlib.blake2b(joined.encode(), digest_size=16).hexdigest()
        if not seeds:
            return self._keys[path]
        text = repr(sorted((key, repr(kind)) for key, kind in seeds.items()))
        return self._keys[path] + hashlib.blake2b(text.encode(), digest_size=8).hexdigest()

    def _closure(self, path: Path) -> set[Path]:
        found = {path}
        pending = [path]
        while pending:
            for each in self._imports[pending.pop()]:
                if each not in found and each in self.relevant:
                    found.add(each)
                    pending.append(each)
        return found

    def _imported(self, one: Source) -> set[Path]:
        found: set[Path] = set()
        for base, names, plain in _IMPORT.findall(one.data):
            if plain:
                dotted = [part.split()[0].decode() for part in plain.split(b",") if part.split()]
            else:
                prefix = base.decode(errors="ignore")
                joint = "" if prefix.endswith(".") else "."
                words = [w.decode(errors="ignore") for w in _NAME.findall(names)]
                dotted = [prefix, *(f"{prefix}{joint}{word}" for word in words)]
            for each in dotted:
                path = self.world.files.imported(each, one.path)
                if path is not None and path in self.sources:
                    found.add(path)
        return found

    def _relevant(self) -> set[Path]:
        """Return the files that name a library, and all files that import those."""
        # A client inside the consumer's package may be named by its last part alone.
        needles = [name.rpartition(".")[2].encode() for name in self.world.libraries]
        found = {
            path
            for path, each in self.sources.items()
            if any(needle in each.data for needle in needles)
        }
        pending = list(found)
        while pending:
            for each in self._importers[pending.pop()]:
                if each not in found:
                    found.add(each)
                    pending.append(each)
        return found

    def _affected(
        self, further: Mapping[tuple[str, str], Type], before: Mapping[tuple[str, str], Type]
    ) -> set[Path]:
        """Return the files whose facts may differ with the newly observed types."""
        changed = {key for key in further if further[key] != before.get(key)}
        files: set[Path] = set()
        for function, name in changed:
            if function == "@attribute":
                needle = name.rpartition(".")[2].encode()
                files |= {p for p, each in self.sources.items() if needle in each.data}
            else:
                path = Path(function.partition("::")[0])
                files |= {path, *self._importers[path]} if path in self.sources else set()
        return files


def _facts(engine: CodeReader, module: ModuleInfo, world: World) -> Facts:
    try:
        return engine.facts(module)
    except RecursionError:
        name = module.key
        world.skipped[name] = Skipped(name, "nested too deeply")
        return Facts()


def _seeds(facts: Iterable[Facts]) -> dict[tuple[str, str], Type]:
    found: dict[tuple[str, str], list[Type]] = defaultdict(list)
    for each in facts:
        for flow in each.flows:
            found[flow.function, flow.parameter].append(types_codec.decode(flow.kind))
    return {key: t.join(kinds) for key, kinds in sorted(found.items())}
