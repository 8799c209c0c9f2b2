"""Write a provider from a document: registered, documented and tested."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from trunkline_pipeline import toolchain
from trunkline_pipeline.adopting import journal, steps, tree
from trunkline_pipeline.adopting.adoption import Outcome
from trunkline_pipeline.adopting.edits import overlay
from trunkline_pipeline.adopting.edits.added import Writer
from trunkline_pipeline.adopting.journal import Adoption
from trunkline_pipeline.adopting.todo import Question, Todo
from trunkline_pipeline.checks.complete import TABLE
from trunkline_pipeline.checks.contract.operations import contract_operations
from trunkline_pipeline.errors import PipelineError
from trunkline_pipeline.inputs import manifest
from trunkline_pipeline.inputs.repin import repin

from . import package, pages, registrations, webhooks
from .identity import identity_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from trunkline_pipeline.adopting.incoming import Incoming

    from .identity import Identity
    from .package import Group

_PINS: Final = "# The sha256 of every patch and template"


def create(root: Path, name: str, new: Incoming) -> Outcome:
    """Write a provider for a document; either everything is written or nothing.

    Raises:
        PipelineError: the name is taken or unusable, or the document cannot be used.
    """
    outcome = Outcome()
    if journal.recover(root):
        outcome.said.append("an adoption that was cut off was taken back first")
    identity = identity_of(name, new.document)
    refuse_taken(root, identity)
    with tree.scratch_copy(root) as copy:
        outcome.todo += _write(copy, identity, new)
        written = tree.differences(root, copy)
        digest = steps.contract_of(copy, name).sha256
        journal.swap_in(root, Adoption(name, "", digest, written))
    outcome.said.append(f"{name}: {len(written)} files written; `--undo` takes them back")
    return outcome


def refuse_taken(root: Path, identity: Identity) -> None:
    """Refuse the name of a contract, a package or a module.

    Raises:
        PipelineError: there is one of that name.
    """
    known = {each.name: each.package for each in manifest.load(root / TABLE).contracts}
    if identity.contract in known or identity.package in known.values():
        raise PipelineError(f"{identity.contract} is a contract already: adopt its new document")
    folder = root / "overlay" / "trunkline" / identity.package
    # Compiled Python files remain after a provider was undone.
    if any(folder.glob("*.py")) or folder.with_suffix(".py").exists():
        raise PipelineError(f"the package has a module {identity.package}: choose another name")


def _write(copy: Path, identity: Identity, new: Incoming) -> Iterator[Todo]:
    document = new.document
    _pin(copy, identity, new)
    yield from steps.generate(copy, identity.contract)
    writer = Writer(identity.package, document, overlay.folders_of(copy, identity.package))
    groups = package.groups_of(identity, document, writer)
    models = package.models_of(groups)
    package.write(copy, identity, groups, models)
    yield from webhooks.write(copy, identity, document)
    every = contract_operations(identity.package, document)
    ids = list(dict.fromkeys(each.operation_id for each in every))
    registrations.register(copy, identity, ids, webhooks=bool(document.get("webhooks")))
    pages.write(copy, identity, document, groups)
    ruff = toolchain.Ruff.pinned(manifest.load(copy / TABLE).ruff)
    ruff.tidy(copy, [f"tests/{identity.package}/test_{identity.package}.py"])
    steps.tidy(copy, ruff)
    steps.derive(copy)
    yield from (each.placed(copy) for each in _questions(identity, groups))
    yield from _credential(identity)
    yield from steps.check(copy)


def _pin(copy: Path, identity: Identity, new: Incoming) -> None:
    folder = copy / "api-contracts"
    (folder / f"{identity.contract}{new.suffix}").write_bytes(new.data)
    text = (copy / TABLE).read_text(encoding="utf-8")
    table = f"[contracts.{identity.contract}]\nalternatives = []\n\n"
    before, mark, after = text.partition(_PINS)
    (copy / TABLE).write_text(f"{before}{table}{mark}{after}", encoding="utf-8")
    repin(manifest.load(copy / TABLE))


def _questions(identity: Identity, groups: list[Group]) -> Iterator[Question]:
    for each in groups:
        file = f"overlay/trunkline/{identity.package}/_async/{each.attribute}.py"
        for operation, written in each.methods:
            owner, path = f"Async{each.name}", written.attribute_path
            yield from (Question(file, owner, written.name, text) for text in written.left)
            if operation.method in {"post", "patch"}:
                text = (
                    f"{path} is not repeated after a timeout; a rule in _provider.py may say more"
                )
                yield Question(file, owner, written.name, text)


def _credential(identity: Identity) -> Iterator[Todo]:
    scheme = identity.scheme
    usable = (
        scheme.get("type") in {"http", "oauth2", "openIdConnect"} or scheme.get("in") == "header"
    )
    file = f"overlay/trunkline/{identity.package}/_provider.py"
    if not usable or str(scheme.get("scheme", "bearer")).lower() != "bearer":
        said = (
            f"the credential is sent as a bearer token; the contract has {dict(scheme)}: "
            "set key_header and key_prefix"
        )
        yield Todo(file, 0, said, breaking=True)
