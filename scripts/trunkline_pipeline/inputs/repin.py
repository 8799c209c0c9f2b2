"""`make repin`: write into contracts.toml everything that the documents determine."""

from __future__ import annotations

import json
import re
from itertools import dropwhile
from typing import TYPE_CHECKING, Any, Final

from trunkline_pipeline.errors import PipelineError
from trunkline_pipeline.inputs import openapi_overlay, pins

if TYPE_CHECKING:
    from collections.abc import Mapping

    from trunkline_pipeline.inputs.manifest import Contract, ContractSet

#: Written only when the table lacks them; the author may have set other values.
_CHOICES: Final = frozenset({"snapshot", "package", "patches"})


def repin(contracts: ContractSet) -> bool:
    """Write all derived keys into the contracts file; return whether anything changed.

    A new contract needs no more than its header, ``[contracts.name]``, and its document.
    """
    old = contracts.file.read_text(encoding="utf-8")
    new = old
    for contract in contracts.contracts:
        new = _write_table(new, contract.name, _derived(contract, contracts))
    found = pins.inputs(contracts)
    new = write_pins(new, {name: pins.digest(path) for name, path in found.items()})
    if new != old:
        contracts.file.write_text(new, encoding="utf-8")
    return new != old


def _derived(contract: Contract, contracts: ContractSet) -> dict[str, Any]:
    """Return the keys of a table in the order in which a new table lists them."""
    measured = pins.measure(contract)
    relative = contracts.relative
    return {
        "title": measured.pop("title"),
        "status": pins.status(document := openapi_overlay.patched(contract)),
        "snapshot": relative(contract.snapshot),
        "sha256": measured.pop("sha256"),
        "patches": [relative(patch) for patch in contract.patches],
        "package": contract.package,
        "base_url": pins.first_server(document),
        **measured,
    }


def _write_table(text: str, name: str, values: Mapping[str, Any]) -> str:
    # Line by line, to keep the author's comments and order of keys.
    lines = text.splitlines(keepends=True)
    header = f"[contracts.{name}]\n"
    if header not in lines:
        raise PipelineError(f"contracts.toml needs a line {header.strip()} with nothing else in it")
    last = start = lines.index(header)
    for key, value in values.items():
        line = f"{key} = {json.dumps(value, ensure_ascii=False)}\n"
        found = _line_of(lines, start, key)
        if found is None:
            last += 1
            lines.insert(last, line)
            continue
        if key not in _CHOICES:
            lines[found] = line
        last = _end_of_value(lines, found)
    return "".join(lines)


def _line_of(lines: list[str], start: int, key: str) -> int | None:
    for number in range(start + 1, len(lines)):
        if lines[number].startswith("["):
            return None
        if re.match(rf"{key}\s*=", lines[number]):
            return number
    return None


def _end_of_value(lines: list[str], start: int) -> int:
    """Return the last line of a value, which may be a list over several lines."""
    end = start
    while end + 1 < len(lines) and re.match(r"[ \t]+\S|\]", lines[end + 1]):
        end += 1
    return end


def write_pins(text: str, digests: Mapping[str, str]) -> str:
    """Return the text of a contracts file with its table of pins rewritten."""
    lines = [f"{json.dumps(name)} = {json.dumps(digests[name])}\n" for name in sorted(digests)]
    table = "".join(["[pins]\n", *lines])
    head, *tail = re.split(r"^\[pins\]\n", text, maxsplit=1, flags=re.MULTILINE)
    if not tail:
        return f"{text}\n{table}"
    others = [*dropwhile(lambda line: not line.startswith("["), tail[0].splitlines(keepends=True))]
    return "".join([head, table, *(["\n"] if others else []), *others])
