"""Follow operations in the sandbox: new ones are answered from the contract, old ones renamed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from trunkline_pipeline.adopting.todo import Todo

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from trunkline_pipeline.adopting.changes import Changes

_TABLE: Final = re.compile(r"(self\.handlers\b[^=\n]*= \{\n)(.*?)(^ +\})", re.MULTILINE | re.DOTALL)


def follow(root: Path, changes: Changes) -> Iterator[Todo]:
    """Edit the tables of handlers, which are keyed by operationId."""
    for path in sorted((root / "overlay" / "trunkline" / "sandbox" / "providers").rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        table = _TABLE.search(text)
        if table is None or f'package = "{changes.package}"' not in text:
            continue
        rows = table[2]
        for each in changes.operations:
            if each.old is not None:
                name = f'"{each.old.operation_id}"'
                new = f'"{each.new.operation_id}"' if each.new else ""
                rows = rows.replace(name, new) if new else re.sub(rf"(?m)^ +{name}: .*\n", "", rows)
            elif each.new is not None:
                indent = rows[: len(rows) - len(rows.lstrip())] or " " * 12
                rows += f'{indent}"{each.new.operation_id}": self.example_response,\n'
                line = text.count("\n", 0, table.end(2))
                name = each.new.operation_id
                said = (
                    f"the sandbox answers {name} from its schema: write a handler if it has state"
                )
                yield Todo(path.relative_to(root).as_posix(), line + 1, said)
        path.write_text(text[: table.start(2)] + rows + text[table.end(2) :], encoding="utf-8")
