"""Try all actions of a contract's patches on a new document, to report stale ones at once."""

from __future__ import annotations

import json
import re
from copy import deepcopy
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, Final

import jsonpath_rfc9535
import yaml

from trunkline.contracts.errors import ContractError
from trunkline.contracts.overlays import apply
from trunkline_pipeline.errors import PipelineError
from trunkline_pipeline.inputs import documents, pins
from trunkline_pipeline.json_types import is_array, is_object

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

_SHOWN: Final = 100
_NAME: Final = re.compile(r"""\.(?P<plain>\w+)|\[(?P<mark>['"])(?P<quoted>.*?)(?P=mark)\]""")


@dataclass(frozen=True, slots=True)
class Action:
    """One stale action: it no longer does what it was written for.

    Attributes:
        file: its patch.
        number: its index among the actions.
        line: the line on which it starts.
        target: its JSONPath.
        agreed: the new document already has what the action adds.
        text: its purpose, what it matched, and the nearest node in the new document.
    """

    file: Path
    number: int
    line: int
    target: str
    agreed: bool
    text: str


def tried(
    files: tuple[Path, ...], old: Mapping[str, Any], new: Mapping[str, Any]
) -> tuple[dict[str, Any], list[Action]]:
    """Return the patched new document, and the actions that have become stale.

    Raises:
        PipelineError: a patch cannot be read, or the patches leave no operation.
    """
    before, after, found = deepcopy(dict(old)), deepcopy(dict(new)), list[Action]()
    for file in files:
        patch = documents.read(file)
        lines = _lines(file)
        for number, action in enumerate(patch["actions"]):
            one = {**patch, "actions": [action]}
            former = _selected(before, action["target"])
            before = _applied(before, one) or before
            result = _applied(after, one)
            if result is None or _is_true(after, action, result):
                text = _described(action, former, after)
                agreed = result is not None or "remove" in action
                target = action["target"]
                found.append(Action(file, number, lines[number], target, agreed, text))
            after = result or after
    if not any(pins.operations(after)):
        raise PipelineError("the patches leave no operation of the document")
    return after, found


def _applied(document: dict[str, Any], patch: dict[str, Any]) -> dict[str, Any] | None:
    try:
        return apply(document, patch, must_match=True)
    except ContractError:
        return None


def _is_true(before: Any, action: Mapping[str, Any], after: Any) -> bool:
    """Return whether an update adds nothing; items to append may already be in the list."""
    update = action.get("update")
    if before == after:
        return True
    found = [node.value for node in jsonpath_rfc9535.find(action["target"], before)]
    wanted = update if is_array(update) else [update]
    return bool(found) and all(is_array(v) and all(w in v for w in wanted) for v in found)


def _selected(document: Any, target: str) -> list[Any]:
    try:
        return [node.value for node in jsonpath_rfc9535.find(target, document)]
    except jsonpath_rfc9535.JSONPathError:
        return []


def _described(action: Mapping[str, Any], former: list[Any], document: Any) -> str:
    parts = [" ".join(str(action.get("description", "")).split())]
    if former:
        parts.append(f"it matched {json.dumps(former[0], ensure_ascii=False)[:_SHOWN]}")
    if near := nearest(document, action["target"]):
        parts.append(f"the nearest node is {near}")
    return "; ".join(filter(None, parts))


def nearest(document: Any, target: str) -> str:
    """Return the path of the node nearest to a target, empty if there is none."""
    node, path = document, "$"
    for name in _names(target):
        if not is_object(node):
            break
        close = [name] if name in node else get_close_matches(name, list(node), 1)
        if not close:
            break
        node, path = node[close[0]], f"{path}[{close[0]!r}]"
    return "" if path == "$" else path


def _names(target: str) -> Iterator[str]:
    """Yield the leading names of a JSONPath, up to a wildcard, filter or index."""
    at = 1
    while found := _NAME.match(target, at):
        yield found["plain"] or found["quoted"]
        at = found.end()


def _lines(file: Path) -> list[int]:
    root = yaml.compose(file.read_text(encoding="utf-8"), yaml.SafeLoader)
    return [each.start_mark.line + 1 for each in _actions(root)]


def _actions(root: Any) -> Iterator[Any]:
    for key, value in root.value:
        if key.value == "actions":
            yield from value.value


def without(file: Path, actions: list[Action], today: str) -> str:
    """Return the text of a patch with some of its actions replaced by a comment each.

    It is empty if no action is left.
    """
    text = file.read_text(encoding="utf-8")
    lines, starts = text.splitlines(keepends=True), [line - 1 for line in _lines(file)]
    if len(actions) == len(starts):
        return ""
    ends = [*starts[1:], len(lines)]
    for each in sorted(actions, key=lambda one: one.number, reverse=True):
        first = starts[each.number]
        indent = lines[first][: lines[first].index("-")]
        note = (
            f"{indent}# {today}: the action for {each.target} was removed; it had become stale.\n"
        )
        lines[first : ends[each.number]] = [note]
    return "".join(lines)
