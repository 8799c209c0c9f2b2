"""The OpenAPI Overlay Specification 1.0 and 1.1: corrections to a document, as a document.

https://spec.openapis.org/overlay/v1.1.0.html. JSONPath follows RFC 9535; a library
implements it.
"""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING, Any, Final

from trunkline._json import is_array, is_object
from trunkline.contracts.errors import ContractError

if TYPE_CHECKING:
    from jsonpath_rfc9535 import JSONPathNode

__all__ = ["apply"]

_MEMBERS: Final = frozenset({"overlay", "info", "extends", "actions"})
_ACTION_MEMBERS: Final = frozenset({"target", "description", "update", "remove"})
_FIRST: Final = "1.0."


def apply(
    document: dict[str, Any], overlay: dict[str, Any], *, must_match: bool = False
) -> dict[str, Any]:
    """Return a corrected copy of a document.

    Args:
        document: any JSON value; it is not changed.
        overlay: an Overlay document of version 1.0 or 1.1.
        must_match: refuse a target that selects nothing. The standard allows it, and an overlay
            for two versions of a document may match only one of them. For pinned corrections
            it means that the vendor has changed what they correct.

    Raises:
        ContractError: the overlay does not follow the standard, or an action cannot be carried out.
    """
    _validate(overlay)
    result = deepcopy(document)
    for action in overlay["actions"]:
        _act(result, action, first=_is_first(overlay), must_match=must_match)
    return result


def _is_first(overlay: dict[str, Any]) -> bool:
    return str(overlay["overlay"]).startswith(_FIRST)


def _validate(overlay: Any) -> None:
    if not is_object(overlay):
        raise ContractError("an overlay is an object")
    version = overlay.get("overlay")
    if not str(version).startswith((_FIRST, "1.1.")):
        raise ContractError(f"overlay version {version!r} is neither 1.0.x nor 1.1.x")
    info = overlay.get("info")
    if not (is_object(info) and info.keys() >= {"title", "version"}):
        raise ContractError("an overlay needs an info object with title and version")
    _refuse_unknown(overlay, _MEMBERS, "an overlay")
    actions = overlay.get("actions")
    if not (is_array(actions) and actions):
        raise ContractError("an overlay needs a list of at least one action")
    changes = frozenset({"update"} if _is_first(overlay) else {"update", "copy"})
    for action in actions:
        _validate_action(action, changes)


def _validate_action(action: Any, changes: frozenset[str]) -> None:
    if not is_object(action):
        raise ContractError(f"an action is an object, not {action!r}")
    if not isinstance(action.get("target"), str):
        raise ContractError(f"an action needs a target: {action}")
    name = f"the action for {action['target']}"
    _refuse_unknown(action, _ACTION_MEMBERS | changes, name)
    # The standard allows it; in a correction it is a mistake.
    if action.get("remove") is not True and len(changes & action.keys()) != 1:
        wanted = " or ".join(f"`{key}`" for key in sorted(changes, reverse=True))
        raise ContractError(f"{name} needs {wanted}, or `remove: true`")
    if not isinstance(action.get("copy", ""), str):
        raise ContractError(f"{name}: `copy` is not a JSONPath")


def _refuse_unknown(node: dict[str, Any], known: frozenset[str], name: str) -> None:
    unknown = [key for key in node if key not in known and not str(key).startswith("x-")]
    if unknown:
        raise ContractError(f"{name} has no member {unknown[0]!r}: {sorted(known)} or x-...")


def _act(document: Any, action: dict[str, Any], *, first: bool, must_match: bool) -> None:
    target = action["target"]
    nodes = _select(document, target)
    if must_match and not nodes:
        raise ContractError(f"the target {target} selects nothing; has the document changed?")
    if first:
        _refuse_primitives(nodes)
    # In reverse order, so that removing an item does not shift the items still to be removed.
    nodes = sorted(nodes, key=_position, reverse=True)
    if action.get("remove") is True:
        for node in nodes:
            parent, last = _parent(document, node)
            del parent[last]
    elif nodes:
        value = action["update"] if "update" in action else _copied(document, action["copy"])
        for node in nodes:
            _update(document, node, value, first=first)


def _select(document: Any, path: str) -> list[JSONPathNode]:
    try:
        import jsonpath_rfc9535
    except ImportError as error:
        raise ContractError(
            "overlays need jsonpath-rfc9535: pip install 'trunkline[cli]'"
        ) from error
    try:
        # A path may select a node twice; it must still be changed only once.
        nodes = {node.location: node for node in jsonpath_rfc9535.find(path, document)}
    except jsonpath_rfc9535.JSONPathError as error:
        raise ContractError(f"the target {path} is not a JSONPath: {error}") from error
    return list(nodes.values())


def _refuse_primitives(nodes: list[JSONPathNode]) -> None:
    for node in nodes:
        if not (is_object(node.value) or is_array(node.value)):
            raise ContractError(
                f"{node.path()} is neither an object nor an array: target what contains it, or "
                "write `overlay: 1.1.0`"
            )


def _copied(document: Any, path: str) -> Any:
    nodes = _select(document, path)
    if len(nodes) != 1:
        raise ContractError(f"`copy: {path}` selects {len(nodes)} nodes instead of one")
    return deepcopy(nodes[0].value)


def _update(document: Any, node: JSONPathNode, update: Any, *, first: bool) -> None:
    if is_array(node.value):
        _append(node.value, update if is_array(update) and not first else [update])
    elif is_object(node.value):
        if not is_object(update):
            raise ContractError(f"{node.path()} is an object: its update must be one too")
        _merge(node.value, update)
    elif is_object(update) or is_array(update):
        raise ContractError(f"{node.path()} is neither an object nor an array, nor may its update")
    else:
        parent, last = _parent(document, node)
        parent[last] = update


def _merge(target: dict[str, Any], update: dict[str, Any]) -> None:
    """Merge as the standard says: objects recursively, arrays joined, anything else replaced.

    Null leaves an object or array unchanged: the standard uses it as an empty placeholder in its
    example of a structured overlay.
    """
    for key, value in update.items():
        old = target.get(key)
        if is_object(old) and is_object(value):
            _merge(old, value)
        elif is_array(old) and is_array(value):
            _append(old, value)
        elif value is not None or not (is_object(old) or is_array(old)):
            target[key] = deepcopy(value)


def _append(array: list[Any], items: list[Any]) -> None:
    """Append only missing items: a repeated required name or enum value is invalid."""
    for item in items:
        if not any(type(item) is type(other) and item == other for other in array):
            array.append(deepcopy(item))


def _parent(document: Any, node: JSONPathNode) -> tuple[Any, int | str]:
    if not node.location:
        raise ContractError("the root of a document cannot be removed or replaced")
    *path, last = node.location
    for part in path:
        document = document[part]
    return document, last


def _position(node: JSONPathNode) -> tuple[tuple[int, int, str], ...]:
    return tuple((1, part, "") if isinstance(part, int) else (0, 0, part) for part in node.location)
