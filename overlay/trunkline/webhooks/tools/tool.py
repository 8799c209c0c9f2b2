"""One tool: its schemas, and the conversion of arguments and results."""

from __future__ import annotations

import inspect
import json
import re
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from trunkline._json import is_array, is_object
from trunkline.errors import TrunklineError
from trunkline.webhooks._optional_imports import optional_module

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import msgspec

    from trunkline.webhooks.events.pamela import ToolExecution
else:
    msgspec = optional_module("msgspec")

__all__ = ["Tool", "ToolArgumentError", "ToolResultError"]

_HEAD_START_MS = 500
_PATH = re.compile(r" - at `(?:key in )?\$\.?([^`]*)`$")
_FIELD = re.compile(r"(?:required|unknown) field `([^`]*)`")


class ToolArgumentError(TrunklineError, ValueError):
    """The arguments of a tool call do not fit the tool's schema.

    Attributes:
        field: where, such as ``items[0].sku``; empty for the arguments as a whole.
    """

    def __init__(self, message: str, field: str = "") -> None:
        super().__init__(message, field)
        self.field = field

    def __str__(self) -> str:
        return str(self.args[0])


class ToolResultError(TrunklineError, TypeError):
    """The result of a tool does not have the declared type, or cannot be JSON."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tool:
    """A function that the agent may call.

    Attributes:
        name: the name under which it is registered.
        description: what it does, for the agent to read.
        input_schema: JSON Schema of the arguments, an object.
        output_schema: JSON Schema of the result; ``{}`` where anything is possible.
        timeout_ms: how long the service waits, in milliseconds.
        function: the function itself, synchronous or asynchronous.
    """

    name: str
    description: str
    input_schema: dict[str, Any] = field(hash=False)
    output_schema: dict[str, Any] = field(hash=False)
    timeout_ms: int
    function: Callable[..., Any]
    arguments_type: type[msgspec.Struct] = field(repr=False)
    result_type: Any = field(repr=False)
    event_parameters: tuple[str, ...] = field(repr=False)

    @property
    def is_async(self) -> bool:
        """Whether the function is a coroutine function."""
        return inspect.iscoroutinefunction(self.function)

    @property
    def response_timeout(self) -> float:
        """Seconds after which a response is sent without the result.

        A tenth less than ``timeout_ms``, but at most half a second less: the service counts
        from its request, so a response that is sent at the limit arrives too late.
        """
        return (self.timeout_ms - min(self.timeout_ms / 10, _HEAD_START_MS)) / 1000

    def definition(self) -> dict[str, Any]:
        """The definition as the contract's ``register_tool`` takes it."""
        return {
            "name": self.name,
            "description": self.description,
            "input_schema": self.input_schema,
            "output_schema": self.output_schema,
            "timeout_ms": self.timeout_ms,
        }

    def bind(self, event: ToolExecution) -> dict[str, Any]:
        """The keyword arguments for the function.

        Raises:
            ToolArgumentError: when the arguments do not fit the schema.
        """
        found = self._converted(event.arguments)
        given = {name: getattr(found, name) for name in event.arguments}
        return {**given, **dict.fromkeys(self.event_parameters, event)}

    def dump(self, result: Any) -> Any:
        """The result as JSON values, without what its type does not declare.

        Raises:
            ToolResultError: when it is not of the declared type, or not JSON.
        """
        try:
            plain = _plain(result)
            if self.result_type is not Any:
                # Only its names are used: a second __post_init__ may have changed the values.
                declared = msgspec.convert(plain, self.result_type, str_keys=True)
                plain = _masked(plain, _plain(declared))
            json.dumps(plain, allow_nan=False)
        except (TypeError, ValueError, RecursionError, msgspec.MsgspecError) as error:
            raise ToolResultError(f"the result of tool {self.name!r} is not usable") from error
        return plain

    def _converted(self, arguments: Mapping[str, Any]) -> msgspec.Struct:
        problem: Exception
        try:
            return _convert(arguments, self.arguments_type)
        except (msgspec.ValidationError, ValueError) as error:
            problem = error
        # For JSON Schema 61.0 is an integer, for msgspec it is a float.
        with suppress(msgspec.ValidationError, ValueError):
            return _convert(_whole_numbers(arguments), self.arguments_type)
        raise _argument_error(problem) from (None if _is_of_msgspec(problem) else problem)


def _convert(arguments: Mapping[str, Any], kind: type[msgspec.Struct]) -> msgspec.Struct:
    return msgspec.convert(arguments, kind, str_keys=True)


def _whole_numbers(value: Any) -> Any:
    if is_object(value):
        return {name: _whole_numbers(item) for name, item in value.items()}
    if is_array(value):
        return [_whole_numbers(item) for item in value]
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _argument_error(problem: Exception) -> ToolArgumentError:
    text = str(problem)
    path = _PATH.search(text) if _was_raised_by_msgspec(problem) else None
    if _is_of_msgspec(problem):
        missing = _FIELD.search(text)
        parts = [path[1] if path else "", missing[1] if missing else ""]
        return ToolArgumentError(_PATH.sub("", text), ".".join(part for part in parts if part))
    # The text of a __post_init__, a hook or a codec, which may contain anything.
    return ToolArgumentError("The tool's own types refuse it.", path[1] if path else "")


def _is_of_msgspec(problem: Exception) -> bool:
    """Whether the text is msgspec's own, not that of a cause."""
    return _was_raised_by_msgspec(problem) and problem.__cause__ is None


def _was_raised_by_msgspec(problem: Exception) -> bool:
    # msgspec passes on a ValidationError of a __post_init__, whose frame is then the last one.
    trace = problem.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    innermost = None if trace is None else trace.tb_frame.f_code
    return innermost is _convert.__code__ and isinstance(problem, msgspec.ValidationError)


def _plain(value: Any) -> Any:
    """A value as JSON values.

    Raises:
        ValueError: when two keys, such as 1 and "1", would become one.
    """
    plain = msgspec.to_builtins(value, str_keys=True)
    if _size(plain) != _size(msgspec.to_builtins(value)):
        raise ValueError("two keys of the result are the same as text")
    return plain


def _masked(value: Any, declared: Any) -> Any:
    """A value without the names that its declared form lacks."""
    if is_object(value) and is_object(declared):
        return {name: _masked(value[name], declared[name]) for name in value if name in declared}
    if is_array(value) and is_array(declared) and len(value) == len(declared):
        return [_masked(*pair) for pair in zip(value, declared, strict=True)]
    # Of another shape, such as a list that became a set: only what is declared is sent.
    return declared if is_object(value) or is_array(value) else value


def _size(value: Any) -> int:
    if is_object(value):
        return 1 + sum(map(_size, value.values()))
    return 1 + sum(map(_size, value)) if is_array(value) else 1
