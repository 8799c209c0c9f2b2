"""What the arguments OLD and NEW may name, beside a path or an address: a pinned contract."""

from __future__ import annotations

import os
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from trunkline.contracts.errors import ContractError

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Side", "resolve"]

_PINS = Path("api-contracts", "contracts.toml")


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a comparison: what to load, and the corrections that belong to it.

    Attributes:
        source: a path, a URL, or ``revision:path``.
        overlays: paths of OpenAPI Overlay documents.
    """

    source: str
    overlays: tuple[str, ...] = ()


def resolve(argument: str) -> Side:
    """Return what an argument names: a file that exists, else a pinned contract, else itself.

    The pins are searched in ``api-contracts/contracts.toml``, from the working directory upwards.

    Raises:
        ContractError: the table of pins cannot be read.
    """
    plain = not any(mark in argument for mark in ("/", "\\", ":"))
    if plain and not os.path.exists(argument):
        for path in _pin_files():
            return _pinned(argument, path, _contracts(path))
    return Side(argument)


def _pin_files() -> Iterator[Path]:
    here = Path.cwd()
    found = (folder / _PINS for folder in (here, *here.parents))
    yield from (path for path in found if path.is_file())


def _contracts(path: Path) -> dict[str, Any]:
    try:
        with path.open("rb") as file:
            contracts = tomllib.load(file).get("contracts", {})
    except OSError as error:
        raise ContractError(
            f"cannot be read: {error.strerror}", document=_relative(path)
        ) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ContractError(f"is not TOML: {error}", document=_relative(path)) from error
    return dict(contracts)


def _pinned(name: str, path: Path, contracts: dict[str, Any]) -> Side:
    table = contracts.get(name)
    if table is None:
        known = ", ".join(sorted(contracts)) or "none"
        problem = f"{name!r} is neither a file nor a pinned contract ({known})"
        raise ContractError(problem, document=_relative(path))
    try:
        names = [table["snapshot"], *table["patches"]]
        snapshot, *patches = (_relative(path.parent / name) for name in names)
    except (KeyError, TypeError) as error:
        problem = f"contract {name!r} lacks the text `snapshot` or the list `patches`"
        raise ContractError(problem, document=_relative(path)) from error
    return Side(snapshot, tuple(patches))


def _relative(path: Path) -> str:
    # Reports name files relative to the checkout; on Windows another drive has no relative path.
    try:
        return Path(os.path.relpath(path)).as_posix()
    except ValueError:
        return path.as_posix()
