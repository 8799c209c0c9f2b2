"""Resolves the arguments OLD and NEW: a path, an address or a pinned contract."""

from __future__ import annotations

import os
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from trunkline.contracts.errors import ContractError

__all__ = ["Side", "pin_file", "pinned", "pins", "resolve"]

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
    if plain and not os.path.exists(argument) and (path := pin_file()):
        return pinned(argument, path, pins(path))
    return Side(argument)


def pin_file() -> Path | None:
    """Return the nearest table of pinned contracts, None if there is none."""
    here = Path.cwd()
    found = (folder / _PINS for folder in (here, *here.parents))
    return next((path for path in found if path.is_file()), None)


def pins(path: Path) -> dict[str, Any]:
    """Return the pinned contracts of a table by name.

    Raises:
        ContractError: it cannot be read, or is not TOML.
    """
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


def pinned(name: str, path: Path, contracts: dict[str, Any]) -> Side:
    """Return the pinned contract of a name in the table.

    Raises:
        ContractError: there is no such contract, or its table is incomplete.
    """
    table = contracts.get(name)
    if table is None:
        known = ", ".join(sorted(contracts)) or "none"
        problem = f"{name!r} is neither a file nor a pinned contract ({known})"
        raise ContractError(problem, document=_relative(path))
    try:
        names = [table["snapshot"], *table.get("patches", ())]
        snapshot, *patches = (_relative(path.parent / name) for name in names)
    except (AttributeError, KeyError, TypeError) as error:
        problem = f"contract {name!r} lacks the text `snapshot`, or its `patches` are not a list"
        raise ContractError(problem, document=_relative(path)) from error
    return Side(snapshot, tuple(patches))


def _relative(path: Path) -> str:
    # Reports name files relative to the checkout; on Windows another drive has no relative path.
    try:
        return Path(os.path.relpath(path)).as_posix()
    except ValueError:
        return path.as_posix()
