"""The mark that joins a method of the overlay to the operation it calls."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import ModuleType

Method = TypeVar("Method", bound="Callable[..., object]")


def operation(module: ModuleType) -> Callable[[Method], Method]:
    """Mark a method as the way to reach an operation; the contract test reads the mark.

    Args:
        module: the generated endpoint module, such as ``pamela.api.calls.create_call``.
    """
    _, package, *_, name = module.__name__.split(".")

    def mark(method: Method) -> Method:
        method.__operation__ = (package, name)  # type: ignore[attr-defined]  # a mark, read by name
        return method

    return mark
