"""The floors of the house: an import only goes down, and rooms of one floor stay apart."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

OVERLAY = Path(__file__).parents[1] / "overlay" / "trunkline"

FLOORS = {
    "_json": 0,
    "_lazy": 0,
    "_redact": 0,
    "_secret": 0,
    "_version": 0,
    "errors": 1,
    "_engine": 2,
    "contracts": 2,
    "webhooks": 2,
    "ledger": 2,
    "pamela": 3,
    "whispey": 3,
    "stateset_voice": 3,
    "phone_ai": 3,
    "limits": 3,
    "sandbox": 3,
    "cli": 4,
    "observe": 4,
    "campaigns": 4,
    "testing": 4,
}
#: The lazily imported root names rooms of every floor; that is what it is for.
ROOT = "__init__"


def room_of(path: Path) -> str:
    return path.relative_to(OVERLAY).parts[0].removesuffix(".py")


def imported_modules(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            package = path.relative_to(OVERLAY.parent).with_suffix("").parts[: -node.level or None]
            base = ".".join(package) if node.level else ""
            yield ".".join(part for part in (base, node.module or "") if part)


def imported_rooms(path: Path) -> Iterator[str]:
    for module in imported_modules(path):
        parts = module.split(".")
        if parts[0] == "trunkline" and len(parts) > 1:
            yield parts[1]


SOURCES = [path for path in sorted(OVERLAY.rglob("*.py")) if room_of(path) != ROOT]


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(OVERLAY)))
def test_imports_only_go_down(path: Path) -> None:
    """A module imports from its own room or from a lower floor."""
    room = room_of(path)
    wrong = [
        other for other in imported_rooms(path) if other != room and FLOORS[other] >= FLOORS[room]
    ]
    assert not wrong


def test_every_room_has_a_floor() -> None:
    """A new room must be given its place before it can be built."""
    assert {room_of(path) for path in SOURCES} <= set(FLOORS)


def test_generated_code_stands_on_its_own() -> None:
    """A generated package never imports the overlay."""
    generated = OVERLAY.parents[1] / "generated" / "trunkline_generated"
    for path in generated.rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        names = [n.module or "" for n in ast.walk(tree) if isinstance(n, ast.ImportFrom)]
        assert not [name for name in names if name.split(".")[0] == "trunkline"]


def test_provider_rooms_have_no_http_in_them() -> None:
    """A provider room leaves httpx and sockets to the engine; httpx occurs only as a type."""
    for room in ("pamela", "whispey", "stateset_voice", "phone_ai"):
        for path in (OVERLAY / room).rglob("*.py"):
            tree = ast.parse(path.read_text(encoding="utf-8"))
            imports = {name.split(".")[0] for name in runtime_imports(tree)}
            assert not imports & {"httpx", "httpcore", "socket", "ssl", "urllib", "anyio"}, path


def runtime_imports(tree: ast.Module) -> Iterator[str]:
    guarded = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test)
        for inner in ast.walk(node)
    }
    for node in ast.walk(tree):
        if id(node) in guarded:
            continue
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""
