"""Makes a tool from a function: schemas from its annotations, texts from its docstring."""

from __future__ import annotations

import inspect
import json
from math import isfinite
from typing import TYPE_CHECKING, Annotated, Any, get_type_hints

from trunkline.errors import ConfigurationError
from trunkline.webhooks._optional_imports import optional_module
from trunkline.webhooks.events.pamela import ToolExecution
from trunkline.webhooks.tools.tool import Tool

if TYPE_CHECKING:
    from collections.abc import Callable

    import docstring_parser
    import msgspec
else:
    msgspec = optional_module("msgspec")
    docstring_parser = optional_module("docstring_parser")

__all__ = ["tool_from_function"]

_NAMED = (inspect.Parameter.POSITIONAL_OR_KEYWORD, inspect.Parameter.KEYWORD_ONLY)
_CALL_HINTS = (ToolExecution, ToolExecution | None)


def tool_from_function(
    function: Callable[..., Any], *, name: str = "", description: str = "", timeout_ms: int
) -> Tool:
    """The tool of a function; name and description default to the function's own."""
    name = name or str(getattr(function, "__name__", ""))
    purpose, notes = _describe(function)
    if not (description or purpose):
        raise ConfigurationError(f"tool {name!r} needs a description: give it a docstring")
    hints = _hints(function, name)
    result_type = hints.pop("return", Any)
    event_parameters = _event_parameters(function)
    arguments_type = _arguments_type(function, name, hints, notes, event_parameters)
    return Tool(
        name=name,
        description=description or purpose,
        input_schema=_input_schema(arguments_type, name),
        output_schema=_schema(result_type, name),
        timeout_ms=timeout_ms,
        function=function,
        arguments_type=arguments_type,
        result_type=result_type,
        event_parameters=event_parameters,
    )


def _describe(function: Callable[..., Any]) -> tuple[str, dict[str, str]]:
    text = inspect.getdoc(function) or ""
    try:
        parsed = docstring_parser.parse(text)
    except docstring_parser.ParseError:
        return _joined(text), {}
    notes = {one.arg_name: _joined(one.description) for one in parsed.params}
    return _joined(parsed.description), notes


def _joined(text: str | None) -> str:
    return " ".join((text or "").split())


def _hints(function: Callable[..., Any], name: str) -> dict[str, Any]:
    try:
        return get_type_hints(function, include_extras=True)
    except (NameError, TypeError, AttributeError, SyntaxError) as error:
        raise ConfigurationError(
            f"the annotations of tool {name!r} cannot be read: {error}"
        ) from error


def _event_parameters(function: Callable[..., Any]) -> tuple[str, ...]:
    """The parameters that receive the call itself; the agent must not be able to set them."""
    hints = get_type_hints(function)  # without what Annotated adds
    hints.pop("return", None)
    return tuple(one for one, hint in hints.items() if hint in _CALL_HINTS)


def _arguments_type(
    function: Callable[..., Any],
    name: str,
    hints: dict[str, Any],
    notes: dict[str, str],
    event_parameters: tuple[str, ...],
) -> type[msgspec.Struct]:
    fields: list[tuple[str, Any, Any]] = []
    for parameter in inspect.signature(function).parameters.values():
        if parameter.kind not in _NAMED:
            raise ConfigurationError(
                f"tool {name!r} takes {parameter}: arguments have names, one by one"
            )
        if parameter.name not in hints:
            raise ConfigurationError(f"parameter {parameter.name!r} of tool {name!r} has no type")
        _require_finite(parameter, name)
        if parameter.name not in event_parameters:
            fields.append(_field(parameter, hints[parameter.name], notes))
    return msgspec.defstruct(name, fields, kw_only=True, forbid_unknown_fields=True)


def _require_finite(parameter: inspect.Parameter, name: str) -> None:
    if isinstance(parameter.default, float) and not isfinite(parameter.default):
        raise ConfigurationError(
            f"the default of parameter {parameter.name!r} of tool {name!r} is {parameter.default}, "
            "which JSON lacks: use None for no limit"
        )


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


def _input_schema(arguments_type: type[msgspec.Struct], name: str) -> dict[str, Any]:
    schema = _schema(arguments_type, name)
    # Searched in the schema, so that it is also found in lists, aliases and the user's classes.
    if _schema(ToolExecution, name) in schema.get("$defs", {}).values():
        raise ConfigurationError(
            f"tool {name!r} would let the agent write a ToolExecution: a parameter that receives "
            "the call has the type ToolExecution, or ToolExecution | None"
        )
    return schema


def _schema(kind: Any, name: str) -> dict[str, Any]:
    try:
        (schema,), shared = msgspec.json.schema_components([kind])
        # The object itself at the top, as in the vendor's examples, not a reference to it.
        top: dict[str, Any] = shared.get(schema.get("$ref", "").rpartition("/")[2], schema)
        others = [one for one in shared.values() if one is not top]
        used = json.dumps([top, *others], allow_nan=False)
    except (TypeError, ValueError) as error:
        raise ConfigurationError(
            f"tool {name!r} has a type without a JSON Schema: {str(error).splitlines()[-1]}"
        ) from error
    definitions = {key: one for key, one in shared.items() if f'"#/$defs/{key}"' in used}
    return top | ({"$defs": definitions} if definitions else {})
