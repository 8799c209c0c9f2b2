"""The table of contracts, ``contracts.toml``, as values."""

from __future__ import annotations

import os
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from trunkline_pipeline.errors import PipelineError
from trunkline_pipeline.json_types import is_array, is_object

#: Where a snapshot comes from: the vendor's own document, or put together from its texts.
STATUSES = frozenset({"published", "reconstructed"})
#: What may be done with a generator warning: end the run, or list it and go on.
WARNING_POLICIES = frozenset({"fail", "report"})


@dataclass(frozen=True, slots=True)
class Contract:
    """One pinned document and what becomes of it.

    Attributes:
        name: key of the table in ``contracts.toml``.
        title: the document's own title, empty when the table does not say.
        package: name of the generated package.
        snapshot: the document, pinned byte for byte.
        patches: OpenAPI Overlay documents, applied in this order.
        source: where the vendor publishes the document, empty where it does not.
        status: ``published`` or ``reconstructed``, empty when the table does not say.
        base_url: the production server, empty when the table does not name it.
        sha256: digest of the snapshot, empty when the table does not pin it.
        operations: how many operations the snapshot has, None when not pinned.
        schemas: how many component schemas the snapshot has, None when not pinned.
        webhooks: how many webhooks the snapshot has, None when not pinned.
        warnings: ``fail`` or ``report``.
        options: settings of the generator that differ from its defaults.
    """

    name: str
    title: str
    package: str
    snapshot: Path
    patches: tuple[Path, ...]
    source: str
    status: str
    base_url: str
    sha256: str
    operations: int | None
    schemas: int | None
    webhooks: int | None
    warnings: str
    options: dict[str, Any]


@dataclass(frozen=True, slots=True)
class ContractSet:
    """All contracts of one file, with the tool versions that their bytes depend on.

    ``pins`` holds the digests of patches and templates by their path beside the file.
    """

    file: Path
    generator: str
    ruff: str
    contracts: tuple[Contract, ...]
    pins: dict[str, str]

    @property
    def templates(self) -> Path:
        """The folder of our templates; a foreign contracts file uses the same ones."""
        own = self.file.parent / "templates"
        return own if own.is_dir() else Path(__file__).parents[3] / "api-contracts" / "templates"

    def relative(self, path: Path) -> str:
        """Return a path as the contracts file names it."""
        return Path(os.path.relpath(path, self.file.parent)).as_posix()


def load(file: Path) -> ContractSet:
    """Read a contracts file.

    Raises:
        PipelineError: the file is missing, is not TOML, or lacks a key.
    """
    try:
        table = tomllib.loads(file.read_text(encoding="utf-8"))
        tools, contracts = _table(table, "generator"), _table(table, "contracts")
        return ContractSet(
            file=file,
            generator=tools["openapi-python-client"],
            ruff=tools["ruff"],
            contracts=tuple(_contract(file, name, contracts) for name in contracts),
            pins=table.get("pins", {}),
        )
    except (OSError, UnicodeError, tomllib.TOMLDecodeError) as error:
        raise PipelineError(f"{file}: {error}") from error
    except KeyError as error:
        raise PipelineError(f"{file}: the key {error} is missing") from error


def _table(parent: dict[str, Any], key: str) -> dict[str, Any]:
    if not is_object(found := parent[key]):
        raise PipelineError(f"contracts.toml: {key} must be a table")
    return found


def _contract(file: Path, name: str, tables: dict[str, Any]) -> Contract:
    entry = _table(tables, name)
    policy = entry.get("warnings", "fail")
    if policy not in WARNING_POLICIES:
        raise PipelineError(f"{file}: {name}: warnings must be one of {sorted(WARNING_POLICIES)}")
    if not is_array(entry.get("patches", [])):
        raise PipelineError(f"{file}: {name}: patches must be a list")
    snapshot = entry["snapshot"] if "snapshot" in entry else _document_of(file.parent, name)
    patches = entry["patches"] if "patches" in entry else _patches_of(file.parent, snapshot)
    return Contract(
        name=name,
        title=entry.get("title", ""),
        package=entry.get("package", name.replace("-", "_")),
        snapshot=file.parent / snapshot,
        patches=tuple(file.parent / patch for patch in patches),
        source=entry.get("source", ""),
        status=entry.get("status", ""),
        base_url=entry.get("base_url", ""),
        sha256=entry.get("sha256", ""),
        operations=entry.get("operations"),
        schemas=entry.get("schemas"),
        webhooks=entry.get("webhooks"),
        warnings=policy,
        options=entry.get("options", {}),
    )


def _document_of(folder: Path, name: str) -> str:
    found = sorted(path.name for path in folder.glob(f"{name}.*"))
    if len(found) != 1:
        raise PipelineError(f"{folder}: expected one document {name}.yaml or .json, found {found}")
    return found[0]


def _patches_of(folder: Path, snapshot: str) -> list[str]:
    patch = f"patches/{Path(snapshot).stem}.overlay.yaml"
    return [patch] if (folder / patch).is_file() else []
