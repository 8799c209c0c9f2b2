"""The OpenAPI Overlay Specification 1.0.0: corrections to a document, as a document.

https://spec.openapis.org/overlay/v1.0.0.html. JSONPath is RFC 9535, by a library.
"""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING, Any, Final

from trunkline._json import is_array, is_object
from trunkline.contracts.errors import ContractError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from jsonpath_rfc9535 import JSONPathNode

_MEMBERS: Final = frozenset({"overlay", "info", "extends", "actions"})
_ACTION_MEMBERS: Final = frozenset({"target", "description", "update", "remove"})


def apply(
    document: dict[str, Any], overlay: dict[str, Any], *, must_match: bool = False
) -> dict[str, Any]:
    """Return a patched copy of a document.

    Args:
        document: any JSON value; it is not changed.
        overlay: an Overlay document.
        must_match: refuse a target that selects nothing. The standard lets such an action pass,
            and one overlay for two versions of a document may well fit only one of them.

    Raises:
        ContractError: the overlay does not follow the standard, or an action cannot be carried out.
    """
    if not is_object(overlay):
        raise ContractError("an overlay is an object")
    _validate(overlay)
    result = deepcopy(document)
    for action in overlay["actions"]:
        _act(result, action, must_match=must_match)
    return result


def _validate(overlay: dict[str, Any]) -> None:
    if not str(overlay.get("overlay", "")).startswith("1.0."):
        raise ContractError(f"overlay version {overlay.get('overlay')!r} is not 1.0.x")
    info = overlay.get("info")
    if not (is_object(info) and info.keys() >= {"title", "version"}):
        raise ContractError("an overlay needs an info object with title and version")
    _refuse_unknown(overlay, _MEMBERS, "an overlay")
    actions = overlay.get("actions")
    if not (is_array(actions) and actions):
        raise ContractError("an overlay needs a list of at least one action")
    for action in actions:
        _validate_action(action)


def _validate_action(action: Any) -> None:
    if not is_object(action):
        raise ContractError(f"an action is an object, not {action!r}")
    if not isinstance(action.get("target"), str):
        raise ContractError(f"an action needs a target: {action}")
    _refuse_unknown(action, _ACTION_MEMBERS, f"the action for {action['target']}")
    # The standard lets it pass; among corrections it is a slip of the pen.
    if action.get("remove") is not True and "update" not in action:
        raise ContractError(f"the action for {action['target']} needs an update or `remove: true`")


def _refuse_unknown(node: dict[str, Any], known: frozenset[str], name: str) -> None:
    unknown = [key for key in node if key not in known and not str(key).startswith("x-")]
    if unknown:
        raise ContractError(f"{name} has no member {unknown[0]!r}: {sorted(known)} or x-...")


def _act(document: dict[str, Any], action: dict[str, Any], *, must_match: bool) -> None:
    target = action["target"]
    nodes = _select(document, target)
    if must_match and not nodes:
        raise ContractError(f"the target {target} selects nothing; has the document changed?")
    if action.get("remove") is True:
        _remove(document, nodes)
    else:
        for node in nodes:
            _update(node, action["update"])


def _select(document: dict[str, Any], target: str) -> list[JSONPathNode]:
    try:
        import jsonpath_rfc9535
    except ImportError as error:
        raise ContractError(
            "overlays need jsonpath-rfc9535: pip install 'trunkline[cli]'"
        ) from error
    try:
        # A path may select a node twice; it is still to be changed once.
        nodes = {node.location: node for node in jsonpath_rfc9535.find(target, document)}
    except jsonpath_rfc9535.JSONPathError as error:
        raise ContractError(f"the target {target} is not a JSONPath: {error}") from error
    for node in nodes.values():
        if not (is_object(node.value) or is_array(node.value)):
            raise ContractError(
                f"{node.path()} is neither an object nor an array: target what contains it"
            )
    return list(nodes.values())


def _update(node: JSONPathNode, update: Any) -> None:
    if is_array(node.value):
        node.value.append(deepcopy(update))
    elif is_object(node.value) and is_object(update):
        merge(node.value, update)
    else:
        raise ContractError(f"{node.path()} is an object: its update must be one too")


def merge(target: dict[str, Any], update: dict[str, Any]) -> None:
    """Merge as the standard says: objects recursively, arrays joined, anything else replaced.

    Null leaves an object or array alone: it is the empty placeholder of the standard's example of a
    structured overlay.
    """
    for key, value in update.items():
        old = target.get(key)
        if is_object(old) and is_object(value):
            merge(old, value)
        elif is_array(old) and is_array(value):
            old.extend(deepcopy(value))
        elif value is not None or not (is_object(old) or is_array(old)):
            target[key] = deepcopy(value)


def _remove(document: dict[str, Any], nodes: Iterable[JSONPathNode]) -> None:
    # From the back, so that removing an item does not shift those still to be removed.
    for node in sorted(nodes, key=_position, reverse=True):
        if not node.location:
            raise ContractError("the root of a document cannot be removed")
        *path, last = node.location
        parent: Any = document
        for part in path:
            parent = parent[part]
        del parent[last]


def _position(node: JSONPathNode) -> tuple[tuple[int, int, str], ...]:
    return tuple((1, part, "") if isinstance(part, int) else (0, 0, part) for part in node.location)
