"""Strings: former names of operations and schemas, and programs that tests start."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from typing import TYPE_CHECKING, Any, Final

from trunkline_pipeline.adopting.todo import Todo
from trunkline_pipeline.adopting.tree import CODE, FOLDERS, NO_CALLERS
from trunkline_pipeline.checks.contract.naming import identifier
from trunkline_pipeline.checks.static import events
from trunkline_pipeline.inputs import pins

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
    from pathlib import Path

    from trunkline_pipeline.adopting.changes import Changes, FieldChange
    from trunkline_pipeline.checks.source.facts import Facts

    #: A change, and the names by which callers reach its operation.
    Wanted = tuple[FieldChange, set[str]]

DERIVED: Final = frozenset({"_sync", "resources"})
#: The names of functions in every generated module.
GENERIC: Final = frozenset({"sync", "sync_detailed", "asyncio", "asyncio_detailed"})
_SANDBOX: Final = "overlay/trunkline/sandbox/"
_NO_NAMES: Final = (
    "overlay/trunkline/webhooks/events/",
    "scripts/trunkline_pipeline/",
    "tests/contracts/impact/programs/",
)
#: On lines with it the name of an operation stays: under a new name the ledger finds no key.
_LEDGER_NAME: Final = "RECORDED_AS"
_NAMING: Final = frozenset({".py", ".md", ".toml", ".yaml"})
#: Of so few operations or parameters, a file may name all by chance.
_FEW: Final = 2
_QUOTES: Final = "\"'"
_NOT_NAMING: Final = DERIVED | {"generated", "api-contracts"}


def named(
    root: Path, facts: Facts, changes: Changes, snapshots: Mapping[str, str]
) -> Iterator[Todo]:
    """Yield the files that name operations, schemas or snapshots by their former names.

    A name that another contract also has is ignored in files about only that contract. Code in a
    text may be the name of anything: in files not named after the contract it only counts if it
    can only be an operationId.
    """
    others: dict[str, set[str]] = defaultdict(set)
    for name, home in _others(facts, changes.package):
        others[name].add(home)
    ids = dict(_former(changes)) | {o: f"{o} is now {new}" for o, new in snapshots.items()}
    ids |= _exported(facts, changes) | dict(_event_classes(facts, changes))
    texts = re.compile(rf"(?:(?<!\w)|(?=\W))(?:{'|'.join(map(re.escape, ids))})(?!\w)")
    for file, text in _naming(root) if ids else ():
        lines = ((n, row) for n, row in enumerate(text.splitlines(), 1) if _LEDGER_NAME not in row)
        hits = [(n, found) for n, line in lines for found in texts.findall(line)]
        hits = sorted({*hits, *_among_words(file, text, changes)})
        if not file.startswith(NO_CALLERS):  # requests there are found separately
            hits = [(n, found) for n, found in hits if not found.startswith('"/')]
        if file.startswith("overlay/"):  # its imports are renamed
            hits = [(n, found) for n, found in hits if found.strip(_QUOTES) not in changes.schemas]
        if not mentions(file, text, [changes.package]):
            hits = [
                (n, found)
                for n, found in hits
                if not mentions(file, text, others.get(found.strip(_QUOTES), ()))
            ]
        if not mentions(file, "", [changes.package]):
            hits = [(n, found) for n, found in hits if _is_clear(found, others)]
        if hits:
            said = ", ".join(dict.fromkeys(ids[found] for _, found in hits))
            more = ", ".join(str(n) for n in dict.fromkeys(n for n, _ in hits if n != hits[0][0]))
            also = f" (also lines {more})" if more else ""
            yield Todo(file, hits[0][0], f"names what was: {said}{also}")


def _is_clear(found: str, others: Collection[str]) -> bool:
    """Return whether code in a sentence can only be an operationId of the contract."""
    name = found.strip("`")
    words = name[:1].islower() and ("_" in name or not name.islower())
    return name == found or (words and name not in others)


def _among_words(file: str, text: str, changes: Changes) -> Iterator[tuple[int, str]]:
    """Yield where a test expects a text that names an operation, such as an error message."""
    names = "|".join(re.escape(each) for each in changes.operation_ids if "_" in each)
    if not names or not (file.startswith("tests/") and file.endswith(".py")):
        return
    for number, line in enumerate(text.splitlines(), 1):
        for found in re.finditer(rf"(?<![\w.])({names})(?=:| \w)", line):
            if line.count('"', 0, found.start()) % 2 and '"""' not in line:
                yield number, f'"{found[1]}"'


