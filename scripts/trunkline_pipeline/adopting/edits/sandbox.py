"""Follow operations in the sandbox: new ones are answered from the contract, old ones renamed."""

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
_TABLE: Final = re.compile(r"(self\.handlers\b[^=\n]*= \{\n)(.*?)(^ +\})", re.MULTILINE | re.DOTALL)

#: A row that is longer than lines of the package may be.
_LONG: Final = re.compile(r"(?m)^(?=.{101})( +)(\".+\"): ([\w.]+),$")


def follow(root: Path, changes: Changes) -> Iterator[Todo]:
    """Edit the tables of handlers, which are keyed by operationId."""
    for path in sorted((root / _PROVIDERS).rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        table = _TABLE.search(text)
        if table is None or f'package = "{changes.package}"' not in text:
            continue
        folder = path.parent if path.parent != root / _PROVIDERS else path
        yield from _reads(root, [path, *sorted(folder.glob("*.py"))], changes)
        rows = table[2]
        for each in changes.operations:
            if each.old is not None:
                name = f'"{each.old.operation_id}"'
                new = f'"{each.new.operation_id}"' if each.new else ""
                rows = (
                    rows.replace(name, new)
                    if new
                    else re.sub(rf"(?m)^ +{re.escape(name)}: .*\n", "", rows)
                )
            elif each.new is not None:
                indent = rows[: len(rows) - len(rows.lstrip())] or " " * 12
                rows += f'{indent}"{each.new.operation_id}": self.example_response,\n'
                line = text.count("\n", 0, table.end(2))
                name = each.new.operation_id
                said = (
                    f"the sandbox answers {name} from its schema: write a handler if it has state"
                )
                yield Todo(path.relative_to(root).as_posix(), line + 1, said)
        rows = _LONG.sub(_wrapped, rows)
        path.write_text(text[: table.start(2)] + rows + text[table.end(2) :], encoding="utf-8")


def _wrapped(row: re.Match[str]) -> str:
    indent, key, value = row.groups()
    return f"{indent}{key}: (\n{indent}    {value}\n{indent}),"


def _reads(root: Path, modules: list[Path], changes: Changes) -> Iterator[Todo]:
    """Yield the lines that may read what requests do not have any more."""
    lost = {f.former: f for each in changes.operations for f in each.fields if f.former}
    for path in modules if lost else ():
        for node in ast.walk(ast.parse(path.read_bytes())):
            key = _key(node)
            if key in lost:
                field = lost[key].old or lost[key].field
                said = f"{field} may be read here: it is {lost[key].kind}"
                yield Todo(path.relative_to(root).as_posix(), getattr(node, "lineno", 0), said)


def _key(node: ast.AST) -> str:
    """Return the constant key that is read of an object, by index or by ``get``."""
    key: ast.expr | None = None
    if isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Load):
        key = node.slice
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args:
        key = node.args[0] if node.func.attr == "get" else None
    return key.value if isinstance(key, ast.Constant) and isinstance(key.value, str) else ""
