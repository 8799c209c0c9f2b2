"""Checks objects that callers give inside an argument, such as the tools of a call."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, TypeVar

from trunkline.errors import InvalidArgumentError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from trunkline._engine.client.envelopes import Model

M = TypeVar("M", bound="Model")


def nested_object(name: str, model: type[M], fields: Mapping[str, Any], known: Iterable[str]) -> M:
    """Return a model of an object inside an argument; fields that are None are left out.

    Args:
        name: how the object is named in errors, such as ``tools[0]``.
        model: the generated model.
        fields: what the caller gave.
        known: the names that the contract has for its fields.

    Raises:
        InvalidArgumentError: a name is unknown, a required field is absent, or a value is of
            another type.
    """
    names = list(known)
    given = {key: value for key, value in fields.items() if value is not None}
    for key in given:
        if key not in names:
            raise InvalidArgumentError(f"{name} has no field {key!r}: {_hint(key, names)}")
    made = model.from_dict(given)
    for each in made.deviations:
        place = each.pointer.removeprefix("/")
        if each.found == "absent":
            raise InvalidArgumentError(f"{name} has no {place}, which it needs")
        expected = each.expected.replace("object", "JSON object")
        raise InvalidArgumentError(f"{name}: {place} must be {expected}, not {each.found}")
    return made


def _hint(key: str, names: list[str]) -> str:
    near = get_close_matches(key, names, 1)
    return f"did you mean {near[0]!r}?" if near else f"it may have {', '.join(names)}"
