"""Writes Overlay documents: as YAML, and among the patches of a pinned contract."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from trunkline.cli.contracts.sources import pin_file, pins
from trunkline.contracts import load
from trunkline.contracts.errors import ContractError

if TYPE_CHECKING:
    from trunkline.cli.contracts.sources import Side

__all__ = ["accept", "as_yaml"]

_WIDTH: Final = 110


def as_yaml(value: Any) -> str:
    """Return a value as YAML, keys in their order."""
    import yaml

    return str(yaml.safe_dump(value, sort_keys=False, allow_unicode=True, width=_WIDTH))


def accept(name: str, side: Side, overlay: dict[str, Any], corrected: dict[str, Any]) -> str:
    """Add the actions of an Overlay document to a pinned contract's patches.

    Those of ``patches/<name>.overlay.yaml`` stay as they are, comments included; where there is no
    such file, it is made and named in ``contracts.toml``.

    Args:
        name: the contract's name in ``contracts.toml``.
        side: its snapshot and patches.
        overlay: the actions.
        corrected: the document with them, which the patches must lead to.

    Returns:
        The path of the patch.

    Raises:
        ContractError: the contract is not pinned, or the patch would lead to another document;
            nothing is then written.
    """
    table = pin_file()
    if table is None or name not in pins(table):
        raise ContractError("--accept needs the name of a pinned contract", document=name)
    path = table.parent / "patches" / f"{name}.overlay.yaml"
    known = [Path(each) for each in side.overlays]
    is_new = not path.exists()
    old = "" if is_new else path.read_text(encoding="utf-8")
    text = table.read_text(encoding="utf-8")
    named = _named(text, name, f"patches/{path.name}") if is_new else text
    path.parent.mkdir(exist_ok=True)
    try:
        path.write_text(_added(old, overlay, side.source), encoding="utf-8")
        patches = [*known, path] if is_new else known
        is_same = load(side.source, overlays=patches).tree == corrected
    except BaseException:
        _restore(path, old)
        raise
    if not is_same:
        _restore(path, old)
        raise ContractError("the actions cannot be added to it", document=str(path))
    table.write_text(named, encoding="utf-8")
    return str(path)


def _restore(path: Path, old: str) -> None:
    if old:
        path.write_text(old, encoding="utf-8")
    else:
        path.unlink(missing_ok=True)


def _added(old: str, overlay: dict[str, Any], source: str) -> str:
    if not old:
        head = {key: value for key, value in overlay.items() if key != "actions"}
        extends = {"extends": f"../{Path(source).name}"}
        return as_yaml({**head, **extends, "actions": overlay["actions"]})
    indent = re.search(r"^( *)- target:", old, re.MULTILINE)
    before = indent.group(1) if indent else ""
    lines = as_yaml(overlay["actions"]).splitlines()
    return "\n".join([old.rstrip("\n"), *(before + line for line in lines)]) + "\n"


def _named(table: str, name: str, patch: str) -> str:
    """Return the table of pins with a patch more in a contract's list of them."""
    pattern = rf"(^\[contracts\.{re.escape(name)}\]\n(?:(?!\[).*\n)*?patches = \[)([^\]]*)\]"

    def add(found: re.Match[str]) -> str:
        listed = found.group(2).rstrip().rstrip(",")
        return f'{found.group(1)}{f"{listed}, " if listed else ""}"{patch}"]'

    text, count = re.subn(pattern, add, table, flags=re.MULTILINE)
    if count != 1:
        raise ContractError(f"contracts.toml has no list `patches` for {name}", document=name)
    return text
