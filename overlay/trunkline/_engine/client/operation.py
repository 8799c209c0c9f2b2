"""The mark that links a method of the overlay to the operation it calls."""

from __future__ import annotations

from inspect import Parameter, Signature, signature
from typing import TYPE_CHECKING, Any, TypeVar, cast

from trunkline.errors import InvalidArgumentError, ResponseValidationError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from types import ModuleType

Method = TypeVar("Method", bound="Callable[..., object]")


def operation(
    module: ModuleType,
    *,
    own: Sequence[str] = (),
    renames: Mapping[str, str] | None = None,
    converts: Sequence[str] = (),
    optional: Mapping[str, str] | None = None,
    defaults: Mapping[str, str] | None = None,
    bounds: Mapping[str, str] | None = None,
) -> Callable[[Method], Method]:
    """Mark the method that calls an operation; the contract check reads the mark.

    Everything but the module declares an intended difference from the contract; the check reports
    declarations that are not needed. Those with reasons map each argument to its reason.

    Args:
        module: the generated endpoint module, such as ``pamela.api.calls.create_call``.
        own: arguments that the contract does not have.
        renames: the wire names of arguments that have another name.
        converts: arguments that accept further types, which the method converts.
        optional: arguments that are required on one side only, each with the reason.
        defaults: arguments that are sent by default, each with the reason.
        bounds: arguments with other bounds than the contract's, each with the reason.
    """
    del own, renames, converts, optional, defaults, bounds  # read from the source
    _, package, *_, name = module.__name__.split(".")

    def mark(method: Method) -> Method:
        method.__operation__ = (package, name)  # type: ignore[attr-defined]  # a mark, read by name
        return method

    return mark


T = TypeVar("T")


def require_type(model: type[T], value: object) -> T:
    """Return what generated code read, checked to be of the operation's success type.

    Raises:
        ResponseValidationError: it is not.
    """
    if isinstance(value, model):
        return value
    raise ResponseValidationError(f"the response is not a {model.__name__}")


def require_list(model: type[T], value: object) -> list[T]:
    """Return what generated code read, checked to be a list, here of models.

    Raises:
        ResponseValidationError: it is not a list.
    """
    del model  # for type checkers: generated code has read the items
    if isinstance(value, list):
        return cast("list[T]", value)
    raise ResponseValidationError("the response is not a list")


def drop_none(arguments: Mapping[str, Any]) -> dict[str, Any]:
    """Return the arguments that were given: generated code marks absence in its own way."""
    return {name: value for name, value in arguments.items() if value is not None}


def warn_unsent(name: str, value: object) -> None:
    """Warn the caller about an argument that the API no longer takes; silent where it is absent."""
    if value is not None:
        _warn(f"{name} is no longer sent, because the API does not accept it: leave it out")


def renamed_argument(old: str, former: T, new: str, value: T) -> T:
    """Return an argument that may be given by its former name as well, with a warning.

    Args:
        old: the former name.
        former: the value under the former name.
        new: the name that the API has now.
        value: the value under the new name.

    Raises:
        InvalidArgumentError: it was given by both names.
    """
    if former is None:
        return value
    if value is not None:
        raise InvalidArgumentError(f"{old} is the former name of {new}: give {new} alone")
    _warn(f"{old} is called {new} now: give {new}")
    return former


def _warn(text: str) -> None:
    """Warn at the first frame of the stack that is not the package's own."""
    import sys
    import warnings

    frame, level = sys._getframe(1), 2  # noqa: SLF001 - the documented way to a caller's module
    while frame.f_back and str(frame.f_globals.get("__name__")).startswith("trunkline."):
        frame, level = frame.f_back, level + 1
    warnings.warn(text, DeprecationWarning, stacklevel=level)


def expand_keywords(method: Callable[..., Any], base: Callable[..., Any]) -> Signature:
    """Return a method's signature, its ``**keywords`` replaced by those of the base's method."""
    _, *own = signature(method).parameters.values()
    named = [one for one in own if one.kind is not Parameter.VAR_KEYWORD]
    if len(named) < len(own):
        known = {one.name for one in named}
        further = list(signature(base).parameters.values())[1:]
        named += [_keyword(one) for one in further if one.name not in known]
    return Signature(named)


def _keyword(one: Parameter) -> Parameter:
    # Even after *arguments: what is passed on is passed by name.
    return one.replace(kind=Parameter.KEYWORD_ONLY)
