"""Derive the tables of a provider's package: its models, ``_EXPORTS`` and ``__all__``.

What a package exports besides models is written by hand, as imports for type checkers. A module
that only imports generated models, such as ``whispey/ingest.py``, gets its ``__all__`` from them.
"""

from __future__ import annotations

import ast
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from trunkline_pipeline import toolchain
from trunkline_pipeline.errors import PipelineError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

_GENERATED: Final = "trunkline_generated."


class Models(NamedTuple):
    """The generated models of a provider: those of its methods, and all."""

    used: Collection[str]
    known: Collection[str]


def render(overlay: Path, models: Mapping[str, Models], ruff: toolchain.Ruff) -> dict[str, bytes]:
    """Return the modules with their tables, by path relative to the overlay.

    Args:
        overlay: the folder of the package.
        models: by provider.
        ruff: formats the result.

    Raises:
        PipelineError: a module cannot be read, or lacks a table.
    """
    with tempfile.TemporaryDirectory(prefix="trunkline-") as scratch:
        root = Path(scratch)
        for path, text in _rendered(overlay, models):
            target = root / path.relative_to(overlay)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, encoding="utf-8")
        ruff.fix(root, toolchain.OVERLAY_RULES, toolchain.OVERLAY_STYLE)
        return {p.relative_to(root).as_posix(): p.read_bytes() for p in root.rglob("*.py")}


def _rendered(overlay: Path, models: Mapping[str, Models]) -> Iterator[tuple[Path, str]]:
    for provider, own in models.items():
        for path in sorted((overlay / provider).glob("*.py")):
            text, tree = read(path)
            if path.name == "__init__.py":
                yield path, _with_tables(path, text, tree, own)
            elif _is_list(tree):
                imported = [a.name for each in generated_imports(tree) for a in each.names]
                yield path, _replaced(path, text, {"__all__": _list(imported)}, tree)


def read(path: Path) -> tuple[str, ast.Module]:
    """Return the text of a module and its tree.

    Raises:
        PipelineError: it cannot be read.
    """
    try:
        text = path.read_text(encoding="utf-8")
        return text, ast.parse(text)
    except (OSError, ValueError, SyntaxError) as error:
        raise PipelineError(f"{path}: {error}") from error


def generated_imports(tree: ast.Module) -> list[ast.ImportFrom]:
    """Return the imports of generated models, those for type checkers included."""
    return [each for each in imports(tree) if (each.module or "").startswith(_GENERATED)]


def imports(tree: ast.Module) -> Iterator[ast.ImportFrom]:
    """Yield the ``from`` imports of a module, those for type checkers included."""
    checked = (each for node in tree.body if isinstance(node, ast.If) for each in node.body)
    return (each for each in (*tree.body, *checked) if isinstance(each, ast.ImportFrom))


def _is_list(tree: ast.Module) -> bool:
    nodes = [each for each in tree.body if not isinstance(each, ast.Expr)]
    imported = generated_imports(tree)
    return bool(imported) and all(each in imported or _name(each) == "__all__" for each in nodes)


def _with_tables(path: Path, text: str, tree: ast.Module, own: Models) -> str:
    typed = [node for node in tree.body if isinstance(node, ast.If)]
    further = [each for each in typed[0].body if isinstance(each, ast.ImportFrom)] if typed else []
    modules = {
        alias.asname or alias.name: str(each.module).removeprefix(f"trunkline.{path.parent.name}")
        for each in further
        if not (each.module or "").startswith(_GENERATED)
        for alias in each.names
    }
    listed = {alias.name for each in generated_imports(tree) for alias in each.names}
    models = {*own.used, *listed} & set(own.known)
    exports = "\n".join(f'    "{name}": "{modules[name]}",' for name in sorted(modules))
    texts = {"__all__": _list({*modules, *models}), "_EXPORTS": f"_EXPORTS = {{\n{exports}\n}}"}
    return _replaced(path, text, texts, tree, models)


def _list(names: Iterable[str]) -> str:
    return "__all__ = [\n" + "".join(f'    "{name}",\n' for name in sorted(names)) + "]"


def _replaced(
    path: Path,
    text: str,
    texts: Mapping[str, str],
    tree: ast.Module,
    models: Collection[str] = (),
) -> str:
    """Replace the tables of a module, the last one first: lines before it keep their numbers."""
    nodes: dict[ast.stmt, str] = {n: texts[_name(n)] for n in tree.body if _name(n) in texts}
    for each in generated_imports(tree) if models else ():
        names = "".join(f"        {name},\n" for name in sorted(models))
        nodes[each] = f"    from {each.module} import (\n{names}    )"
    if len(nodes) != len(texts) + bool(models):
        wanted = ", ".join([*texts, *(["one import of generated models"] if models else [])])
        raise PipelineError(f"{path}: it has not {wanted}, once each")
    lines = text.splitlines()
    for node in sorted(nodes, key=lambda each: -each.lineno):
        lines[node.lineno - 1 : node.end_lineno] = nodes[node].splitlines()
    return "\n".join(lines) + "\n"


def _name(node: ast.stmt) -> str:
    target = node.targets[0] if isinstance(node, ast.Assign) else None
    return target.id if isinstance(target, ast.Name) else ""