def tables(root: Path, changes: Changes) -> Iterator[Todo]:
    """Yield the files that name every operation or path parameter: a new one belongs there too."""
    added = [str(each.new) for each in changes.operations if each.old is None]
    old, new = (_parameters(each) for each in (changes.old, changes.new))
    kinds = [
        ("operation", {f'"{method.upper()} {path}"' for path, method, _ in _of(changes)}, added),
        ("operation", {f"`{each['operationId']}`" for _, _, each in _of(changes)}, added),
        ("path parameter", {f'"{each}"' for each in old}, sorted(new - old)),
    ]
    wanted = [each for each in kinds if len(each[1]) > _FEW and each[2]]
    for file, text in _naming(root) if wanted else ():
        for kind, known, lacking in wanted:
            if all(each in text for each in known):
                rows = enumerate(text.splitlines(), 1)
                line = max(n for n, row in rows if any(each in row for each in known))
                yield Todo(file, line, f"names every {kind} but {', '.join(lacking)}: add it")


def _of(changes: Changes) -> list[tuple[str, str, dict[str, Any]]]:
    return [e for e in pins.operations(changes.old) if "operationId" in e[2]]


def _parameters(document: Mapping[str, Any]) -> set[str]:
    paths = (path for path, _, _ in pins.operations(document))
    return {name for path in paths for name in re.findall(r"\{(.+?)\}", path)}


def _naming(root: Path) -> Iterator[tuple[str, str]]:
    """Yield the files that may name parts of a contract, with their texts."""
    for folder in FOLDERS:
        for path in sorted((root / folder).rglob("*.*")):
            file = path.relative_to(root).as_posix()
            wanted = path.suffix in _NAMING and not _NOT_NAMING & set(path.parts)
            if wanted and not file.startswith(_NO_NAMES):
                yield file, path.read_text(encoding="utf-8")


def _former(changes: Changes) -> Iterator[tuple[str, str]]:
    """Yield forms in which renamed and removed names may be written, with a remark."""
    for old, new in changes.operation_ids.items():
        # A name that Python code would spell differently is unambiguous anywhere.
        ways = (f'"{old}"', f"(``{old}``)", f".{old}]", f"{old} = [", f"{changes.package}.{old}")
        for text in ways if old == identifier(old) else (old,):
            yield text, f"{old} is now {new}"
    for old, new in changes.schemas.items():
        for text in (f'"{old}"', f"'{old}'", f"`{old}`", f"schemas/{old}"):
            yield text, f"{old} is now {new}"
    for each in changes.operations:
        if each.old is not None and str(each.old) != str(each.new):
            said = f"is now {each.new}" if each.new else "is gone"
            yield f'"{each.old}"', f"{each.old} {said}"
            if each.old.path not in changes.new["paths"]:
                yield f'"{each.old.path}"', f"{each.old} {said}"
            if each.new is None:
                name = each.old.operation_id
                yield from ((text, f"{name} is gone") for text in (f'"{name}"', f"`{name}`"))
    yield from _former_webhooks(changes)


def _exported(facts: Facts, changes: Changes) -> dict[str, str]:
    """Return the remarks about renamed models, by the name that a provider's package exported."""
    own = [provider for provider in facts.methods if changes.package in facts.packages(provider)]
    pairs = [(f"trunkline.{each}", *pair) for each in own for pair in changes.schemas.items()]
    return {f"{home}.{old}": f"{old} is now {new}" for home, old, new in pairs}


def _event_classes(facts: Facts, changes: Changes) -> Iterator[tuple[str, str]]:
    """Yield the classes of the events of removed webhooks."""
    module = events.module_of(facts, changes.package)
    for each in module.classes() if module and changes.removed_events else ():
        if (name := events.event_of(each)) in changes.removed_events:
            yield f".{each.name}", f"the webhook {name} is gone"


