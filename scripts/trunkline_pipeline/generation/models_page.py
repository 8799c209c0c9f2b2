"""Write the lists of docs/models.md: every model that a package of the overlay exports."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING, Final

from trunkline_pipeline.errors import PipelineError

from .export_tables import generated_imports, imports, read

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NAME: Final = "docs/models.md"
_LIST: Final = re.compile(
    r"(<!-- models of ([\w.]+): written by make generate -->\n).*?(<!-- end of the models -->)",
    re.DOTALL,
)
_OPTIONS: Final = "heading_level: 3, show_bases: false"
#: The members of an enumeration have no docstrings.
_ENUM_OPTIONS: Final = f"{_OPTIONS}, show_if_no_docstring: true, show_labels: false"


def render(root: Path) -> dict[str, bytes]:
    """Return the page with its lists, by its path in the repository.

    Raises:
        PipelineError: the page or a module cannot be read.
    """
    try:
        page = (root / NAME).read_text(encoding="utf-8")
    except (OSError, ValueError) as error:
        raise PipelineError(f"{root / NAME}: {error}") from None
    text = _LIST.sub(lambda match: f"{match[1]}\n{_blocks(root, match[2])}{match[3]}", page)
    return {NAME: text.encode()}


def _blocks(root: Path, package: str) -> str:
    """Return a block for each model of a package, its enumerations last."""
    models = sorted(_models(root, package), key=lambda each: (each[1], each[0]))
    return "".join(
        f"::: {package}.{name}\n    options: {{{_ENUM_OPTIONS if is_enum else _OPTIONS}}}\n\n"
        for name, is_enum in models
    )


def _models(root: Path, package: str) -> Iterator[tuple[str, bool]]:
    path = root.joinpath("overlay", *package.split("."))
    file = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
    for each in generated_imports(read(file)[1]):
        models = root.joinpath("generated", *str(each.module).split(".")[:2], "models")
        modules = _modules(models / "__init__.py")
        for alias in each.names:
            module = modules.get(alias.name)
            if module is None:
                raise PipelineError(f"{file}: there is no model {alias.name}: make generate again")
            yield alias.name, _is_enum(models / f"{module}.py", alias.name)


def _modules(file: Path) -> dict[str, str]:
    found = imports(read(file)[1])
    return {alias.name: str(each.module) for each in found for alias in each.names}


def _is_enum(file: Path, name: str) -> bool:
    classes = (each for each in read(file)[1].body if isinstance(each, ast.ClassDef))
    found = next((each for each in classes if each.name == name), None)
    return found is not None and any("Enum" in ast.unparse(base) for base in found.bases)
