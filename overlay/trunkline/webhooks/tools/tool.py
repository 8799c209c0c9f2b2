"""One tool: its schemas, and what turns arguments into a call and a result into JSON."""

from __future__ import annotations

import inspect
import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Annotated, Any, get_type_hints

import msgspec

from trunkline.errors import ConfigurationError, TrunklineError
from trunkline.webhooks.events.pamela import ToolExecution
from trunkline.webhooks.shapes import is_array, is_object
from trunkline.webhooks.tools.docstrings import describe

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

__all__ = ["Tool", "ToolArgumentError", "ToolResultError", "make_tool"]

_NAMED = (inspect.Parameter.POSITIONAL_OR_KEYWORD, inspect.Parameter.KEYWORD_ONLY)
_HEAD_START_MS = 500
_PLACE = re.compile(r" - at `(?:key in )?\$\.?([^`]*)`$")
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
    """What a tool returned is not what it is declared to return, or is no JSON."""


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
    event_parameter: str | None = field(repr=False)

    @property
    def is_async(self) -> bool:
        """Whether the function is a coroutine function."""
        return inspect.iscoroutinefunction(self.function)

    @property
    def patience(self) -> float:
        """Seconds after which a call is answered without its result.

        A tenth less than ``timeout_ms``, though no more than half a second: the service counts
        from when it asked, so an answer that leaves at the limit finds nobody who waits.
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
        return given if self.event_parameter is None else {**given, self.event_parameter: event}

    def dump(self, result: Any) -> Any:
        """The result as JSON values.

        Raises:
            ToolResultError: when it is not of the declared type, or no JSON.
        """
        try:
            plain = msgspec.to_builtins(result, str_keys=True)
            if self.result_type is not Any:
                msgspec.convert(plain, self.result_type, str_keys=True)
            json.dumps(plain, allow_nan=False)
        except (TypeError, ValueError, RecursionError, msgspec.MsgspecError) as error:
            raise ToolResultError(f"the result of tool {self.name!r} is not usable") from error
        return plain

    def _converted(self, arguments: Mapping[str, Any]) -> msgspec.Struct:
        try:
            return _convert(arguments, self.arguments_type)
        except msgspec.ValidationError as error:
            problem = error
        try:
            # For JSON Schema 61.0 is an integer, for msgspec it is a float.
            return _convert(_whole_numbers(arguments), self.arguments_type)
        except msgspec.ValidationError:
            text = str(problem)
        raise ToolArgumentError(_PLACE.sub("", text), _place(text))


def make_tool(
    function: Callable[..., Any], *, name: str = "", description: str = "", timeout_ms: int
) -> Tool:
    """The tool of a function; name and description default to the function's own.

    Raises:
        ConfigurationError: for a function without annotations or a description, or with
            parameters or types that JSON cannot carry.
    """
    name = name or str(getattr(function, "__name__", ""))
    purpose, notes = describe(function)
    if not (description or purpose):
        raise ConfigurationError(f"tool {name!r} needs a description: give it a docstring")
    hints = _hints(function, name)
    result_type = hints.pop("return", Any)
    event_parameter = next((p for p, hint in hints.items() if hint is ToolExecution), None)
    arguments_type = _arguments_type(function, name, hints, notes)
    return Tool(
        name=name,
        description=description or purpose,
        input_schema=_schema(arguments_type, name),
        output_schema=_schema(result_type, name),
        timeout_ms=timeout_ms,
        function=function,
        arguments_type=arguments_type,
        result_type=result_type,
        event_parameter=event_parameter,
    )


def _hints(function: Callable[..., Any], name: str) -> dict[str, Any]:
    try:
        return get_type_hints(function, include_extras=True)
    except (NameError, TypeError) as error:
        raise ConfigurationError(
            f"the annotations of tool {name!r} cannot be read: {error}"
        ) from error


def _arguments_type(
    function: Callable[..., Any], name: str, hints: dict[str, Any], notes: dict[str, str]
) -> type[msgspec.Struct]:
    fields: list[tuple[str, Any, Any]] = []
    for parameter in inspect.signature(function).parameters.values():
        if parameter.kind not in _NAMED:
            raise ConfigurationError(
                f"tool {name!r} takes {parameter}: arguments have names, one by one"
            )
        if parameter.name not in hints:
            raise ConfigurationError(f"parameter {parameter.name!r} of tool {name!r} has no type")
        if hints[parameter.name] is not ToolExecution:
            fields.append(_field(parameter, hints[parameter.name], notes))
    return msgspec.defstruct(name, fields, kw_only=True, forbid_unknown_fields=True)


def _field(parameter: inspect.Parameter, hint: Any, notes: dict[str, str]) -> tuple[str, Any, Any]:
    note = notes.get(parameter.name)
    if parameter.default is inspect.Parameter.empty:
        meta = msgspec.Meta(description=note)
        return parameter.name, Annotated[hint, meta], msgspec.NODEFAULT
    # The function keeps its own default: an argument that is not sent is not passed.
    shown = parameter.default if isinstance(parameter.default, str | int | float) else None
    extra = None if shown is None else {"default": shown}
    meta = msgspec.Meta(description=note, extra_json_schema=extra)
    return parameter.name, Annotated[hint | msgspec.UnsetType, meta], msgspec.UNSET


def _schema(kind: Any, name: str) -> dict[str, Any]:
    try:
        (schema,), shared = msgspec.json.schema_components([kind])
    except TypeError as error:
        raise ConfigurationError(
            f"tool {name!r} has a type without a JSON Schema: {str(error).splitlines()[-1]}"
        ) from error
    # The object itself at the top, as the vendor's examples have it, not a reference to it.
    top: dict[str, Any] = shared.get(schema.get("$ref", "").rpartition("/")[2], schema)
    used = json.dumps([top, *(one for one in shared.values() if one is not top)])
    definitions = {key: one for key, one in shared.items() if f'"#/$defs/{key}"' in used}
    return top | ({"$defs": definitions} if definitions else {})


def _convert(arguments: Mapping[str, Any], kind: type[msgspec.Struct]) -> msgspec.Struct:
    return msgspec.convert(arguments, kind, str_keys=True)


def _whole_numbers(value: Any) -> Any:
    if is_object(value):
        return {name: _whole_numbers(item) for name, item in value.items()}
    if is_array(value):
        return [_whole_numbers(item) for item in value]
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _place(text: str) -> str:
    place, missing = _PLACE.search(text), _FIELD.search(text)
    parts = [place[1] if place else "", missing[1] if missing else ""]
    return ".".join(part for part in parts if part)
