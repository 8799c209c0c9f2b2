"""Derive ``_async/resources/`` of each provider: its resources with ``with_raw_response``.

The resources themselves cannot have the property: a resource and its raw form refer to each other,
and in two modules that would be an import cycle. So the derived modules subclass them, one module
for each, so that a client can import a resource when it is first used.
"""

from __future__ import annotations

import ast
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

from trunkline_pipeline import files, toolchain
from trunkline_pipeline.errors import PipelineError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

FOLDER: Final = "resources"
_BASE: Final = "AsyncAPIResource"
_ENGINE: Final = "trunkline._engine.client.raw_response"
_DOCSTRING: Final = (
    '"""The resources of the module of the same name, with ``with_raw_response``."""'
)
_CLASS: Final = '''
class {name}({module}.{name}):
    """{doc}"""

    __slots__ = ()

    @property
    def with_raw_response(self) -> {name}Raw:
        """The same methods, returning the response beside the result.

        A method that sends several requests returns the last response; that of a download has
        no content, because the content is in the file.
        """
        return {name}Raw(self)


class {name}Raw:
    """:class:`{name}` with the response beside each result."""

    def __init__(self, resource: {module}.{name}) -> None:
'''


def render(overlay: Path, ruff: toolchain.Ruff) -> dict[str, bytes]:
    """Return the derived modules by path relative to the overlay.

    Raises:
        PipelineError: a module cannot be read.
    """
    with tempfile.TemporaryDirectory(prefix="trunkline-") as scratch:
        root = Path(scratch)
        for source in sorted(overlay.glob("*/_async/*.py")):
            if classes := list(_resources(source)):
                folder = root / source.parent.relative_to(overlay) / FOLDER
                folder.mkdir(parents=True, exist_ok=True)
                (folder / "__init__.py").touch()
                text = _module(source, classes)
                (folder / source.name).write_text(text, encoding="utf-8")
        ruff.fix(root, toolchain.OVERLAY_RULES, toolchain.OVERLAY_STYLE)
        return {p.relative_to(root).as_posix(): p.read_bytes() for p in root.rglob("*.py")}


def names(overlay: Path) -> list[str]:
    """Return the relative paths of all files in the folders of derived modules."""
    found = files.list_files(overlay)
    return [name for name in found if f"/_async/{FOLDER}/" in name]


def _module(source: Path, classes: Iterable[ast.ClassDef]) -> str:
    provider, module = source.parent.parent.name, source.stem
    return "\n".join(
        [
            files.banner(f"{provider}/_async/{source.name}") + _DOCSTRING,
            "from __future__ import annotations",
            f"from {_ENGINE} import async_raw",
            f"from trunkline.{provider}._async import {module}",
            *(_class(module, each) for each in classes),
        ]
    )


def _resources(path: Path) -> Iterator[ast.ClassDef]:
    try:
        tree = ast.parse(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, SyntaxError) as error:
        raise PipelineError(f"{path}: {error}") from error
    for node in tree.body:
        if isinstance(node, ast.ClassDef) and any(map(_is_resource, node.bases)):
            yield node


def _is_resource(base: ast.expr) -> bool:
    name = base.value if isinstance(base, ast.Subscript) else base
    return isinstance(name, ast.Name) and name.id == _BASE


def _class(module: str, node: ast.ClassDef) -> str:
    doc = ast.get_docstring(node, clean=False) or ""
    head = _CLASS.format(name=node.name, module=module, doc=doc)
    lines = (f"        self.{name} = async_raw(resource.{name})" for name in _methods(node))
    return head + "\n".join(lines)


def _methods(node: ast.ClassDef) -> Iterator[str]:
    for each in node.body:
        if isinstance(each, ast.FunctionDef | ast.AsyncFunctionDef) and each.name[0] != "_":
            if any(isinstance(d, ast.Name) and d.id == "property" for d in each.decorator_list):
                continue
            yield each.name
