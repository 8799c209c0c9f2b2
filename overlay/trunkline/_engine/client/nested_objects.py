"""Checks objects that callers give inside an argument, such as the tools of a call.

Names and types are those of the contract's schemas, which the generated models hold.
"""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, Final, TypeVar

from trunkline._json import is_array, is_mapping
from trunkline._redact import quoted
from trunkline.errors import InvalidArgumentError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from trunkline._engine.client.envelopes import Model

M = TypeVar("M", bound="Model")

#: How similar a name must be to count as mistyped where any name is allowed.
_MISTYPED: Final = 0.8


def nested_object(name: str, model: type[M], fields: Mapping[str, Any]) -> M:
    """Return a model of an object inside an argument; fields that are None are left out.

    Args:
        name: how the object is named in errors, such as ``tools[0]``.
        model: the generated model.
        fields: what the caller gave.

    Raises:
        InvalidArgumentError: ``fields`` is not a mapping, a name is unknown, a required field is
            absent, or a value is of another type.
    """
    _require_mapping(name, fields)
    made = model.from_dict({key: value for key, value in fields.items() if value is not None})
    for path, key, owner in _unknown_names(name, made):
        names = field_names(type(owner))
        near = get_close_matches(key, names, 1)
        hint = f"did you mean {near[0]!r}?" if near else f"it may have {', '.join(names)}"
        raise InvalidArgumentError(f"{path} has no field {quoted(key)}: {hint}")
    for each in made.deviations:
        pointer = each.pointer.removeprefix("/")
        if each.found == "absent":
            raise InvalidArgumentError(f"{name} has no {pointer}, which it needs")
        expected = each.expected.replace("object", "JSON object")
        raise InvalidArgumentError(f"{name}: {pointer} must be {expected}, not {each.found}")
    return made


def open_object(name: str, model: type[M], fields: Mapping[str, Any]) -> M:
    """Return a model without declared fields that holds what a caller gave, None included.

    Raises:
        InvalidArgumentError: ``fields`` is not a mapping.
    """
    _require_mapping(name, fields)
    return model.from_dict(fields)


def _require_mapping(name: str, value: object) -> None:
    if not is_mapping(value):
        raise InvalidArgumentError(f"{name} must be a mapping, not {type(value).__name__}")


def reject_mistyped_names(name: str, model: Model) -> None:
    """Look for mistyped names in an object that may have fields beyond the contract.

    Args:
        name: how the object is named in errors.
        model: the object.

    Raises:
        InvalidArgumentError: a name, at any depth, is similar to a contract's name that is absent.
    """
    for path, key, owner in _unknown_names(name, model):
        absent = [other for other in field_names(type(owner)) if other not in owner]
        near = get_close_matches(key, absent, 1, _MISTYPED)
        if near:
            raise InvalidArgumentError(
                f"{path} has a field {quoted(key)}: did you mean {near[0]!r}? If not, put it into "
                "the additional_properties of a model"
            )


def field_names(model: Any) -> list[str]:
    """Return the wire names of a generated model's fields; none where any name is allowed."""
    return list(model._wire_names)  # noqa: SLF001 - a part of generated code


def _unknown_names(name: str, model: Any) -> Iterator[tuple[str, str, Any]]:
    """Yield each name that the contract does not have: the object's path, the name, the object."""
    if field_names(type(model)):
        texts = (key for key in model.additional_properties if isinstance(key, str))
        yield from ((name, key, model) for key in texts)
    for key in model:
        yield from _inside(f"{name}.{key}", model[key])


def _inside(name: str, value: Any) -> Iterator[tuple[str, str, Any]]:
    if hasattr(value, "additional_properties"):
        yield from _unknown_names(name, value)
    elif is_array(value):
        for index, item in enumerate(value):
            yield from _inside(f"{name}[{index}]", item)
