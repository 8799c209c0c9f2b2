"""Writes Overlay documents as YAML, and adds them to the patches of a pinned contract."""

from __future__ import annotations

import io
import re
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from trunkline.cli.console import write_file
from trunkline.cli.contracts.sources import pin_file, pins
from trunkline.contracts import load
from trunkline.contracts.errors import ContractError
from trunkline.errors import LocalFileError

if TYPE_CHECKING:
    from trunkline.cli.contracts.sources import Side

__all__ = ["accept", "as_yaml"]

_WIDTH: Final = 110
_TABLE: Final = "contracts.toml"


def as_yaml(value: Any) -> str:
    """Return a value as YAML, keys in their order."""
    import yaml

    class Plain(yaml.SafeDumper):
        def ignore_aliases(self, data: object) -> bool:  # noqa: ARG002 - PyYAML's signature
            return True  # a value that occurs twice is written twice: people edit the file

    text = io.StringIO()
    yaml.dump(value, text, Plain, sort_keys=False, allow_unicode=True, width=_WIDTH)
    return text.getvalue()


def accept(name: str, side: Side, overlay: dict[str, Any], corrected: dict[str, Any]) -> str:
    """Add the actions of an Overlay document to a pinned contract's patches.

    Those already in ``patches/<name>.overlay.yaml`` stay as they are, comments included. If there
    is no such file, it is created and named in ``contracts.toml``.

    Args:
        name: the contract's name in ``contracts.toml``.
        side: its snapshot and patches.
        overlay: the actions.
        corrected: the document that the patches must produce.

    Returns:
        The path of the patch.

    Raises:
        ContractError: the contract is not pinned, or the patch would produce another document.
        LocalFileError: a file cannot be written.
    """
    table = pin_file()
    if table is None or name not in pins(table):
        raise ContractError("--accept needs the name of a pinned contract", document=name)
    path = table.parent / "patches" / f"{name}.overlay.yaml"
    known = {Path(each).resolve(): each for each in side.overlays}
    old = path.read_text(encoding="utf-8") if path.resolve() in known else ""
    if path.exists() and not old:
        raise ContractError("contracts.toml does not name it among the patches", document=str(path))
    patch = _added(old, overlay, side.source)
    _check(side, {**known, path.resolve(): _parsed(patch, str(path))}, corrected, str(path))
    if old:
        write_file(str(path), patch)
        return str(path)
    named = _named(table.read_text(encoding="utf-8"), name, f"patches/{path.name}")
    _make_folder(path.parent)
    write_file(str(path), patch)
    try:
        write_file(str(table), named)
    except BaseException:
        path.unlink()  # no table names it: the next run would refuse it
        raise
    return str(path)


def _check(side: Side, patches: dict[Path, Any], corrected: dict[str, Any], path: str) -> None:
    if load(side.source, overlays=list(patches.values())).tree != corrected:
        raise ContractError("the actions cannot be added to it", document=path)


def _parsed(patch: str, path: str) -> Any:
    import yaml

    try:
        return yaml.safe_load(patch)
    except yaml.YAMLError as error:
        problem = "its last part is not a list of actions, one below the other: write them to a"
        raise ContractError(f"{problem} file with --overlay and add them", document=path) from error


def _make_folder(path: Path) -> None:
    try:
        path.mkdir(exist_ok=True)
    except OSError as error:
        problem = f"cannot be made: {error.strerror}"
        raise LocalFileError(error.errno, problem, str(path)) from error


def _added(old: str, overlay: dict[str, Any], source: str) -> str:
    if not old:
        head = {key: value for key, value in overlay.items() if key != "actions"}
        extends = {"extends": f"../{Path(source).name}"}
        return as_yaml({**head, **extends, "actions": overlay["actions"]})
    indent = re.search(r"^actions:.*\n(?:[ ]*(?:#.*)?\n)*( *)-\s", old, re.MULTILINE)
    before = indent.group(1) if indent else ""
    lines = as_yaml(overlay["actions"]).splitlines()
    return "\n".join([old.rstrip("\n"), *(before + line for line in lines)]) + "\n"


def _named(table: str, name: str, patch: str) -> str:
    """Return the table of pins with one more patch in a contract's list."""
    pattern = rf"(^\[contracts\.{re.escape(name)}\]\n(?:(?!\[).*\n)*?patches = \[)([^\]]*)\]"

    def add(found: re.Match[str]) -> str:
        listed = found.group(2).rstrip().rstrip(",")
        return f'{found.group(1)}{f"{listed}, " if listed else ""}"{patch}"]'

    text = re.sub(pattern, add, table, flags=re.MULTILINE)
    if patch not in _patches(text, name):
        problem = f"{name} has no list `patches` to add one to: write the actions to"
        raise ContractError(f"{problem} {patch} with --overlay and name it", document=_TABLE)
    return text


def _patches(table: str, name: str) -> Any:
    try:
        return tomllib.loads(table)["contracts"][name].get("patches", ())
    except tomllib.TOMLDecodeError:
        return ()
