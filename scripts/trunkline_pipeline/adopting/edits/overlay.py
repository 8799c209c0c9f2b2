"""Edit the overlay for changed operations: marked methods, forwarders, new methods, renames."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, Final

import libcst as cst

from trunkline_pipeline.adopting.todo import Question, Todo
from trunkline_pipeline.checks.contract.naming import class_name, identifier
from trunkline_pipeline.checks.static.forwarders import forwarders_of

from . import imports, names, required
from .forwarders import forwarded
from .methods import Edited, followed, given_up

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from trunkline_pipeline.adopting.changes import Changes, OperationChange
    from trunkline_pipeline.checks.contract.operations import Operation
    from trunkline_pipeline.checks.source.facts import Facts
    from trunkline_pipeline.checks.source.methods import Method

    from .added import Writer, Written

    Edit = Callable[[cst.FunctionDef], Edited]

_DERIVED: Final = frozenset({"_sync", "resources", "generated", "api-contracts"})


def follow(facts: Facts, changes: Changes) -> Iterator[Question]:
    """Edit marked methods and forwarders for the fields of changed operations.

    Args:
        facts: the overlay as it is, with the old contracts.
        changes: what differs.
    """
    edits: dict[str, dict[tuple[str, str], list[Edit]]] = defaultdict(lambda: defaultdict(list))
    for change in changes.operations:
        if change.old is None:
            continue
        for method in facts.marked(change.old.key):
            key = (method.owner, method.node.name)
            if change.new is None:
                edits[method.module.file][key].append(_giving_up(change.old))
                text = f"{change.old} is gone: the method raises now, until a release takes it out"
                replacements = "".join(
                    f"; was it replaced by {each}?" for each in _replacements(change.old, changes)
                )
                yield _about(method, text + replacements)
                continue
            edits[method.module.file][key].append(_following(method, change, changes))
            for text in required.may_be_none(facts.sources, method, change):
                yield Question(method.module.file, *key, text)
            for forwarder in forwarders_of(facts, method):
                key = (forwarder.owner, forwarder.node.name)
                edit = _forwarding(method, change, changes)
                edits[forwarder.module.file][key].append(edit)
    for file, found in edits.items():
        editor = _Editor(found)
        path = facts.sources.root / file
        module = cst.parse_module(path.read_bytes()).visit(editor)
        path.write_bytes(imports.added(module, editor.imports, editor.typing).bytes)
        yield from (Question(file, *each) for each in editor.left)


def _giving_up(operation: Operation) -> Edit:
    return lambda function: given_up(function, operation)


def _replacements(gone: Operation, changes: Changes) -> Iterator[Operation]:
    """Yield the new operations with the same HTTP method and summary as a removed one."""
    summary = gone.definition.get("summary")
    for new in (each.new for each in changes.operations if each.old is None and each.new):
        if summary and (new.method, new.definition.get("summary")) == (gone.method, summary):
            yield new


def _following(method: Method, change: OperationChange, changes: Changes) -> Edit:
    return lambda function: followed(function, method, change, changes)


def _forwarding(target: Method, change: OperationChange, changes: Changes) -> Edit:
    return lambda function: forwarded(function, target, change, changes)


def _about(method: Method, text: str) -> Question:
    return Question(method.module.file, method.owner, method.node.name, text, breaking=True)


class _Editor(cst.CSTTransformer):
    """Applies edits to functions, by the names of class and function."""

    def __init__(self, edits: dict[tuple[str, str], list[Edit]]) -> None:
        super().__init__()
        self._edits, self._class = edits, ""
        self.imports: list[tuple[str, str]] = []
        self.typing: list[tuple[str, str]] = []
        self.left: list[tuple[str, str, str]] = []

    def visit_ClassDef(self, node: cst.ClassDef) -> None:
        self._class = node.name.value

    def leave_FunctionDef(
        self, original_node: cst.FunctionDef, updated_node: cst.FunctionDef
    ) -> cst.FunctionDef:
        for edit in self._edits.get((self._class, original_node.name.value), ()):
            edited = edit(updated_node)
            updated_node = edited.function
            self.imports += edited.imports
            self.typing += edited.typing
            self.left += [(self._class, original_node.name.value, each) for each in edited.left]
        return updated_node


def rename(root: Path, changes: Changes, folders: tuple[dict[str, str], dict[str, str]]) -> None:
    """Rename the overlay's imports from the generated package, and operations in its tables.

    Args:
        root: the repository.
        changes: what differs.
        folders: the folder of each generated endpoint module, before and now.
    """
    renames = renames_of(changes, folders)
    for path in sorted((root / "overlay" / "trunkline").rglob("*.py")):
        if _DERIVED & set(path.parts):
            continue
        text = path.read_text(encoding="utf-8")
        made = names.renamed(text, renames)
        if path.name == "_provider.py" and _uses(path.parent, changes.package):
            for old, new in changes.operation_ids.items():
                made = made.replace(f'"{old}"', f'"{new}"')
            for gone in changes.removed_ids:
                made = re.sub(rf'(?m)^ +"{re.escape(gone)}",\n', "", made)
        if made != text:
            path.write_text(made, encoding="utf-8")


def _uses(provider: Path, package: str) -> bool:
    """Return whether the methods of a provider call a generated package."""
    word = re.compile(rf"\btrunkline_generated\.{package}\b")
    modules = (provider / "_async").glob("*.py")
    return any(word.search(each.read_text(encoding="utf-8")) for each in modules)


def renames_of(changes: Changes, folders: tuple[dict[str, str], dict[str, str]]) -> names.Renames:
    """Return the new dotted name of everything renamed in the generated package."""
    package = f"trunkline_generated.{changes.package}"
    found: names.Renames = {}
    for old, new in changes.schemas.items():
        for suffix in ("", "Value"):
            target = f"{package}.models.{identifier(new)}.{new}{suffix}"
            found[f"{package}.models.{identifier(old)}.{old}{suffix}"] = target
            found[f"{package}.models.{old}{suffix}"] = f"{package}.models.{new}{suffix}"
    before, after = folders
    for change in changes.operations:
        if change.old is not None and change.new is not None:
            old_name, new_name = change.old.key[1], change.new.key[1]
            old_path = f"{package}.api.{before.get(old_name)}.{old_name}"
            new_path = f"{package}.api.{after.get(new_name)}.{new_name}"
            if old_path != new_path and new_name in after:  # the generator has written it
                found[old_path] = new_path
    return found


def folders_of(root: Path, package: str) -> dict[str, str]:
    """Return the folder of each generated endpoint module by the module's name."""
    api = root / "generated" / "trunkline_generated" / package / "api"
    return {path.stem: path.parent.name for path in api.glob("*/*.py") if path.stem != "__init__"}


