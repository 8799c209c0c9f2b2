"""The old and the new value side by side, with differing lines marked."""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from trunkline.contracts.reports.html.elements import Element, element
from trunkline.contracts.reports.visible import pretty

if TYPE_CHECKING:
    from collections.abc import Iterator

    from trunkline.contracts.model import Edit

__all__ = ["side_by_side"]


def side_by_side(edit: Edit) -> Element | None:
    """Return both values of an edit as two columns; None if it has neither."""
    if edit.before is None and edit.after is None:
        return None
    old, new = _lines(edit.before), _lines(edit.after)
    rows = list(_rows(old, new))
    before = _column("Before", "del", "\N{MINUS SIGN}", [row[0] for row in rows])
    after = _column("After", "ins", "+", [row[1] for row in rows])
    return element("div", before, after, class_="values")


def _lines(value: object) -> list[str]:
    return [] if value is None else pretty(value)


def _rows(old: list[str], new: list[str]) -> Iterator[tuple[tuple[str, bool], tuple[str, bool]]]:
    """Yield pairs of lines, each with whether it differs; a gap is an empty line."""
    # A comma after a value only means that another follows.
    first, second = ([line.rstrip(",") for line in side] for side in (old, new))
    matcher = SequenceMatcher(None, first, second, autojunk=False)
    for tag, i, i_end, j, j_end in matcher.get_opcodes():
        for offset in range(max(i_end - i, j_end - j)):
            changed = tag != "equal"
            left = (old[i + offset], changed) if i + offset < i_end else ("", False)
            right = (new[j + offset], changed) if j + offset < j_end else ("", False)
            yield left, right


def _column(name: str, tag: str, sign: str, lines: list[tuple[str, bool]]) -> Element:
    rows = [
        element("span", element(tag, f"{sign} {text}") if changed else f"  {text}", class_="row")
        for text, changed in lines
    ]
    if not any(text for text, _ in lines):
        rows = [element("span", "  (absent)", class_="row absent")]
    box = element("pre", *rows, tabindex="0", role="group", aria_label=f"{name} value")
    return element("figure", element("figcaption", name), box)
