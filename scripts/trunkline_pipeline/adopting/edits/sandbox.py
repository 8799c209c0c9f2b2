"""Update the sandbox: new operations respond from the contract, old ones are renamed."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING, Final

from trunkline_pipeline.adopting.todo import Todo

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from trunkline_pipeline.adopting.changes import Changes

_PROVIDERS: Final = "overlay/trunkline/sandbox/providers"
#: The attributes of a request with only one kind of parameters.
_LOCATIONS: Final = frozenset({"path", "query"})
_TABLE: Final = re.compile(r"(self\.handlers\b[^=\n]*= \{\n)(.*?)(^ +\})", re.MULTILINE | re.DOTALL)
#: Fields that responses omit, by operationId.
_OMITS: Final = re.compile(r"^    omits\b.*?^    \)", re.MULTILINE | re.DOTALL)

#: A row that exceeds the line length of the package.
_LONG: Final = re.compile(r"(?m)^(?=.{101})( +)(\".+\"): ([\w.]+),$")


def follow(root: Path, changes: Changes) -> Iterator[Todo]:
    """Edit the tables of handlers, which are keyed by operationId."""
    for path in sorted((root / _PROVIDERS).rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        table = _TABLE.search(text)
        if table is None or f'package = "{changes.package}"' not in text:
            continue
        rows = _followed(table[2], changes)
        made = text[: table.start(2)] + rows + text[table.end(2) :]
        made = _OMITS.sub(lambda found: _renamed(found[0], changes), made)
        path.write_text(made, encoding="utf-8")
        yield from _added(path.relative_to(root).as_posix(), made, changes)
        modules = sorted(path.parent.glob("*.py")) if path.parent != root / _PROVIDERS else [path]
        yield from _unused(root, modules, table[2], changes)
        yield from _reads(root, modules, changes)


def _followed(rows: str, changes: Changes) -> str:
    indent = rows[: len(rows) - len(rows.lstrip())] or " " * 12
    rows = _renamed(rows, changes)
    for each in changes.operations:
        if each.old is None and each.new is not None:
            rows += f'{indent}"{each.new.operation_id}": self.example_response,\n'
        elif each.old is not None and each.new is None:
            row = rf'(?m)^ +"{re.escape(each.old.operation_id)}": (?:\(\n.*\n +\),|.*)\n'
            rows = re.sub(row, "", rows)
    return _LONG.sub(_wrapped, rows)


def _renamed(text: str, changes: Changes) -> str:
    for old, new in changes.operation_ids.items():
        text = text.replace(f'"{old}"', f'"{new}"')
    return text


def _added(file: str, text: str, changes: Changes) -> Iterator[Todo]:
    for name in (e.new.operation_id for e in changes.operations if e.new and not e.old):
        line = text.count("\n", 0, text.find(f'"{name}": ')) + 1
        said = f"the sandbox answers {name} from its schema: write a handler if it has state"
        yield Todo(file, line, said)


def _unused(root: Path, modules: list[Path], rows: str, changes: Changes) -> Iterator[Todo]:
    """Yield the handlers of removed operations that nothing else calls."""
    texts = {each: each.read_text(encoding="utf-8") for each in modules}
    for old in (each.old for each in changes.operations if each.old and not each.new):
        row = re.search(rf'"{re.escape(old.operation_id)}":[\s(]+(?:\w+\.)*(\w+)', rows)
        if row is None or any(re.search(rf"\.{row[1]}\b", text) for text in texts.values()):
            continue
        for path, text in texts.items():
            if found := re.search(rf"(?m)^ +def {row[1]}\(", text):
                line = text.count("\n", 0, found.start()) + 1
                yield Todo(
                    path.relative_to(root).as_posix(),
                    line,
                    f"{old} is gone: nothing calls {row[1]} any more",
                )


def _wrapped(row: re.Match[str]) -> str:
    indent, key, value = row.groups()
    return f"{indent}{key}: (\n{indent}    {value}\n{indent}),"


def _reads(root: Path, modules: list[Path], changes: Changes) -> Iterator[Todo]:
    """Yield the lines that may read fields that requests no longer have."""
    lost = {f.former: f for each in changes.operations for f in each.fields if f.former}
    for path in modules if lost else ():
        for node in ast.walk(ast.parse(path.read_bytes())):
            for location, key in _read(node):
                if key in lost and location in {lost[key].field.location, ""}:
                    field = lost[key].old or lost[key].field
                    said = f"{field} may be read here: it is {lost[key].became}"
                    yield Todo(path.relative_to(root).as_posix(), getattr(node, "lineno", 0), said)


def _read(node: ast.AST) -> Iterator[tuple[str, str]]:
    """Yield the part of a request from which a constant key is read, if known, and the key.

    A name in a collection, as in ``frozenset({"from", "to"})``, is likely read; a key with a text,
    as in ``{"from": "after to"}``, is likely the detail of an error.
    """
    if isinstance(node, ast.Dict) and all(map(_text, node.values)):
        yield from (("", _text(each)) for each in node.keys)
    if isinstance(node, ast.Set | ast.Tuple | ast.List):
        yield from (("", _text(each)) for each in node.elts)
    read: ast.expr | None = None
    key: ast.expr | None = None
    if isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Load):
        read, key = node.value, node.slice
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args:
        read, key = node.func.value, node.args[0] if node.func.attr == "get" else None
    location = read.attr if isinstance(read, ast.Attribute) and read.attr in _LOCATIONS else ""
    yield location, _text(key)


def _text(node: ast.expr | None) -> str:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""
