"""From a report of edits to the code that they break."""

from __future__ import annotations

import os
from dataclasses import fields, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from trunkline.contracts._loading.document import load
from trunkline.contracts.errors import ContractError
from trunkline.contracts.impact import source
from trunkline.contracts.impact.cache import Cache, default_folder
from trunkline.contracts.impact.client.libraries import (
    Libraries,
    choose,
    enum_values,
    noted_names,
)
from trunkline.contracts.impact.client.locations import Locator
from trunkline.contracts.impact.client.overlay import Overlay
from trunkline.contracts.impact.client.package import ClientPackage
from trunkline.contracts.impact.inference.engine import Engine
from trunkline.contracts.impact.inference.world import World
from trunkline.contracts.impact.matching.index import Index
from trunkline.contracts.impact.matching.match import Matcher
from trunkline.contracts.impact.project import Project

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from trunkline.contracts.impact.facts.model import Facts
    from trunkline.contracts.impact.inference.types import Type
    from trunkline.contracts.impact.source import Skipped, Source
    from trunkline.contracts.model import Finding, Report

__all__ = ["Usage", "analyse"]


def analyse(
    report: Report,
    code: Iterable[str | os.PathLike[str]] = (),
    client: str | os.PathLike[str] | None = None,
    overlay: str | os.PathLike[str] | None = None,
    *,
    old: Mapping[str, Any] | None = None,
    new: Mapping[str, Any] | None = None,
    cache: str | os.PathLike[str] | bool = True,
) -> Report:
    """Return a report in which every finding names the code that it concerns.

    Nothing is imported or run: the client, the overlay and the code are read as text.

    Args:
        report: what a comparison found.
        code: files and folders of the consumer's code.
        client: the generated package, by folder or import name; by default the one of this
            project that has the report's operations.
        overlay: handwritten package on top of it, by folder or import name; by default this
            project's, if the client is one of its own.
        old: the old document; by default the one that was compared.
        new: the new document, likewise.
        cache: folder for results of earlier runs; True for the platform's cache folder, False
            for none.

    Raises:
        ContractError: a path or package does not exist.
    """
    libraries = choose(report, client, overlay)
    paths = list(code)
    if libraries is None:
        if paths:
            raise ContractError(
                "no generated client fits the contract: name it with `client`, by folder or by "
                "import name"
            )
        return report
    files, skipped = source.find(paths)
    store = Cache(_cache_folder(cache), [libraries.client, *(str(Path(p).resolve()) for p in paths)])
    usage = Usage(libraries, files, store, _document(report, "old", old))
    findings = tuple(usage.fill(finding) for finding in report.findings)
    store.save()
    return _with_skipped(replace(report, findings=findings), [*skipped, *usage.skipped])


def _document(
    report: Report, side: str, given: Mapping[str, Any] | None
) -> Mapping[str, Any] | None:
    if given is not None:
        return given
    compared = getattr(report.comparison, side, None)
    if compared is not None:
        return compared.document.tree  # type: ignore[no-any-return]  # the comparison is private
    source_name = getattr(report, side).source
    return load(source_name).tree if os.path.exists(source_name) else None


def _cache_folder(cache: str | os.PathLike[str] | bool) -> Path | None:  # noqa: FBT001 - checked by analyse
    if isinstance(cache, bool):
        return default_folder() if cache else None
    return Path(cache)


def _with_skipped(report: Report, skipped: list[Skipped]) -> Report:
    if any(field.name == "skipped" for field in fields(report)):
        changes: dict[str, Any] = {"skipped": tuple(skipped)}
        return replace(report, **changes)
    return report


class Usage:
    """A consumer's code beside the client that it uses.

    Args:
        libraries: the client and its overlay.
        files: the consumer's files.
        cache: results of earlier runs.
        old: the old document, if it is known.
    """

    def __init__(
        self,
        libraries: Libraries,
        files: Iterable[Path],
        cache: Cache,
        old: Mapping[str, Any] | None,
    ) -> None:
        read = [source.read(path) for path in files if not libraries.owns(path)]
        self.sources: list[Source] = [each for each in read if isinstance(each, source.Source)]
        self._unread = [each for each in read if isinstance(each, source.Skipped)]
        data = {each.path: each.data for each in self.sources}
        self.world = World(libraries.roots, data, data)
        self.package = ClientPackage(self.world, libraries.client, libraries.folder)
        self._values = enum_values(self.package)
        self._names: frozenset[str] = frozenset()
        self._engine = self._make_engine({})
        self.overlay = Overlay(self.world, self._overlay_facts(libraries))
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

    def fill(self, finding: Finding) -> Finding:
        """Return a finding with the overlay's methods and the call sites that it concerns."""
        location = self.locator.find(finding.edit, finding.operation_names)
        used = self.matcher.sites(finding, location)
        endpoints = [self.locator.endpoint(*n.split(" ", 1)) for n in finding.operation_names]
        known = [each for each in endpoints if each is not None]
        targets = [t for each in known for t in (*each.functions, each.module)]
        overlay = self.overlay.public(self.overlay.reaching(targets))
        return replace(finding, used=used, overlay=overlay)

    def _make_engine(self, seeds: Mapping[tuple[str, str], Type]) -> Engine:
        return Engine(self.world, self._names, self.package.attribute_of, seeds, self._values)

    def _overlay_facts(self, libraries: Libraries) -> dict[str, Facts]:
        modules = [self.world.at(path) for path in libraries.overlay_files]
        return {each.key: self._engine.facts(each) for each in modules if each is not None}

    def _resources(self) -> dict[str, set[str]]:
        found = self.overlay.resources(self._engine)
        for endpoint in self.package.endpoints:
            for symbol in endpoint.functions:
                name = f"{endpoint.module.rpartition('.')[2]}.{symbol.rpartition('::')[2]}"
                found.setdefault(name, set()).add(symbol)
        return found

    def _line(self, file: str, number: int) -> str:
        if file not in self._lines:
            module = self.world.at(Path(file))
            self._lines[file] = module.lines if module else []
        lines = self._lines[file]
        return lines[number - 1].strip() if number <= len(lines) else ""
