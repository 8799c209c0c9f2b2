"""A consumer's files, found by the names under which their modules are imported."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = ["Files", "absolute", "in_folder", "module_parts"]


class Files:
    """Files that are searched; none is read here.

    Args:
        paths: the paths as given.
    """

    def __init__(self, paths: Iterable[Path]) -> None:
        self._shown = {absolute(path): path for path in paths}
        self._tails: dict[str, list[tuple[tuple[str, ...], Path]]] = {}
        for path in self._shown:
            parts = module_parts(path)
            self._tails.setdefault(parts[-1], []).append((parts, path))
        self._folders = {parts[:-1] for tail in self._tails.values() for parts, _ in tail}
        self._namespaces: dict[str, bool] = {}

    def __contains__(self, path: Path) -> bool:
        return path in self._shown

    def shown(self, path: Path) -> Path:
        """Return a file's path as given; any other path unchanged."""
        return self._shown.get(path, path)

    def imported(self, dotted: str, by: Path) -> Path | None:
        """Return the file that a name, relative or absolute, means in the file `by`."""
        name = dotted.lstrip(".")
        if level := len(dotted) - len(name):
            folder = absolute(by).parent
            for _ in range(level - 1):
                folder = folder.parent
            path = in_folder(folder, name.split(".") if name else [], self._shown)
        else:
            path = self.module(dotted, by)
        return self._shown.get(path) if path else None

    def module(self, dotted: str, by: Path | None) -> Path | None:
        """Return the file of a module; of several, the one nearest to the file that imports it."""
        parts = tuple(dotted.split("."))
        matching = [
            (found, path)
            for found, path in self._tails.get(parts[-1], [])
            if found[-len(parts) :] == parts
        ]
        if not matching:
            return None
        near = absolute(by).parts if by else ()
        return min(
            matching, key=lambda each: (-_common(each[1].parts, near), len(each[0]), each[1])
        )[1]

    def is_namespace(self, dotted: str) -> bool:
        """Whether a name could be a package that has no `__init__.py`."""
        parts = tuple(dotted.split("."))
        if dotted not in self._namespaces:
            self._namespaces[dotted] = any(_contains(folder, parts) for folder in self._folders)
        return self._namespaces[dotted]


def absolute(path: Path) -> Path:
    """Return an absolute path, without accessing the disk."""
    return path if path.is_absolute() else Path(os.path.normpath(Path.cwd() / path))


def module_parts(path: Path) -> tuple[str, ...]:
    """Return the parts of a module's path; for a package, without `__init__`."""
    parts = path.with_suffix("").parts
    return parts[:-1] if parts[-1] == "__init__" and len(parts) > 1 else parts


def in_folder(
    folder: Path, parts: list[str], files: Mapping[Path, Path] | None = None
) -> Path | None:
    """Return the file of a module below a folder: in `files` if given, else on the disk."""
    base = folder.joinpath(*parts)
    package = base / "__init__.py"
    if package in files if files is not None else package.is_file():
        return package
    module = base.with_name(f"{base.name}.py") if parts else None
    if module is None:
        return None
    return module if (module in files if files is not None else module.is_file()) else None


def _common(first: tuple[str, ...], second: tuple[str, ...]) -> int:
    count = 0
    for one, other in zip(first, second, strict=False):
        if one != other:
            break
        count += 1
    return count


def _contains(parts: tuple[str, ...], wanted: tuple[str, ...]) -> bool:
    return any(parts[i : i + len(wanted)] == wanted for i in range(len(parts) - len(wanted) + 1))
