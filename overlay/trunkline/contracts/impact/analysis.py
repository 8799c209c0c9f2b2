"""Find the code that the edits in a report break."""

from __future__ import annotations

import hashlib
import json
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from trunkline.contracts._loading.pause import collector_paused
from trunkline.contracts.errors import ContractError
from trunkline.contracts.impact import source
from trunkline.contracts.impact.cache import Cache, default_folder
from trunkline.contracts.impact.client.libraries import (
    Libraries,
    choose,
)
from trunkline.contracts.impact.surface.column import Surfaces
from trunkline.contracts.impact.surface.generate import generated
from trunkline.contracts.impact.usage import Usage

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable, Mapping, Sequence

    from trunkline.contracts.model import Report

__all__ = ["analyse"]


def analyse(
    report: Report,
    code: Iterable[str | os.PathLike[str]] = (),
    client: str | os.PathLike[str] | None = None,
    overlay: str | os.PathLike[str] | None = None,
    *,
    old: Mapping[str, Any] | None = None,
    new: Mapping[str, Any] | None = None,
    generator: bool | None = None,
    cache: str | os.PathLike[str] | bool = True,
) -> Report:
    """Return a report in which every finding names the code that it concerns.

    No code is imported or run: the client, the overlay and the code are read as text.

    Args:
        report: what a comparison found.
        code: files and folders of the consumer's code.
        client: the generated package, by folder or import name; by default the one of this
            project that has the report's operations. If no package has the given name, the
            client is generated from the old document.
        overlay: handwritten package on top of it, by folder or import name; by default this
            project's, if the client is one of its own.
        old: the old document; by default the one that was compared.
        new: the new document, likewise.
        generator: True compares what openapi-python-client writes for both documents, False what
            its naming rules say, None runs it if it is installed.
        cache: folder for results of earlier runs; True for the platform's cache folder, False
            for none.

    Raises:
        ContractError: a path or package does not exist, no package is known for the code, or the
            generator is requested but cannot be run.
    """
    paths = list(code)
    documents = _document(report, "old", old), _document(report, "new", new)
    with ExitStack() as stack:

        def write(name: str) -> Path:
            label = report.old.source
            return stack.enter_context(
                generated(documents[0] or {}, name, generator=generator, label=label)
            )

        known = documents[0] is not None
        libraries = choose(_paths(report, documents[0]), client, overlay, write if known else None)
        if libraries is None and paths:
            raise ContractError(
                "no generated client fits the contract: name it with `client`, by folder or by "
                "import name"
            )
        if libraries is None:
            if not known:
                return report
            libraries = Libraries("client", write("client"))
        names = [libraries.client, *(str(Path(path).resolve()) for path in paths)]
        store = Cache(_cache_folder(cache), names)
        with collector_paused(leaves_garbage=True):
            result = _filled(report, libraries, paths, documents, generator, store)
            store.save()
        return result


def _filled(
    report: Report,
    libraries: Libraries,
    paths: Sequence[str | os.PathLike[str]],
    documents: tuple[Mapping[str, Any] | None, Mapping[str, Any] | None],
    generator: bool | None,  # noqa: FBT001 - checked by analyse
    store: Cache,
) -> Report:
    files, skipped = source.find(paths)
    usage = Usage(libraries, files, store, documents[0])
    surfaces = Surfaces([], {})
    if documents[0] is not None and documents[1] is not None:
        digest = _digest(documents)
        surfaces = Surfaces.of(
            documents[0], documents[1], generator=generator, cache=store, digest=digest
        )
    findings, rest = usage.fill(report.findings, surfaces)
    unread = sorted({*skipped, *usage.skipped}, key=lambda each: (each.file, each.reason))
    return replace(report, findings=findings, skipped=tuple(unread), python=rest)


def _document(
    report: Report, side: str, given: Mapping[str, Any] | None
) -> Mapping[str, Any] | None:
    if given is not None:
        return given
    compared = getattr(report.comparison, side, None)
    if compared is not None:
        return compared.document.tree  # type: ignore[no-any-return]  # the comparison is private
    return None


def _paths(report: Report, document: Mapping[str, Any] | None) -> list[str]:
    if document is not None:
        return [str(path) for path in document.get("paths") or ()]
    names = {name for finding in report.findings for name in finding.operation_names}
    return [name.partition(" ")[2] for name in names]


def _digest(documents: Sequence[Mapping[str, Any] | None]) -> str:
    """Return a hash of both documents, including corrections, which are not in the files."""
    text = json.dumps(documents, default=str)
    return hashlib.blake2b(text.encode("ascii"), digest_size=16).hexdigest()


def _cache_folder(cache: str | os.PathLike[str] | bool) -> Path | None:  # noqa: FBT001 - checked by analyse
    if isinstance(cache, bool):
        return default_folder() if cache else None
    return Path(cache)
