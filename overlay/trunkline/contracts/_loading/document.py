"""A loaded contract: its tree, its bytes, and the documents it refers to."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from trunkline._json import is_array, is_object
from trunkline.contracts.errors import ContractError
from trunkline.contracts.model import DocumentInfo

from . import addresses, formats, positions, sources
from .check import check
from .pause import collector_paused
from .pointers import holder
from .sources import Source

if TYPE_CHECKING:
    from collections.abc import Sequence

#: A `$ref` that does not start with `#`: most documents have none and are not searched further.
_EXTERNAL: Final = re.compile(rb"""\$ref["']?\s*:\s*(?:[>|][-+0-9]*\s+)?["']?[^#"'\s{&*|>]""")
_MAX_DOCUMENTS: Final = 1_000


@dataclass(frozen=True, slots=True, eq=False)
class Document:
    """An OpenAPI 3.0 or 3.1 document, ready to be compared; it is never changed.

    Attributes:
        info: where it came from, its title, version and OpenAPI version.
        tree: the parsed document, after its corrections.
        files: the document itself first, then the targets of external references.
        trees: the parsed files, in the same order.
        corrected: whether Overlay documents were applied; lines then come from the original.
    """

    info: DocumentInfo
    tree: dict[str, Any] = field(repr=False)
    files: tuple[Source, ...] = field(repr=False)
    trees: tuple[Any, ...] = field(repr=False)
    corrected: bool = False


def load(
    source: str | os.PathLike[str] | dict[str, Any] | bytes,
    *,
    overlays: Sequence[str | os.PathLike[str] | dict[str, Any]] = (),
    offline: bool = False,
    name: str | None = None,
    base: Document | None = None,
) -> Document:
    """Read a contract and everything it refers to.

    Args:
        source: path, http(s) URL, `revision:path` of the Git repository around the current
            directory, the bytes of a document, or a parsed document.
        overlays: OpenAPI Overlay documents to apply, in this order: paths, URLs or parsed ones.
        offline: refuse to fetch URLs, including those in `$ref`.
        name: the name of the document in messages and reports; by default its source.
        base: another version of the contract that is already loaded. For JSON, parts with the
            same text in both are not parsed again, and comparing the two is faster. The result
            is the same.

    Raises:
        ContractError: unreadable, not JSON or YAML, not OpenAPI 3.0 or 3.1, or inconsistent.
    """
    with collector_paused():
        return _load(source, overlays, name, base.files[0] if base else None, offline=offline)


def _load(
    source: str | os.PathLike[str] | dict[str, Any] | bytes,
    overlays: Sequence[str | os.PathLike[str] | dict[str, Any]],
    name: str | None,
    base: Source | None,
    *,
    offline: bool,
) -> Document:
    main, tree = _read_main(source, name, base, offline=offline)
    for overlay in overlays:
        tree = _corrected(tree, overlay, offline=offline)
    check(tree, main.name, main)
    files, trees = [main], [tree]
    if _EXTERNAL.search(main.data) or overlays:
        _follow(files, trees, offline=offline)
    return Document(_info(tree, main.name), tree, tuple(files), tuple(trees), bool(overlays))


def _read_main(
    source: str | os.PathLike[str] | dict[str, Any] | bytes,
    name: str | None,
    base: Source | None,
    *,
    offline: bool,
) -> tuple[Source, Any]:
    if isinstance(source, str | os.PathLike):
        path = os.fspath(source)
        data = sources.read(path, offline=offline)
        tree, form, units = formats.parse(data, path, base)
        return Source(name or path, data, form, path, units), tree
    if isinstance(source, bytes):
        label = name or "<bytes>"
        tree, form, units = formats.parse(source, label, base)
        return Source(label, source, form, units=units), tree
    import json

    data = json.dumps(source, ensure_ascii=False, default=str).encode("utf-8", "replace")
    return Source(name or "<dict>", data, "json"), source


def _corrected(
    tree: Any, overlay: str | os.PathLike[str] | dict[str, Any], *, offline: bool
) -> Any:
    from trunkline.contracts.overlays import apply

    if not isinstance(overlay, str | os.PathLike):
        return apply(tree, overlay)
    path = os.fspath(overlay)
    parsed = formats.parse(sources.read(path, offline=offline), path).value
    try:
        return apply(tree, parsed)
    except ContractError as error:
        raise ContractError(error.problem, document=path) from error


def _info(tree: dict[str, Any], source: str) -> DocumentInfo:
    info = tree.get("info")
    info = info if is_object(info) else {}
    return DocumentInfo(
        source, str(info.get("title", "")), str(info.get("version", "")), str(tree["openapi"])
    )


def _follow(files: list[Source], trees: list[Any], *, offline: bool) -> None:
    known = {files[0].address}
    for number, tree in enumerate(trees):  # both lists grow while they are read
        base = files[number].address
        for target, ref in sorted(external_targets(tree).items()):
            name = addresses.resolve(base, target)
            if name not in known:
                known.add(name)
                try:
                    _add(name, files, trees, offline=offline)
                except ContractError as error:
                    raise _at_reference(error, files[number], tree, ref) from error


def _add(name: str, files: list[Source], trees: list[Any], *, offline: bool) -> None:
    if len(files) >= _MAX_DOCUMENTS:
        raise ContractError(f"there are more than {_MAX_DOCUMENTS} documents", document=name)
    data = sources.read(name, offline=offline, referred=True)
    tree, form, units = formats.parse(data, name)
    files.append(Source(name, data, form, units=units))
    trees.append(tree)


def _at_reference(error: ContractError, file: Source, tree: Any, ref: str) -> ContractError:
    """Return the error for a reference that cannot be followed, with its location."""
    pointer = f"{holder(tree, '$ref', ref) or ''}/$ref"
    line, column = positions.find(file, [pointer])[pointer]
    problem = f"the $ref to {error.document} cannot be followed: {error.problem}"
    return ContractError(problem, document=file.name, pointer=pointer, line=line, column=column)


def external_targets(tree: Any) -> dict[str, str]:
    """Return the documents that a tree refers to, each with one reference to it."""
    found: dict[str, str] = {}
    stack = [tree]
    while stack:
        node = stack.pop()
        if is_object(node):
            ref = node.get("$ref")
            if isinstance(ref, str) and not ref.startswith("#"):
                document = ref.partition("#")[0]
                found[document] = min(ref, found.get(document, ref))
            stack.extend(node.values())
        elif is_array(node):
            stack.extend(node)
    return found
