"""The ratios as an SVG: bars on a logarithmic scale, the SDK first, the limit as a line."""

from __future__ import annotations

import math
from html import escape
from statistics import median
from typing import TYPE_CHECKING, Any, Final

from .results import BY_KEY, OURS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .results import Row

_WIDTH: Final = 860
_LEFT: Final = 210
_RIGHT: Final = 800
_STEP: Final = 15
_LOW: Final = 0.005
_HIGH: Final = 20.0
_HEAD: Final = 46
#: The width of a figure.
_FIGURE: Final = 40
_STYLE: Final = (
    "text{font:11px system-ui,sans-serif;fill:#222}.t{font-weight:600}.v{fill:#555}"
    ".o{fill:#1b6ac9}.s{fill:#9cc3ee}.p{fill:#c4c9d1}.l{stroke:#c0392b;stroke-width:2}.g{stroke:#e3e6ea}"
    ".r{stroke:#888;stroke-dasharray:3 3}"
)


def draw(found: dict[str, Any]) -> str:
    body: list[str] = []
    y = _HEAD
    for key, entry in found["rows"].items():
        row = BY_KEY[key]
        bars = _bars(entry["contenders"])
        if row.unit == "ratio" and bars and bars[0][0] == OURS:
            body += _group(row, bars, y)
            y += _STEP * (len(bars) + 1) + 8
    return "\n".join([*_frame(y + 4), *body, "</svg>", ""])


def _bars(contenders: dict[str, list[float]]) -> list[tuple[str, float]]:
    values = {name: median(found) for name, found in contenders.items()}
    own = [(OURS, values.pop(OURS))] if OURS in values else []
    return own + sorted(values.items(), key=lambda pair: pair[1])


def _x(value: float) -> float:
    bounded = min(max(value, _LOW), _HIGH)
    share = math.log(bounded / _LOW) / math.log(_HIGH / _LOW)
    return round(_LEFT + share * (_RIGHT - _LEFT), 1)


def _frame(height: int) -> Iterator[str]:
    size = f'width="{_WIDTH}" height="{height}" viewBox="0 0 {_WIDTH} {height}"'
    yield f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img">'
    yield "<title>CPU and memory ratios of trunkline and other SDKs; shorter is better</title>"
    yield f'<style>{_STYLE}</style><rect width="100%" height="100%" fill="#fff"/>'
    legend = "Ratios, logarithmic; shorter is better. Blue: trunkline; red: its limit; dashed: 1"
    yield f'<text x="8" y="16" class="t">{legend}</text>'
    for tick in (0.01, 0.1, 1, 10):
        x, kind = _x(tick), "r" if tick == 1 else "g"
        yield f'<line x1="{x}" x2="{x}" y1="{_HEAD - 8}" y2="{height}" class="{kind}"/>'
        yield f'<text x="{x}" y="{_HEAD - 12}" text-anchor="middle">{tick:g}</text>'


def _group(row: Row, bars: list[tuple[str, float]], top: int) -> Iterator[str]:
    title = escape(row.what.replace("`", ""))
    yield f'<text x="8" y="{top + 10}" class="t">{title} ({escape(row.bound())})</text>'
    mark, low = _x(row.limit), top + _STEP
    for number, (name, value) in enumerate(bars, start=1):
        yield from _bar(row, name, value, top + number * _STEP, mark)
    yield f'<line x1="{mark}" x2="{mark}" y1="{low}" y2="{low + 13}" class="l"/>'


def _bar(row: Row, name: str, value: float, y: int, mark: float) -> Iterator[str]:
    kind = "o" if name == OURS else "s" if name.startswith(OURS) else "p"
    end = max(_LEFT + 2.0, _x(value))
    # Move the figure so that it does not cover the line of the limit.
    at = mark if kind == "o" and 0 <= mark - end < _FIGURE else end
    yield f'<text x="{_LEFT - 6}" y="{y + 10}" text-anchor="end">{escape(name)}</text>'
    width = round(end - _LEFT, 1)
    yield f'<rect x="{_LEFT}" y="{y + 1}" width="{width}" height="11" class="{kind}"/>'
    yield f'<text x="{round(at + 5, 1)}" y="{y + 10}" class="v">{row.text(value)}</text>'
