"""Derive the sync twin of each handwritten async module.

It replaces by regular expressions, not by tokens: the tokens of f-strings differ between Python
versions, and docstrings must be translated too.
"""

from __future__ import annotations

import ast
import re
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

from trunkline_pipeline import files, toolchain
from trunkline_pipeline.errors import PipelineError
from trunkline_pipeline.unasync.substitutions import NAMES, PATTERNS, WRAPPERS

if TYPE_CHECKING:
    from collections.abc import Iterable


_NAMES: Final = re.compile(
    rf"\b(?:{'|'.join(map(re.escape, sorted(NAMES, key=len, reverse=True)))})\b"
)
#: A derived source, such as resources.py, starts with its own banner.
_BANNER: Final = re.compile(r"\A# Derived from .*\n(?:# by .*\n)?")
_ASYNCHRONOUS: Final = (ast.AsyncFor, ast.AsyncFunctionDef, ast.AsyncWith, ast.Await)


def sources(overlay: Path) -> list[Path]:
    """Return the async modules: ``_async.py`` and everything in a folder ``_async``."""
    return [path for path in sorted(overlay.rglob("*.py")) if "_async" in _parts(path, overlay)]


def twin_names(overlay: Path) -> list[str]:
    """Return the relative paths of all files named as twins, derived or stray."""
    found = files.list_files(overlay)
    return [name for name, path in found.items() if "_sync" in _parts(path, overlay)]


def _parts(path: Path, root: Path) -> Iterable[str]:
    return path.relative_to(root).with_suffix("").parts


def render(overlay: Path, ruff: toolchain.Ruff) -> dict[str, bytes]:
    """Return the sync twins by path relative to the folder.

    Raises:
        PipelineError: a module cannot be translated.
    """
    with tempfile.TemporaryDirectory(prefix="trunkline-") as folder:
        root = Path(folder)
        origins: dict[Path, str] = {}
        for source in sources(overlay):
            name = source.relative_to(overlay)
            target = root / re.sub(r"(?<!\w)_async(?!\w)", "_sync", name.as_posix())
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(
                translate(source.read_text(encoding="utf-8"), source), encoding="utf-8"
            )
            origins[target] = name.as_posix()
        ruff.fix(root, toolchain.OVERLAY_RULES, toolchain.OVERLAY_STYLE)
        return {
            target.relative_to(root).as_posix(): files.banner(origin).encode() + target.read_bytes()
            for target, origin in origins.items()
        }


def translate(source: str, path: Path) -> str:
    """Return the sync form of the text of an async module.

    Raises:
        PipelineError: something async is left over.
    """
    text = _unwrap(_BANNER.sub("", source))
    for pattern, replacement in PATTERNS:
        text = re.sub(pattern, replacement, text)
    text = _NAMES.sub(lambda match: NAMES[match.group()], text)
    _refuse_rest(text, path)
    return text


def _refuse_rest(text: str, path: Path) -> None:
    try:
        tree = ast.parse(text)
    except SyntaxError as error:
        raise PipelineError(f"{path}: no sync form: {error}") from error
    for node in ast.walk(tree):
        if isinstance(node, _ASYNCHRONOUS) or getattr(node, "is_async", False):
            raise PipelineError(f"{path}: no sync form for: {ast.unparse(node)[:80]}")


def _unwrap(text: str) -> str:
    for wrapper in WRAPPERS:
        while match := re.search(rf"\b{wrapper}\[", text):
            end = _closing_bracket(text, match.end())
            text = text[: match.start()] + text[match.end() : end] + text[end + 1 :]
    return text


def _closing_bracket(text: str, start: int) -> int:
    depth = 1
    for position in range(start, len(text)):
        depth += {"[": 1, "]": -1}.get(text[position], 0)
        if not depth:
            return position
    raise PipelineError(f"a bracket is not closed: {text[start : start + 40]!r}")
