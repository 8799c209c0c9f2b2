"""What ``usage.py`` finds after an adoption and the to-do list does not name."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

HERE: Final = Path(__file__).parent
ROOT: Final = HERE.parents[2]


def used(tree: Path, before: Path | None = None) -> dict[str, Any]:
    """Run ``usage.py`` in a separate process, on the packages of a tree."""
    folders = [tree / "overlay", tree / "generated", ROOT / "scripts"]
    done = subprocess.run(
        [sys.executable, str(HERE / "usage.py"), str(tree), *([str(before)] if before else [])],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(map(str, folders))},
        capture_output=True,
        text=True,
        check=False,
    )
    assert not done.returncode, done.stderr
    return dict(json.loads(done.stdout))


def unnamed(before: dict[str, Any], after: dict[str, Any], tree: Path, todo: str) -> list[str]:
    """Return what no longer works or exists and no line of the list names."""
    lines = [line.strip() for line in todo.splitlines()]
    return [text for words, text in _worse(before, after) if not _named(words, after, tree, lines)]


def _worse(before: dict[str, Any], after: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield the place, and a message."""
    for place, said in after["failures"].items():
        if place not in before["failures"]:
            imported = re.search(r"cannot import name '(\w+)'", said)
            yield imported[1] if imported else place, f"{place}: {said}"
    for place, names in before["there"].items():
        if place.startswith("exports "):
            continue  # each of them was imported
        if place not in after["there"]:
            if place not in after["failures"]:
                yield place, f"{place}: it is gone"
            continue
        for name in sorted({*names} - {*after["there"][place]}):
            yield f"{place}.{name}", f"{place}: {name} is gone"


def _named(place: str, after: dict[str, Any], tree: Path, lines: list[str]) -> bool:
    """Return whether a line has the place, a line of its method, or the name of the thing."""
    method = place.partition("(")[0].replace(".with_raw_response", "")
    method = method if method.startswith("Async") else f"Async{method}"
    if method in after["lines"]:
        name, first, last = after["lines"][method]
        file = Path(name).resolve().relative_to(tree.resolve()).as_posix()
        return any(line.startswith(f"{file}:{n}:") for line in lines for n in range(first, last))
    module, word = place.rpartition(" ")[2], place.rpartition(".")[2].partition("(")[0]
    file = module.replace(".", "/")
    named = re.compile(rf"\b{word}\b|\b{file}[./]")
    return any(named.search(line) for line in lines)
