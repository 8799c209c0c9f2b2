"""Which packages lead from a consumer's code to the API, and the names that they define."""

from __future__ import annotations

import ast
import hashlib
import os
import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from trunkline.contracts.errors import ContractError
from trunkline.contracts.impact.client.overlay import overlay_files
from trunkline.contracts.impact.client.package import ClientPackage, locate, template
from trunkline.contracts.impact.inference.modules import Assigned, ClassInfo

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path


__all__ = ["Libraries", "choose", "enum_values", "noted_names"]

#: The packages that this project ships.
_OWN_CLIENTS = "trunkline_generated"
_OWN_OVERLAY = "trunkline"


@dataclass(frozen=True)
class Libraries:
    """A generated client, and the overlay on it if there is one.

    Attributes:
        client: import name of the generated package.
        folder: where it is.
        overlay: import name of the overlay, or None.
        overlay_folder: where that is.
    """

    client: str
    folder: Path
    overlay: str | None = None
    overlay_folder: Path | None = None

    @property
    def roots(self) -> dict[str, Path]:
        """The folder of each package, by its dotted name."""
        found = {self.client: self.folder}
        if self.overlay is not None and self.overlay_folder is not None:
            found[self.overlay] = self.overlay_folder
        return found

    @cached_property
    def overlay_files(self) -> list[Path]:
        """The overlay's modules that lead to this client."""
        if self.overlay_folder is None:
            return []
        return overlay_files(self.overlay_folder, self.client)

    @cached_property
    def digest(self) -> str:
        """Hash of the code of the client and of the overlay."""
        folders = [self.folder, *([self.overlay_folder] if self.overlay_folder else [])]
        result = hashlib.blake2b(digest_size=16)
        for folder in folders:
            for path in sorted(folder.rglob("*.py")):
                result.update(path.relative_to(folder).as_posix().encode())
                result.update(path.read_bytes())
        return result.hexdigest()

    def owns(self, path: Path) -> bool:
        """Whether a file is part of these packages and not of the consumer's code."""
        resolved = path.resolve()
        return any(resolved.is_relative_to(folder) for folder in self.roots.values())


def choose(
    paths: Iterable[str],
    client: str | os.PathLike[str] | None,
    overlay: str | os.PathLike[str] | None,
    write: Callable[[str], Path] | None = None,
) -> Libraries | None:
    """Return the packages to look for, or None if no package of this project fits the contract.

    Args:
        paths: path templates of the contract.
        client: folder or import name of the generated package.
        overlay: folder or import name of a package on top of it.
        write: generates a client under an import name that was not found; returns its folder.

    Raises:
        ContractError: a package that was named does not exist.
    """
    if client is None:
        fitting = _fitting(paths)
        if fitting is None:
            return None
        name, folder = fitting
    else:
        name, folder = _located(client, write)
    if not (folder / "api").is_dir():
        raise ContractError(
            f"{folder} is not a client: openapi-python-client writes a folder `api` into its "
            "packages"
        )
    if overlay is None and name.startswith(f"{_OWN_CLIENTS}."):
        overlay = _OWN_OVERLAY
    if overlay is None:
        return Libraries(name, folder)
    return Libraries(name, folder, *locate(overlay))


def _located(
    client: str | os.PathLike[str], write: Callable[[str], Path] | None
) -> tuple[str, Path]:
    try:
        return locate(client)
    except ContractError:
        name = os.fspath(client)
        is_name = all(part.isidentifier() for part in name.split("."))
        if write is None or not is_name:
            raise
        return name, write(name)


def _fitting(paths: Iterable[str]) -> tuple[str, Path] | None:
    """Return the package of this project that was generated from a contract with these paths."""
    patterns = [_pattern(path) for path in sorted({template(path) for path in paths})]
    try:
        top, root = locate(_OWN_CLIENTS)
    except ContractError:
        return None
    for folder in sorted(path for path in root.iterdir() if (path / "api").is_dir()):
        files = [path for path in (folder / "api").rglob("*.py") if path.name != "__init__.py"]
        text = b"".join(path.read_bytes() for path in files)
        score = sum(1 for pattern in patterns if pattern.search(text))
        # A few paths such as `/calls` are the same in many contracts.
        if score and score >= 0.7 * len(patterns) and score >= 0.4 * len(files):
            return locate(f"{top}.{folder.name}")
    return None


def _pattern(path: str) -> re.Pattern[bytes]:
    """Return a pattern that finds a path template in generated code, with any parameter names."""
    literals = [re.escape(part) for part in template(path).split("{}")]
    return re.compile(('"' + '[^"]*'.join(literals) + '"').encode())


def noted_names(package: ClientPackage, overlay: Mapping[str, set[str]]) -> frozenset[str]:
    """Return the attributes and methods that are noted even if their object is unknown."""
    fields = {name for each in package.classes.values() for name in _fields(each)}
    calls = {name.rpartition(".")[2] for name in overlay}
    return frozenset(fields | calls)


def _fields(each: ClassInfo | Assigned) -> Iterator[str]:
    if isinstance(each, ClassInfo):
        for name, found in each.scope.items():
            if isinstance(found, Assigned) and found.annotation is not None:
                yield name


def enum_values(package: ClientPackage) -> frozenset[str]:
    """Return the strings that are values of the client's enums."""
    nodes: list[ast.expr] = []
    for each in package.classes.values():
        found = each.scope.values() if isinstance(each, ClassInfo) else [each]
        nodes += [v for one in found if isinstance(one, Assigned) for v in one.values]
    return frozenset(
        each.value
        for node in nodes
        for each in ast.walk(node)
        if isinstance(each, ast.Constant) and isinstance(each.value, str)
    )
