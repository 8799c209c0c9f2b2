"""Find the lines of a consumer's code that each finding concerns."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from trunkline.contracts.impact import source
from trunkline.contracts.impact.client.libraries import enum_values, noted_names
from trunkline.contracts.impact.client.locations import Locator
from trunkline.contracts.impact.client.overlay import Overlay
from trunkline.contracts.impact.client.package import ClientPackage
from trunkline.contracts.impact.facts import codec
from trunkline.contracts.impact.inference.world import World
from trunkline.contracts.impact.matching.index import Index
from trunkline.contracts.impact.matching.match import Matcher
from trunkline.contracts.impact.project import Project
from trunkline.contracts.impact.reading.code import CodeReader
from trunkline.contracts.impact.surface.join import Cause, join, shown
from trunkline.contracts.model import Skipped

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from trunkline.contracts.impact.cache import Cache
    from trunkline.contracts.impact.client.libraries import Libraries
    from trunkline.contracts.impact.client.location import Location
    from trunkline.contracts.impact.facts.model import Facts
    from trunkline.contracts.impact.inference.types import Type
    from trunkline.contracts.impact.source import Source
    from trunkline.contracts.impact.surface.column import Surfaces
    from trunkline.contracts.impact.surface.compare import Change
    from trunkline.contracts.model import Direction, Finding, PythonChange

__all__ = ["Usage"]


class Usage:
    """A consumer's code and the client that it uses.

    Args:
        libraries: the client and its overlay.
        files: the consumer's files.
        cache: results of earlier runs.
        old: the old document, if it is known.
    """

    def __init__(
        self,
        libraries: Libraries,
        files: Sequence[Path],
        cache: Cache,
        old: Mapping[str, Any] | None,
    ) -> None:
        folders = {path.parent for path in files}
        owned = {folder for folder in folders if libraries.owns(folder)}
        read = [source.read(path) for path in files if path.parent not in owned]
        self.sources: list[Source] = [each for each in read if isinstance(each, source.Source)]
        self._unread = [each for each in read if isinstance(each, Skipped)]
        self._data = {each.path: each.data for each in self.sources}
        self.world = World(libraries.roots, self._data, self._data)
        self.package = ClientPackage(self.world, libraries.client, libraries.folder)
        self._values = enum_values(self.package)
        self._names: frozenset[str] = frozenset()
        self._engine = self._make_engine({})
        self.overlay = Overlay(self.world, self._overlay_facts(libraries, cache))
        self.resources = self._resources()
        self._names = noted_names(self.package, self.resources)
        self.locator = Locator(self.package, self._engine, old)
        self._project = Project(
            self.world, self.sources, self._make_engine, libraries.digest, cache
        )
        self._lines: dict[str, list[str]] = {}
        index = Index(self._project.facts())
        self.matcher = Matcher(index, self.overlay, self.resources, self._line)

    @property
    def skipped(self) -> list[Skipped]:
        """Files that could not be read."""
        return [*self._unread, *self._project.skipped]

    def fill(
        self, findings: Sequence[Finding], surfaces: Surfaces
    ) -> tuple[tuple[Finding, ...], tuple[PythonChange, ...]]:
        """Return findings with the code that they concern, and changes that no finding explains."""
        located = [(f, self.locator.find(f.edit, f.operation_names)) for f in findings]
        causes = [Cause(finding, each, self.package.name) for finding, each in located]
        joined, rest = join(surfaces.changes, causes)
        filled = tuple(
            self._filled(finding, location, joined.get(finding.fingerprint, []), surfaces)
            for finding, location in located
        )
        return filled, tuple(self._shown(each, surfaces, ()) for each in rest)

    def _shown(
        self, change: Change, surfaces: Surfaces, directions: Iterable[Direction]
    ) -> PythonChange:
        return shown(change, self.package.name, surfaces.moved, directions)

    def _filled(
        self, finding: Finding, location: Location, changes: Sequence[Change], surfaces: Surfaces
    ) -> Finding:
        """Return a finding with the overlay's methods and the call sites that it concerns."""
        renamed = [f"{self.package.name}.{each.module}" for each in changes if not each.name]
        used = self.matcher.sites(finding, location, renamed)
        python = tuple(self._shown(each, surfaces, finding.directions) for each in changes)
        endpoints = [self.locator.endpoint(*n.split(" ", 1)) for n in finding.operation_names]
        known = [each for each in endpoints if each is not None]
        targets = [t for each in known for t in (*each.functions, each.module)]
        overlay = self.overlay.public(self.overlay.reaching(targets))
        return replace(finding, used=used, overlay=overlay, python=python)

    def _make_engine(self, seeds: Mapping[tuple[str, str], Type]) -> CodeReader:
        return CodeReader(self.world, self._names, self.package.attribute_of, seeds, self._values)

    def _overlay_facts(self, libraries: Libraries, cache: Cache) -> dict[str, Facts]:
        kept = cache.get(f"overlay {libraries.digest}", _decoded)
        if kept is not None:
            return kept
        modules = [self.world.at(path) for path in libraries.overlay_files]
        found = {each.key: self._engine.facts(each) for each in modules if each is not None}
        value = {key: codec.encode(each) for key, each in found.items()}
        cache.put(f"overlay {libraries.digest}", value)
        return found

    def _resources(self) -> dict[str, set[str]]:
        found = self.overlay.resources(self._engine)
        for endpoint in self.package.endpoints:
            for symbol in endpoint.functions:
                name = f"{endpoint.module.rpartition('.')[2]}.{symbol.rpartition('::')[2]}"
                found.setdefault(name, set()).add(symbol)
        return found

    def _line(self, file: str, number: int) -> str:
        if file not in self._lines:
            self._lines[file] = source.decode(self._data[Path(file)]).splitlines()
        lines = self._lines[file]
        return lines[number - 1].strip() if number <= len(lines) else ""


def _decoded(kept: Any) -> dict[str, Facts]:
    return {key: codec.decode(each) for key, each in kept.items()}
