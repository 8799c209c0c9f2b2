"""Find the line of a JSON pointer in the text of a document."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

import yaml

if TYPE_CHECKING:
    from pathlib import Path

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_NOTHING: Final = yaml.ScalarNode("", "")
_SURROGATE: Final = re.compile(r"\\u[dD][89a-fA-F][0-9a-fA-F]{2}")


class LineFinder:
    """Finds lines in one snapshot, which is read when the first line is needed."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._root: yaml.Node | None = None

    def line(self, pointer: str) -> int:
        """Return the line of a value, or of the nearest container in the text."""
        if self._root is None:
            self._root = _composed(self._file)
        node, line = self._root, 1
        for part in pointer.split("/")[1:]:
            found = _child(node, part.replace("~1", "/").replace("~0", "~"))
            if found is None:
                break
            line, node = found
        return line


def _composed(file: Path) -> yaml.Node:
    """Return the nodes of a document; JSON is YAML except for details that do not affect lines."""
    text = file.read_text(encoding="utf-8")
    if file.suffix == ".json":
        text = _SURROGATE.sub("?", text).expandtabs()
    try:
        return yaml.compose(text, _LOADER) or _NOTHING
    except yaml.YAMLError:  # a character that is only valid in JSON: findings name only the file
        return _NOTHING


def _child(node: Any, name: str) -> tuple[int, Any] | None:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value == name:
                return key.start_mark.line + 1, value
    elif isinstance(node, yaml.SequenceNode) and name.isdigit() and int(name) < len(node.value):
        value = node.value[int(name)]
        return value.start_mark.line + 1, value
    return None
