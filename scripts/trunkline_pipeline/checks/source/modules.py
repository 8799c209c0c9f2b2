"""Modules of the overlay and the generated packages as syntax trees, read on demand."""

from __future__ import annotations

import ast
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from trunkline_pipeline import syntax

if TYPE_CHECKING:
    from collections.abc import Iterator

_FOLDERS: Final = {"trunkline": "overlay", "trunkline_generated": "generated"}


@dataclass(slots=True)
class Module:
    """One module.

    Attributes:
        name: its dotted name.
        file: its path relative to the repository.
        tree: its syntax tree.
        imports: module and attribute by local name.
        froms: its ``from`` imports, with their modules' absolute names.
    """

    name: str
    file: str
    tree: ast.Module
    imports: dict[str, tuple[str, str]] = field(default_factory=dict[str, tuple[str, str]])
    froms: tuple[tuple[ast.ImportFrom, str], ...] = ()

    def definition(self, name: str) -> ast.ClassDef | ast.FunctionDef | ast.expr | None:
        """Return the class, function or assigned expression of a name at the top of the module."""
        for node in statements(self.tree.body):
            if isinstance(node, ast.ClassDef | ast.FunctionDef) and node.name == name:
                return node
            if isinstance(node, ast.Assign | ast.AnnAssign) and name in _targets(node):
                return node.value
        return None

    def classes(self) -> Iterator[ast.ClassDef]:
        return (node for node in self.tree.body if isinstance(node, ast.ClassDef))

    def line_of(self, name: str) -> int:
        """Return the line that defines a name at the top of the module, 0 if there is none."""
        for node in statements(self.tree.body):
            if getattr(node, "name", None) == name or name in _targets(node):
                return node.lineno
        return 0


class Sources:
    """The modules of one repository.

    Args:
        root: the repository.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self._modules: dict[str, Module | None] = {}
        #: Files that are not valid Python, with line and message of the parser.
        self.broken: dict[str, tuple[int, str]] = {}

    def module(self, name: str) -> Module | None:
        """Return a module of the repository by its dotted name, None where there is none."""
        if name not in self._modules:
            self._modules[name] = self._read(name)
        return self._modules[name]

    def providers(self) -> list[str]:
        """Return the names of the providers' packages."""
        found = (self.root / "overlay" / "trunkline").glob("*/_async/client.py")
        return sorted(path.parents[1].name for path in found)

    def resources(self, provider: str) -> Iterator[Module]:
        """Yield the modules of a provider's async source, its client among them."""
        for path in sorted(
            (self.root / "overlay" / "trunkline" / provider / "_async").glob("*.py")
        ):
            if module := self.module(f"trunkline.{provider}._async.{path.stem}"):
                yield module

    def _read(self, name: str) -> Module | None:
        top, _, rest = name.partition(".")
        if top not in _FOLDERS:
            return None
        path = Path(_FOLDERS[top], top, *rest.split("."))
        for file in (path.with_suffix(".py"), path / "__init__.py"):
            if (self.root / file).is_file():
                return self._parse(name, file)
        return None

    def _parse(self, name: str, file: Path) -> Module | None:
        try:
            return _parsed(name, file.as_posix(), (self.root / file).read_bytes())
        except (SyntaxError, ValueError) as error:
            self.broken[file.as_posix()] = (getattr(error, "lineno", 0) or 0, str(error))
            return None

    def lookup(self, module: Module, name: str) -> tuple[Module, Any] | None:
        """Return the module that defines a name used in a module, and the definition."""
        seen: set[tuple[str, str]] = set()
        while (found := module.definition(name)) is None:
            source, attribute = module.imports.get(name, ("", ""))
            following = self.module(source)
            if following is None or (source, attribute) in seen:
                return None
            seen.add((source, attribute))
            module, name = following, attribute
        return module, found


@cache  # comparing trees that differ in one module parses the others once
def _parsed(name: str, file: str, source: bytes) -> Module:
    tree = ast.parse(source)
    package = name if file.endswith("/__init__.py") else name.rpartition(".")[0]
    # Imports inside functions of a generated module are not names of the module.
    of_generated = name.startswith("trunkline_generated")
    nodes = statements(tree.body) if of_generated else syntax.statements(tree)
    froms = tuple((n, _absolute(n, package)) for n in nodes if isinstance(n, ast.ImportFrom))
    imports = {
        alias.asname or alias.name: (home, alias.name)
        for node, home in froms
        for alias in node.names
    }
    return Module(name, file, tree, imports, froms)


def statements(body: list[ast.stmt]) -> Iterator[ast.stmt]:
    """Yield the top-level statements of a module, including those below ``if``."""
    for node in body:
        if isinstance(node, ast.If):
            yield from statements(node.body)
            yield from statements(node.orelse)
        else:
            yield node


def _targets(node: ast.stmt) -> set[str]:
    targets = node.targets if isinstance(node, ast.Assign) else []
    if isinstance(node, ast.AnnAssign) and node.value is not None:
        targets = [node.target]
    return {target.id for target in targets if isinstance(target, ast.Name)}


def _absolute(node: ast.ImportFrom, package: str) -> str:
    if not node.level:
        return node.module or ""
    parts = package.split(".")
    base = parts[: len(parts) - node.level + 1]
    return ".".join([*base, *filter(None, [node.module])])


def docstring(node: ast.AST) -> str:
    """Return the docstring of a class or function, without its indentation."""
    if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef | ast.Module):
        return ast.get_docstring(node) or ""
    return ""


def constant(node: ast.AST | None) -> Any:
    """Return the value of a literal, None for anything else."""
    try:
        return None if node is None else ast.literal_eval(node)
    except ValueError:
        return None