def _former_webhooks(changes: Changes) -> Iterator[tuple[str, str]]:
    keys = [each.get("webhooks", {}).keys() for each in (changes.old, changes.new)]
    for name in [*sorted(keys[0] - keys[1]), *changes.removed_events]:
        for text in (f'"{name}"', f".{name}]", f"{name} = ["):
            yield text, f"the webhook {name} is gone"


def _others(facts: Facts, package: str) -> Iterator[tuple[str, str]]:
    """Yield the names of operations and schemas of other contracts, with their packages."""
    for (home, _), variants in facts.operations.items():
        if home != package:
            yield variants[0].operation_id, home
    for home, document in facts.documents.items():
        if home != package:
            for name in document.get("components", {}).get("schemas", {}):
                yield from ((name, home), (f"schemas/{name}", home))


def reads(root: Path, facts: Facts, changes: Changes) -> Iterator[Todo]:
    """Yield the lines of the provider's own package that may read a removed field."""
    lost = {identifier(name): said for name, said in changes.lost_fields.items()}
    own = [p for p in facts.methods if lost and changes.package in facts.packages(p)]
    for path in (p for each in own for p in (root / "overlay/trunkline" / each).rglob("*.py")):
        if DERIVED & set(path.parts):
            continue
        for node in ast.walk(ast.parse(path.read_bytes())):
            if isinstance(node, ast.Attribute) and node.attr in lost:
                file, said = path.relative_to(root).as_posix(), lost[node.attr]
                yield Todo(file, node.lineno, f"{ast.unparse(node)} may be read here: {said}")


def mentions(file: str, text: str, names: Iterable[str]) -> bool:
    """Return whether a file mentions one of the packages, in its path or its text."""
    flat = f"{file} {text}".lower().replace("_", "").replace("-", "")
    return any(_flat(name) in flat for name in names)


def _flat(name: str) -> str:
    """Return the common short name of a package, as the sandbox uses it."""
    return name.replace("_voice", "").replace("_public", "").replace("_", "")


def modules(root: Path) -> Iterator[Path]:
    """Yield the modules that may call clients; the sandbox calls none."""
    for folder in (*CODE, "overlay"):
        for path in sorted((root / folder).rglob("*.py")):
            name = path.relative_to(root).as_posix()
            if not name.startswith((*NO_CALLERS, _SANDBOX)) and not DERIVED & set(path.parts):
                yield path


def programs(root: Path, package: str, wanted: Iterable[Wanted]) -> Iterator[Todo]:
    """Yield programs in strings, such as those that tests start, that may call an operation.

    Only files about the package count, because other packages may have a method of that name.
    """
    for change, words in wanted:
        called = re.compile(rf"\.({'|'.join(map(re.escape, words - GENERIC))})\(")
        for path in candidates(root, [(change, words)]):
            code, file = path.read_text(encoding="utf-8"), path.relative_to(root).as_posix()
            may = called.search(code) and mentions(file, code, [package])
            for node in ast.walk(ast.parse(code)) if may else ():
                text = node.value if isinstance(node, ast.Constant) else None
                if not isinstance(text, str) or (
                    (f"{change.argument}=" in text) != bool(change.lost)
                ):
                    continue
                if found := called.search(text):
                    said = f"a text calls {found[1]}: {change.said}"
                    yield Todo(file, getattr(node, "lineno", 0), said)


def candidates(root: Path, wanted: Iterable[Wanted], fields: Iterable[str] = ()) -> list[Path]:
    """Return the files that name a method, function or model of a changed operation, or a field."""
    hits = [_finder(*each) for each in wanted]
    if read := "|".join(fields):
        hits.append(re.compile(rf"\b(?:{read})\b".encode()).search)
    return [
        path
        for folder in CODE
        for path in sorted((root / folder).rglob("*.py"))
        if not path.relative_to(root).as_posix().startswith(NO_CALLERS)
        if any(hit(path.read_bytes()) for hit in hits)
    ]


def _finder(change: FieldChange, words: set[str]) -> Callable[[bytes], object]:
    """Return a test for files that may call an operation; they must pass the field if removed."""
    names = "|".join(map(re.escape, words - GENERIC))
    # The bare name of a method, such as `list`, occurs everywhere.
    called = re.compile(rf"(?:\.|\bimport\b.*\b|^ +)(?:{names})\b".encode(), re.MULTILINE)
    given = change.argument.encode() if change.lost else b""
    return lambda text: given in text and called.search(text)
