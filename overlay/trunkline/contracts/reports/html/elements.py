"""HTML elements from Python values; ElementTree escapes what it writes."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, tostring

from trunkline.contracts.reports.visible import visible

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["Element", "Node", "append", "code", "element", "prose", "serialise"]

Node = Element | str


def element(tag: str, *children: Node | None, **attributes: str | bool | None) -> Element:
    """Return an element; text is shown literally, whatever it contains.

    Args:
        tag: the element's name.
        children: elements and texts in their order; None is left out.
        attributes: a trailing underscore is dropped (``class_``), others become hyphens; True
            writes an attribute without a value, None and False leave it out.
    """
    made = Element(tag)
    for name, value in attributes.items():
        if value is not None and value is not False:
            text = "" if value is True else visible(value)
            made.set(name.removesuffix("_").replace("_", "-"), text)
    append(made, children)
    return made


def append(parent: Element, children: Iterable[Node | None]) -> None:
    """Append elements and texts to an element."""
    for child in children:
        if isinstance(child, str):
            _append_text(parent, visible(child, keep_lines=True))
        elif child is not None:
            parent.append(child)


def _append_text(parent: Element, text: str) -> None:
    if len(parent):
        last = parent[-1]
        last.tail = (last.tail or "") + text
    else:
        parent.text = (parent.text or "") + text


def code(text: str) -> Element:
    """Return text as code."""
    return element("code", text)


def prose(text: str) -> list[Node]:
    """Return a sentence in which the text between backticks is code."""
    parts = text.split("`")
    if len(parts) % 2 == 0:
        return [text]
    return [code(part) if number % 2 else part for number, part in enumerate(parts)]


def serialise(root: Element) -> str:
    """Return an element and its contents as HTML."""
    return tostring(root, encoding="unicode", method="html")
