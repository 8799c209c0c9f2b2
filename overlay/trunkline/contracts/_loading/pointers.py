"""RFC 6901 pointers, and looking up the values they name."""

from __future__ import annotations

from typing import Any

from trunkline._json import is_array, is_object

MISSING: Any = object()
#: A tree of wanted keys; a wanted value has no keys below it.
Wanted = dict[str, "Wanted"]


def escape(token: str) -> str:
    """Return a key as one token of a pointer."""
    if "~" in token or "/" in token:
        return token.replace("~", "~0").replace("/", "~1")
    return token


def tokens(pointer: str) -> list[str]:
    """Return the unescaped keys of a pointer; none for the empty one."""
    if not pointer:
        return []
    return [part.replace("~1", "/").replace("~0", "~") for part in pointer[1:].split("/")]


def of_fragment(tree: Any, fragment: str) -> str | None:
    """Return the pointer named by the fragment of a `$ref`; None for an unknown `$anchor`."""
    pointer = fragment
    if "%" in fragment:
        from urllib.parse import unquote

        pointer = unquote(fragment)
    return holder(tree, "$anchor", pointer) if pointer and pointer[0] != "/" else pointer


def holder(tree: Any, key: str, value: str) -> str | None:
    """Return the pointer of the first object whose member `key` has this value, else None."""
    stack: list[tuple[Any, str]] = [(tree, "")]
    while stack:
        node, pointer = stack.pop()
        if is_object(node):
            if node.get(key) == value:
                return pointer
            below = [(inner, f"{pointer}/{escape(str(name))}") for name, inner in node.items()]
            stack.extend(reversed(below))
        elif is_array(node):
            below = [(inner, f"{pointer}/{number}") for number, inner in enumerate(node)]
            stack.extend(reversed(below))
    return None


def find(tree: Any, pointer: str) -> Any:
    """Return the value at a pointer; MISSING if there is none."""
    node = tree
    for token in tokens(pointer):
        node = child(node, token)
        if node is MISSING:
            return MISSING
    return node


def child(node: Any, token: str) -> Any:
    """Return the member or item of a container with this key; MISSING if there is none."""
    if is_object(node):
        return node.get(token, MISSING)
    if is_array(node) and token.isdecimal() and int(token) < len(node):
        return node[int(token)]
    return MISSING
