"""Render the generated packages: a pure function of the contracts file and its inputs."""

from __future__ import annotations

import tempfile
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from jinja2 import TemplateError, TemplateSyntaxError

from trunkline_pipeline import toolchain
from trunkline_pipeline.errors import PipelineError
from trunkline_pipeline.inputs import documents, openapi_overlay, pins

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator, Mapping

    from trunkline_pipeline.inputs.manifest import Contract, ContractSet

REPAIR: Final = "make generate"
#: The package in ``generated/`` that contains the packages of the contracts.
FOLDER: Final = "trunkline_generated"
_ROOT_DOCSTRING: Final = (
    '"""Low-level clients, one package a contract. Nothing is imported before it is used."""\n'
)


@dataclass(slots=True)
class Rendered:
    """Files by path relative to the output folder, and the generator's problems by contract."""

    files: dict[str, bytes] = field(default_factory=dict[str, bytes])
    problems: dict[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])

    def refuse_warnings(self, contracts: ContractSet) -> None:
        """Raise all problems of contracts whose warnings policy is ``fail``, at once.

        Raises:
            PipelineError: there are such problems.
        """
        lines = [
            f"{contract.snapshot}: the generator warns: {problem}"
            for contract in contracts.contracts
            if contract.warnings == "fail"
            for problem in self.problems[contract.name]
        ]
        if lines:
            raise PipelineError("\n".join(lines))


def render(contracts: ContractSet) -> Rendered:
    """Generate all packages in a temporary folder and return their files.

    Raises:
        ToolError: a tool is missing or has the wrong version.
        PipelineError: a contract, a patch or a template cannot be read.
    """
    toolchain.check_generator(contracts.generator)
    ruff = toolchain.Ruff.pinned(contracts.ruff)
    result = Rendered()
    with (
        tempfile.TemporaryDirectory(prefix="trunkline-") as folder,
        _template_errors(contracts.templates),
    ):
        root = Path(folder)
        extras = {
            c.package: _generate(c, contracts.templates, root, result) for c in contracts.contracts
        }
        ruff.fix(root, toolchain.GENERATED_RULES, toolchain.GENERATED_STYLE)
        for contract in contracts.contracts:
            result.files |= _collect(contract, root, extras[contract.package])
    result.files |= {
        "__init__.py": _banner("api-contracts") + _ROOT_DOCSTRING.encode(),
        "py.typed": b"",
    }
    return result


@contextmanager
def _template_errors(folder: Path) -> Generator[None]:
    try:
        yield
    except TemplateSyntaxError as error:
        where = f"{folder / (error.name or '')}, line {error.lineno}"
        raise PipelineError(f"{where}: {error.message}") from error
    except (TemplateError, UnicodeDecodeError) as error:
        raise PipelineError(f"{folder}: {type(error).__name__}: {error}") from error


def _generate(
    contract: Contract, templates: Path, root: Path, result: Rendered
) -> dict[str, bytes]:
    from . import generator  # after its version has been checked

    document = openapi_overlay.patched(contract)
    try:
        done = generator.generate(document, root / contract.package, templates, contract.options)
    except PipelineError as error:
        result.problems[contract.name] = (f"not generated: {error}",)
        return {}
    result.problems[contract.name] = (*done.problems, *_lost(document, done.endpoints))
    return {"openapi.json": documents.to_json(document), "py.typed": b""}


def _lost(document: Mapping[str, Any], endpoints: int) -> Iterator[str]:
    # Two operation ids with the same Python name overwrite each other without a warning.
    wanted = sum(1 for _ in pins.operations(document))
    if endpoints != wanted:
        yield f"{wanted} operations in the document, {endpoints} endpoint modules generated"


def _collect(contract: Contract, root: Path, extras: Mapping[str, bytes]) -> dict[str, bytes]:
    folder = root / contract.package
    banner = _banner(contract.snapshot.name)
    files = {
        path.relative_to(root).as_posix(): banner + path.read_bytes().replace(b"\r\n", b"\n")
        for path in sorted(folder.rglob("*.py"))
    }
    return files | {f"{contract.package}/{name}": data for name, data in extras.items()}


def _banner(source: str) -> bytes:
    text = f"# Generated from {source}; do not edit. Change the contract, then run `{REPAIR}`.\n"
    return text.encode()
