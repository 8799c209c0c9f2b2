"""Update the whole repository for a changed document, in one step."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from trunkline.contracts import Level
from trunkline_pipeline import toolchain
from trunkline_pipeline.checks.complete import TABLE
from trunkline_pipeline.checks.inputs import facts_of
from trunkline_pipeline.errors import PipelineError
from trunkline_pipeline.inputs import documents, manifest, openapi_overlay, pins
from trunkline_pipeline.inputs.repin import repin

from . import changelog, comparing, incoming, journal, patches, steps, tree
from .callers import finding, following
from .callers.by_text import imported, quotes, status, texts
from .edits import events, exports, overlay, sandbox
from .edits.added import Writer, Written
from .steps import contract_of
from .todo import MovableTodo, Question, Todo

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from trunkline_pipeline.checks.source.facts import Facts
    from trunkline_pipeline.inputs.manifest import Contract

    from .changes import Changes
    from .incoming import Incoming

_STALE: Final = "--drop-stale removes these actions, with a comment for each"


@dataclass(slots=True)
class Outcome:
    """The outcome of an adoption: lines to print, and what it leaves to a person."""

    said: list[str] = field(default_factory=list[str])
    todo: list[Todo] = field(default_factory=list[Todo])


def adopt(
    root: Path,
    name: str,
    new: Incoming,
    *,
    today: str,
    drop_stale: bool = False,
    keep: bool = True,
) -> Outcome:
    """Adopt a document for a contract of the repository; either everything is changed or nothing.

    Args:
        root: the repository.
        name: the contract, as contracts.toml names it.
        new: the document.
        today: the date for comments, ``2026-11-28``.
        drop_stale: remove actions of patches that no longer select anything.
        keep: change the tree; otherwise only report what would change.

    Raises:
        PipelineError: the document cannot be adopted; the tree is unchanged.
    """
    outcome = Outcome()
    if journal.recover(root):
        outcome.said.append("an adoption that was cut off was taken back first")
    contract = contract_of(root, name)
    digest = hashlib.sha256(new.data).hexdigest()
    if digest == contract.sha256:
        outcome.said.append(f"{name}: the document is the pinned one; nothing was changed")
        return outcome
    last = journal.last(root)
    if last is not None and (last.contract, last.old, last.new) == (name, digest, contract.sha256):
        return undo(root)
    incoming.refuse_another_api(documents.read(contract.snapshot), new)
    with tree.scratch_copy(root) as copy:
        _Adopting(copy, name, new, outcome, today=today, drop_stale=drop_stale).run()
        written = tree.differences(root, copy)
        outcome.todo.extend(quotes.listed(copy, written))
        if keep:
            journal.swap_in(root, journal.Adoption(name, contract.sha256, digest, written))
    done = "changed; `--undo` takes it back" if keep else "would change; --accept keeps it"
    outcome.said.append(f"{name}: {len(written)} files {done}")
    return outcome


def undo(root: Path) -> Outcome:
    """Undo the last adoption; keeps edits made elsewhere since.

    Raises:
        PipelineError: there is none, or its own edits were changed since.
    """
    journal.recover(root)
    last = journal.last(root)
    if last is None:
        raise PipelineError("there is no adoption to take back")
    journal.swap_in(root, journal.undone(root, last))
    journal.forget(root)
    return Outcome([f"{last.contract}: the adoption was taken back, {len(last.files)} files"])


class _Adopting:
    """The steps, in a copy of the tree."""

    def __init__(
        self,
        copy: Path,
        name: str,
        new: Incoming,
        outcome: Outcome,
        *,
        today: str,
        drop_stale: bool,
    ) -> None:
        self._copy, self._name, self._new, self._outcome = copy, name, new, outcome
        self._today, self._drop_stale = today, drop_stale
        self._ruff = toolchain.Ruff.pinned(manifest.load(copy / TABLE).ruff)
        self._questions: list[MovableTodo | Question] = []

    def run(self) -> None:
        contract = contract_of(self._copy, self._name)
        old = openapi_overlay.patched(contract)
        facts = facts_of(manifest.load(self._copy / TABLE), self._copy)
        found = comparing.compared(contract.package, old, self._patched(contract))
        self._outcome.said += [
            f"  {each.level.label}: {each.message}"
            for each in found.report.findings
            if each.level > Level.DOC
        ]
        usage = finding.find(self._copy, facts, found)
        self._questions += [MovableTodo.of(self._copy, each) for each in usage.doubtful]
        self._questions += [*overlay.follow(facts, found), *events.follow(facts, found)]
        before = overlay.folders_of(self._copy, contract.package)
        was = pins.status(documents.read(contract.snapshot))
        renamed = self._pin(contract)
        self._todo(steps.generate(self._copy, self._name))
        after = overlay.folders_of(self._copy, contract.package)
        self._add(facts, found, after)
        overlay.rename(self._copy, found, (before, after))
        exported = exports.names(self._copy)
        exports.follow(self._copy, found)
        renames = overlay.renames_of(found, (before, after))
        following.follow(self._copy, found, usage, renames, self._ruff)
        self._todo(_never_written(found, contract_of(self._copy, self._name)))
        steps.tidy(self._copy, self._ruff)
        steps.derive(self._copy)
        self._todo(texts.named(self._copy, facts, found, renamed))
        self._todo(texts.tables(self._copy, found))
        if was != pins.status(self._new.document) == "published":
            self._todo(status.listed(self._copy, contract.package))
        lost = exports.lost(exported, exports.names(self._copy), found)
        self._todo(exports.listed(lost))
        homes = {".".join(file.split("/")[1:-1]): names for file, names in lost.items()}
        self._todo(imported.listed(self._copy, found.package, homes))
        steps.promise(self._copy, found.package, found.operation_ids)
        self._todo(each.placed(self._copy) for each in self._questions)
        self._todo(steps.check(self._copy))

    def _add(self, facts: Facts, found: Changes, folders: dict[str, str]) -> None:
        """Write what the document has and the overlay lacks."""
        written: list[Written] = []
        for each in overlay.add(facts, found, Writer(found.package, found.new, folders)):
            if isinstance(each, Written):
                written.append(each)
            elif isinstance(each, Question):
                self._questions.append(each)
            else:
                self._outcome.todo.append(each)
        changelog.follow(self._copy, found, written)
        self._todo(sandbox.follow(self._copy, found))

    def _todo(self, found: Iterable[Todo]) -> None:
        self._outcome.todo.extend(found)

    def _patched(self, contract: Contract) -> dict[str, Any]:
        """Return the patched new document; report all stale actions at once."""
        old = documents.read(contract.snapshot)
        result, found = patches.tried(contract.patches, old, self._new.document)
        stale = [each for each in found if not each.agreed]
        lines = [f"{self._location(each)}: {each.target}: {each.text}" for each in stale]
        if stale and not self._drop_stale:
            text = "\n".join(["these actions select nothing in the new document:", *lines])
            raise PipelineError(f"{text}\nnothing was changed; {_STALE}, or correct them first")
        for each in found:
            said = "the vendor agrees now" if each.agreed else "the stale action was removed"
            self._outcome.said.append(f"{self._location(each)}: {each.target}: {said}")
        for file in {each.file for each in stale}:
            self._rewrite(file, [each for each in stale if each.file == file])
        return result

    def _location(self, action: patches.Action) -> str:
        return f"{action.file.relative_to(self._copy).as_posix()}:{action.line}"

    def _rewrite(self, file: Path, stale: list[patches.Action]) -> None:
        text = patches.without(file, stale, self._today)
        if text:
            file.write_text(text, encoding="utf-8")
            return
        file.unlink()
        self._replace(TABLE, re.escape(f'"patches/{file.name}"') + ",? ?", "")

    def _pin(self, contract: Contract) -> dict[str, str]:
        """Return the new snapshot's name by the old one, if they differ."""
        target = contract.snapshot.with_suffix(self._new.suffix)
        if target != contract.snapshot:
            contract.snapshot.unlink()
            for file in (TABLE, *(each.relative_to(self._copy) for each in contract.patches)):
                self._replace(file, rf"\b{re.escape(contract.snapshot.name)}\b", target.name)
        target.write_bytes(self._new.data)
        if pins.status(self._new.document) == "published":
            section = (
                rf"(?ms)(^\[contracts\.{re.escape(self._name)}\]\n(?:(?!^\[).)*?)^note = [^\n]*\n"
            )
            self._replace(TABLE, section, r"\1")
        repin(manifest.load(self._copy / TABLE))
        names = contract.snapshot.name, target.name
        return dict([names]) if names[0] != names[1] else {}

    def _replace(self, file: Path | str, pattern: str, new: str) -> None:
        path = self._copy / file
        if path.is_file():
            text = re.sub(pattern, new, path.read_text(encoding="utf-8"))
            path.write_text(text, encoding="utf-8")


def _never_written(found: Changes, contract: Contract) -> list[Todo]:
    """Return changes that are never applied without a person: security and servers."""
    file = f"api-contracts/{contract.snapshot.name}"
    return [
        Todo(file, 0, f"{each.message}; nothing was written for it", breaking=True)
        for each in found.report.findings
        if each.rule.startswith(("security", "server"))
    ]
