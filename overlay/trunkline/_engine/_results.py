"""Small bridges between the overlay's arguments and generated code's."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from trunkline.errors import ResponseValidationError

if TYPE_CHECKING:
    from collections.abc import Mapping

T = TypeVar("T")


def expect(model: type[T], value: object) -> T:
    """Return what generated code read, known to be of the operation's success type.

    Raises:
        ResponseValidationError: it is not.
    """
    if isinstance(value, model):
        return value
    raise ResponseValidationError(f"the server answered without a {model.__name__}")


def without_none(arguments: Mapping[str, Any]) -> dict[str, Any]:
    """Return the arguments that were given: generated code marks absence in its own way."""
    return {name: value for name, value in arguments.items() if value is not None}
