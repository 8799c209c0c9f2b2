"""The programs of the corpus, their marked lines, and what the analysis finds in them."""

from __future__ import annotations

import copy
import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from trunkline.contracts import diff, load
from trunkline.contracts.impact import analyse

if TYPE_CHECKING:
    from collections.abc import Iterator

    from trunkline.contracts import Finding, Report

#: Programs that use the generated client without the overlay.
GENERATED = ("generated", "clients", "backends")
FOLDER = Path(__file__).parent / "programs"
PAMELA = Path(__file__).parents[3] / "generated" / "trunkline_generated" / "pamela" / "openapi.json"


@dataclass(frozen=True, order=True)
class Mark:
    """A line of a program and the edit that is expected to hit it."""

    file: str
    line: int
    edit: str


def programs(kind: str) -> list[Path]:
    """Return the programs of one kind; a folder is one program."""
    folder = FOLDER / kind
    return sorted(p for p in folder.iterdir() if p.suffix == ".py" or p.is_dir())


def marks(kind: str, word: str = "hit") -> set[Mark]:
    """Return the lines that are marked with `# hit: edit, edit`."""
    found: set[Mark] = set()
    for path in sorted((FOLDER / kind).rglob("*.py")):
        for number, line in enumerate(path.read_text().splitlines(), 1):
            comment = re.search(rf"# {word}: (.+)$", line)
            for name in comment[1].split(",") if comment else ():
                found.add(Mark(path.relative_to(FOLDER).as_posix(), number, name.strip()))
    return found


def report(kind: str, old: dict[str, Any], new: dict[str, Any], **options: Any) -> Report:
    """Return the report on two documents, analysed over all programs of a kind."""
    compared = diff(load(old), load(new))
    return analyse(compared, programs(kind), cache=False, **options)


def documents(kind: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the old and the new contract for a kind of program."""
    edits = FOLDER / kind / "edits.json"
    if kind in GENERATED:
        old = json.loads((FOLDER / "generated" / "old.json").read_text())
        if not edits.exists():
            return old, json.loads((FOLDER / "generated" / "new.json").read_text())
    else:
        old = json.loads(PAMELA.read_text())
        edits = FOLDER / "overlay" / "edits.json"
    return old, edited(old, json.loads(edits.read_text()))


def edited(document: dict[str, Any], edits: list[dict[str, Any]]) -> dict[str, Any]:
    """Return a document with values removed or set at JSON pointers."""
    result = copy.deepcopy(document)
    for edit in edits:
        pointer = edit.get("remove") or edit["set"]
        *path, last = [p.replace("~1", "/").replace("~0", "~") for p in pointer.split("/")[1:]]
        node: Any = result
        for part in path:
            node = node[int(part)] if isinstance(node, list) else node[part]
        key: Any = int(last) if isinstance(node, list) else last
        if "remove" in edit:
            del node[key]
        else:
            node[key] = edit["to"]
    return result


def label(finding: Finding) -> str:
    """Return an edit's name in marks: its subject, without quotes."""
    if finding.rule == "operation-removed":
        return str(finding.edit.before)
    parts = [
        p
        for p in finding.edit.pointer.split("/")
        if p not in {"type", "enum", "format", "required"}
    ]
    return finding.edit.subject.strip('"') or parts[-1].rpartition(":")[2]


def found(analysed: Report, confidence: str = "certain") -> Iterator[tuple[Mark, str]]:
    """Yield the sites that the analysis found, with the reasons."""
    for finding in analysed.findings:
        for site in finding.used:
            if site.confidence == confidence:
                file = Path(site.file).resolve().relative_to(FOLDER.resolve()).as_posix()
                yield Mark(file, site.line, label(finding)), site.reason
