"""The table of contracts, ``contracts.toml``, as values."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .errors import PipelineError

#: What may be done with a generator warning: end the run, or list it and go on.
WARNING_POLICIES = frozenset({"fail", "report"})


@dataclass(frozen=True, slots=True)
class Contract:
    """One pinned document and what becomes of it.

    Attributes:
        name: key of the table in ``contracts.toml``.
        package: name of the generated package.
        snapshot: the document, pinned byte for byte.
        patches: OpenAPI Overlay documents, applied in this order.
        source: where the vendor publishes the document, empty where it does not.
        sha256: digest of the snapshot, empty when the table does not pin it.
        operations: how many operations the snapshot has, None when not pinned.
        schemas: how many component schemas the snapshot has, None when not pinned.
        webhooks: how many webhooks the snapshot has, None when not pinned.
        warnings: ``fail`` or ``report``.
        options: settings of the generator that differ from its defaults.
    """

    name: str
    package: str
    snapshot: Path
    patches: tuple[Path, ...]
    source: str
    sha256: str
    operations: int | None
    schemas: int | None
    webhooks: int | None
    warnings: str
    options: dict[str, Any]


@dataclass(frozen=True, slots=True)
class ContractSet:
    """All contracts of one file, with the tool versions that their bytes depend on."""

    file: Path
    generator: str
    ruff: str
    contracts: tuple[Contract, ...]

    @property
    def templates(self) -> Path:
        """The folder of our templates; a foreign contracts file uses the same ones."""
        own = self.file.parent / "templates"
        return own if own.is_dir() else Path(__file__).parents[2] / "api-contracts" / "templates"


def load(file: Path) -> ContractSet:
    """Read a contracts file.

    Raises:
        PipelineError: the file is missing, is not TOML, or lacks a key.
    """
    try:
        table = tomllib.loads(file.read_text(encoding="utf-8"))
        tools, contracts = table["generator"], table["contracts"]
        return ContractSet(
            file=file,
            generator=tools["openapi-python-client"],
            ruff=tools["ruff"],
            contracts=tuple(_contract(file, name, entry) for name, entry in contracts.items()),
        )
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise PipelineError(f"{file}: {error}") from error
    except KeyError as error:
        raise PipelineError(f"{file}: the key {error} is missing") from error


def _contract(file: Path, name: str, entry: dict[str, Any]) -> Contract:
    policy = entry.get("warnings", "fail")
    if policy not in WARNING_POLICIES:
        raise PipelineError(f"{file}: {name}: warnings must be one of {sorted(WARNING_POLICIES)}")
    return Contract(
        name=name,
        package=entry["package"],
        snapshot=file.parent / entry["snapshot"],
        patches=tuple(file.parent / patch for patch in entry.get("patches", ())),
        source=entry.get("source", ""),
        sha256=entry.get("sha256", ""),
        operations=entry.get("operations"),
        schemas=entry.get("schemas"),
        webhooks=entry.get("webhooks"),
        warnings=policy,
        options=entry.get("options", {}),
    )
