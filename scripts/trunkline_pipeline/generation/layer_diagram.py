"""Draw docs/assets/layers.svg: the layers of pyproject.toml and the imports between them."""

from __future__ import annotations

import ast
import tomllib
from collections import Counter
from functools import cache
from html import escape
from itertools import accumulate, product
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from trunkline_pipeline.errors import PipelineError
from trunkline_pipeline.syntax import statements

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

NAME: Final = "docs/assets/layers.svg"
_PACKAGE: Final = "trunkline"
_WIDTH: Final = 860
_LEFT: Final = 20
_GAP: Final = 12
_BOX: Final = 28
_STEP: Final = 64
_HEAD: Final = 40
_STYLE: Final = (
    "text{font:12px system-ui,sans-serif;fill:#222}.t{font-weight:600}.n{text-anchor:middle}"
    "rect.b{fill:#eaf2fb;stroke:#1b6ac9}line{stroke:#8aa3bd;stroke-opacity:.55}"
)


class Box(NamedTuple):
    """A package or module of a layer, and the position of its box."""

    name: str
    x: float
    y: float
    width: float


def render(root: Path) -> dict[str, bytes]:
    """Return the picture by its path relative to the repository.

    Raises:
        PipelineError: pyproject.toml has no layers, or a module cannot be read.
    """
    imports = _counts(_imports(root / "overlay"))
    body: list[str] = []
    top = _HEAD
    for contract in _contracts(root / "pyproject.toml"):
        boxes = list(_boxes(contract["layers"], top))
        body += _panel(contract, boxes, imports, top)
        top += _STEP * len(contract["layers"]) + _HEAD
    return {NAME: "\n".join([*_frame(top - _HEAD), *body, "</svg>", ""]).encode()}


def _contracts(file: Path) -> list[dict[str, Any]]:
    try:
        tables = tomllib.loads(file.read_text(encoding="utf-8"))["tool"]["importlinter"]
    except (OSError, ValueError, KeyError) as error:
        raise PipelineError(f"{file}: no layers of import-linter: {error!r}") from error
    return [
        table
        for table in tables["contracts"]
        if table["type"] == "layers" and table["containers"][0].split(".")[0] == _PACKAGE
    ]


def _boxes(layers: list[str], top: float) -> Iterator[Box]:
    for number, layer in enumerate(layers):
        names = [name.strip(" ()") for name in layer.replace(":", "|").split("|")]
        width = (_WIDTH - 2 * _LEFT - _GAP * (len(names) - 1)) / len(names)
        for index, name in enumerate(names):
            yield Box(name, _LEFT + index * (width + _GAP), top + number * _STEP, width)


def _imports(overlay: Path) -> Iterator[tuple[str, str]]:
    """Yield importer and imported module of all imports, also in functions and for typing."""
    for path in sorted((overlay / _PACKAGE).rglob("*.py")):
        parts = path.relative_to(overlay).with_suffix("").parts
        if "_sync" in parts:  # a twin imports what its source does
            continue
        module = ".".join(parts)
        try:
            tree = ast.parse(path.read_bytes())
        except (ValueError, SyntaxError) as error:
            raise PipelineError(f"{path}: {error}") from error
        for node in statements(tree):
            if isinstance(node, ast.Import):
                yield from ((module, alias.name) for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                yield from ((module, f"{node.module}.{alias.name}") for alias in node.names)


def _panel(
    contract: dict[str, Any], boxes: list[Box], imports: Counter[tuple[str, str]], top: float
) -> Iterator[str]:
    container = contract["containers"][0]
    yield f'<text x="{_LEFT}" y="{top - 12}" class="t">{escape(container)}</text>'
    for upper in boxes:
        for lower in boxes:
            count = imports[f"{container}.{upper.name}", f"{container}.{lower.name}"]
            if upper.y < lower.y and count:
                yield _line(upper, lower, count)
    for box in boxes:
        x, width, middle = f"{box.x:.1f}", f"{box.width:.1f}", f"{box.x + box.width / 2:.1f}"
        yield f'<rect x="{x}" y="{box.y}" width="{width}" height="{_BOX}" rx="4" class="b"/>'
        yield f'<text x="{middle}" y="{box.y + 18}" class="n">{escape(box.name)}</text>'


def _counts(imports: Iterable[tuple[str, str]]) -> Counter[tuple[str, str]]:
    """Return the number of imports from each package or module to each other one."""
    return Counter(pair for one, other in imports for pair in product(_around(one), _around(other)))


@cache
def _around(name: str) -> tuple[str, ...]:
    """Return a dotted name and the packages around it."""
    return tuple(accumulate(name.split("."), lambda package, part: f"{package}.{part}"))


def _line(upper: Box, lower: Box, count: int) -> str:
    ends = (
        f'x1="{upper.x + upper.width / 2:.1f}" y1="{upper.y + _BOX}" '
        f'x2="{lower.x + lower.width / 2:.1f}" y2="{lower.y}"'
    )
    width = min(5.0, 1 + count / 20)
    title = f"<title>{escape(upper.name)} imports {escape(lower.name)}: {count}</title>"
    return f'<line {ends} stroke-width="{width:.1f}">{title}</line>'


def _frame(height: float) -> Iterator[str]:
    size = f'width="{_WIDTH}" height="{height}" viewBox="0 0 {_WIDTH} {height}"'
    yield f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img">'
    yield "<title>The layers of the package: an import only points downwards</title>"
    yield f'<style>{_STYLE}</style><rect width="100%" height="100%" fill="#fff"/>'
