"""Functions for the templates, about the generator's properties, models and endpoints."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from openapi_python_client.parser.properties.enum_property import EnumProperty
from openapi_python_client.parser.properties.list_property import ListProperty
from openapi_python_client.parser.properties.model_property import ModelProperty
from openapi_python_client.parser.properties.union import UnionProperty
from openapi_python_client.strings import PythonCode

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

_WIRE_TYPES = {
    "date_property.py.jinja": "str",
    "datetime_property.py.jinja": "str",
    "file_property.py.jinja": "bytes",
    "list_property.py.jinja": "list",
    "model_property.py.jinja": "dict",
    "uuid_property.py.jinja": "str",
}
_HARMLESS = frozenset(
    f"{kind}_property.py.jinja"
    for kind in (
        "boolean",
        "const",
        "date",
        "datetime",
        "enum",
        "float",
        "int",
        "literal_enum",
        "model",
        "uuid",
    )
)
# Logs are searched for the ids of calls and sessions; ids of people are not shown.
_IDENTIFIER = re.compile(r"(?:.*(?:_|[a-z](?=[A-Z])))?s?id", re.IGNORECASE)
# Words of a vendor's vocabulary, never of a conversation.
_VOCABULARY = frozenset(
    {
        "agent_key", "api_version", "country", "environment", "event", "key_prefix", "locale",
        "period", "status", "tool_name", "wcall_event",
    }
)  # fmt: skip
_PERSON = re.compile("caller|user|customer|contact", re.IGNORECASE)
_CONVERTED = frozenset(_WIRE_TYPES) | {
    "const_property.py.jinja",
    "enum_property.py.jinja",
    "literal_enum_property.py.jinja",
}


def is_plain(prop: Any) -> bool:
    """Return whether any JSON value is accepted unchanged."""
    return prop.template not in _CONVERTED


def has_plain(union: Any) -> bool:
    """Return whether a union accepts a value that none of its variants can decode."""
    return any(is_plain(inner) for inner in union.inner_properties)


def is_decoded(prop: Any) -> bool:
    """Return whether a value of the property differs between JSON and Python."""
    if isinstance(prop, UnionProperty):
        return any(is_decoded(inner) for inner in prop.inner_properties)
    if isinstance(prop, ListProperty):
        return is_decoded(prop.inner_property)
    return prop.template in _CONVERTED


def is_shown(prop: Any) -> bool:
    """Return whether a repr may show a value: numbers, dates, enums and ids, never free text.

    An allow-list, because no vendor marks which strings are phone numbers or transcripts.
    """
    name = prop.name.get_untrusted_value()
    if name in _VOCABULARY:
        return True
    if _IDENTIFIER.fullmatch(name) and not _PERSON.search(name):
        return True
    return _is_harmless(prop)


def _is_harmless(prop: Any) -> bool:
    if isinstance(prop, UnionProperty):
        return all(_is_harmless(inner) or is_none(inner) for inner in prop.inner_properties)
    if isinstance(prop, ListProperty):
        return _is_harmless(prop.inner_property)
    return prop.template in _HARMLESS


def is_none(prop: Any) -> bool:
    """Return whether a property can only be null."""
    return bool(prop.get_type_string(no_optional=True) == PythonCode("None"))


def wire_type(prop: Any) -> str | None:
    """Return the JSON type of a variant of a union, None if the variant must be tried."""
    if isinstance(prop, EnumProperty):
        return prop.value_type.__name__
    return _WIRE_TYPES.get(prop.template)


def allows_none(prop: Any) -> bool:
    """Return whether the type of a property already contains None."""
    if prop.get_type_string(no_optional=True) in {PythonCode("None"), PythonCode("Any")}:
        return True
    strings = getattr(prop, "get_type_strings_in_union", None)
    return strings is not None and PythonCode("None") in strings(no_optional=True, json=False)


def enum_names(model: Any) -> list[str]:
    """Return the names of the enums that a model decodes itself, outside of lists."""
    inside = _inside(model)
    return sorted({each.class_info.name for each in inside if isinstance(each, EnumProperty)})


def model_names(model: Any) -> list[str]:
    """Return the names of the models that a model decodes itself, also those of lists."""
    inside = (getattr(prop, "inner_property", prop) for prop in _inside(model))
    return sorted({each.class_info.name for each in inside if isinstance(each, ModelProperty)})


def _inside(model: Any) -> list[Any]:
    own = [*model.required_properties, *model.optional_properties]
    return [each for prop in own for each in getattr(prop, "inner_properties", [prop])]


def lazy_imports(model: Any) -> list[str]:
    extra = model.additional_properties.get_lazy_imports(prefix="..")
    return sorted(line for line in model.lazy_imports | extra if model.self_import not in line)


def fallback_response(endpoint: Any) -> Any:
    """Return the response used for undocumented successes: the lowest documented one."""
    successes = [r for r in endpoint.responses.patterns if 200 <= r.status_code.range[0] <= 299]
    if any(r.status_code.is_range() for r in successes):
        return None
    return min(successes, key=lambda r: r.status_code.range[0], default=None)


class EndpointImports(NamedTuple):
    """Import lines of an endpoint module, by the time at which they are needed."""

    now: list[str]
    later: list[str]
    body: list[str]


def endpoint_imports(endpoint: Any) -> EndpointImports:
    """Split the imports of an endpoint, so that importing it does not import its models."""
    parameters = endpoint.list_all_parameters()
    defaults = _model_imports(p for p in parameters if p.default is not None)
    checked = [p for p in parameters if isinstance(p, UnionProperty) or len(endpoint.bodies) > 1]
    lines = set(endpoint.relative_imports)
    models = {line for line in lines if _is_model(line)}
    return EndpointImports(
        now=sorted(lines - models | defaults),
        later=sorted(models - defaults),
        body=sorted(_model_imports(checked) - defaults),
    )


def _model_imports(props: Iterable[Any]) -> set[str]:
    found: set[str] = set()
    for prop in props:
        found |= prop.get_imports(prefix="...") | prop.get_lazy_imports(prefix="...")
    return {line for line in found if _is_model(line)}


def _is_model(line: str) -> bool:
    return line.startswith("from ...models.")


#: The functions that the templates may call, by name.
QUESTIONS: Final[tuple[Callable[..., Any], ...]] = (
    allows_none,
    endpoint_imports,
    enum_names,
    fallback_response,
    has_plain,
    is_decoded,
    is_plain,
    lazy_imports,
    model_names,
    wire_type,
)