def add(facts: Facts, changes: Changes, writer: Writer) -> Iterator[Todo | Question | Written]:
    """Write methods for new operations; those without a class are left to a person."""
    for change in changes.operations:
        new = change.new
        if change.old is not None or new is None:
            continue
        tags = set(map(identifier, new.definition.get("tags", ())))
        found = _class_of(facts, changes, tags)
        if found is None:
            tag = ", ".join(sorted(tags)) or "no tag"
            owners = [p for p in facts.methods if changes.package in facts.packages(p)]
            # A contract that no provider calls yet has only its table in contracts.toml.
            client = [f"overlay/trunkline/{each}/_async/client.py" for each in owners]
            file = [*client, "api-contracts/contracts.toml"][0]
            yield Todo(file, 0, f"{new} is new, and no class has methods of {tag}: write one")
            continue
        home = found.module
        provider = home.name.split(".")[1]
        attributes = facts.attributes[provider].items()
        attribute = next((name for name, c in attributes if c == found.owner), found.owner)
        taken = {each.node.name for each in facts.methods[provider] if each.owner == found.owner}
        written = writer.write(new, f"{attribute} {class_name(attribute)}", taken)
        written.attribute_path = f"{attribute}.{written.name}"
        path = facts.sources.root / home.file
        path.write_bytes(_with_method(path.read_bytes(), found.owner, written))
        yield written
        yield Question(home.file, found.owner, written.name, _asked(written, new, provider))


def _asked(written: Written, operation: Operation, provider: str) -> str:
    text = f"is `{written.attribute_path}` the right name for {operation}?"
    if operation.method in {"get", "head", "put", "delete"}:
        return text
    return f"{text} It is not repeated after a timeout; {provider}/_provider.py could say otherwise"


def _class_of(facts: Facts, changes: Changes, tags: set[str]) -> Method | None:
    """Return a method of the class with operations of the same tag."""
    for (package, _), variants in facts.operations.items():
        if package == changes.package:
            for each in variants[:1]:
                if tags & set(map(identifier, each.definition.get("tags", ()))):
                    marked = facts.marked(each.key)
                    if marked:
                        return marked[0]
    return None


def _with_method(source: bytes, owner: str, written: Written) -> bytes:
    """Append a method to a class, and add its imports and constants to the module."""
    module = cst.parse_module(source).visit(_Appender(owner, written.method))
    module = imports.added(module, written.imports, written.typing)
    if written.constants:
        body = list(module.body)
        index = next(n for n, each in enumerate(body) if isinstance(each, cst.ClassDef))
        body[index:index] = [cst.parse_statement(f"{line}\n") for line in written.constants]
        module = module.with_changes(body=body)
    return module.bytes


class _Appender(cst.CSTTransformer):
    def __init__(self, owner: str, method: str) -> None:
        super().__init__()
        self._owner = owner
        made = cst.parse_module(f"class _:\n{method}").body[0]
        self._method = cst.ensure_type(
            cst.ensure_type(made, cst.ClassDef).body.body[0], cst.FunctionDef
        )

    def leave_ClassDef(
        self, original_node: cst.ClassDef, updated_node: cst.ClassDef
    ) -> cst.ClassDef:
        if original_node.name.value != self._owner:
            return updated_node
        method = self._method.with_changes(leading_lines=[cst.EmptyLine()])
        block = cst.ensure_type(updated_node.body, cst.IndentedBlock)
        return updated_node.with_changes(body=block.with_changes(body=[*block.body, method]))
