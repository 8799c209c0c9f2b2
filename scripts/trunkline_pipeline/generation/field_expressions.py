"""Write the Python expressions that read, describe and check a field of a generated model."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from openapi_python_client import strings
from openapi_python_client.parser.properties.enum_property import EnumProperty
from openapi_python_client.parser.properties.list_property import ListProperty
from openapi_python_client.parser.properties.union import UnionProperty

from trunkline_pipeline.generation.template_filters import is_none

if TYPE_CHECKING:
    from collections.abc import Callable

#: The names in the generated `schemas.py` for types without parameters.
_TYPES: Final = {
    "any": "ANYTHING",
    "boolean": "BOOLEAN",
    "date": "DATE",
    "datetime": "DATETIME",
    "file": "FILE",
    "float": "NUMBER",
    "int": "INTEGER",
    "none": "NULL",
    "string": "STRING",
    "uuid": 'Parsed("uuid", UUID, UUID)',
}
#: How a value of exactly this type is read; if that raises, the tolerant reader reads it again.
_PARSERS: Final = {
    "any": "{0}",
    "date": "_parse_date({0})",
    "datetime": "_parse_datetime({0})",
    "uuid": "UUID({0})",
}
_EXACT: Final = {
    "boolean": ("bool",),
    "float": ("float", "int"),
    "int": ("int",),
    "string": ("str",),
}


class Fast(NamedTuple):
    """How a value that fits the contract is read.

    Attributes:
        condition: an expression true for such a value; empty if `value` raises for any other.
        value: the expression that reads it.
    """

    condition: str
    value: str


def schema_of(prop: Any, prefix: str = "") -> str:
    """Return the expression that describes a property's type, for the tolerant reader.

    Args:
        prop: the generator's property.
        prefix: what precedes the names of models and enums, such as ``_models.``.
    """
    kind = _kind(prop)
    if isinstance(prop, UnionProperty):
        variants = (schema_of(inner, prefix) for inner in prop.inner_properties)
        return f"_schemas.Union({', '.join(variants)})"
    if isinstance(prop, ListProperty):
        return f"_schemas.Array({schema_of(prop.inner_property, prefix)})"
    if isinstance(prop, EnumProperty):
        return f"_schemas.Member({prefix}{prop.class_info.name})"
    if kind == "model":
        return f"_schemas.Object({prefix}{prop.class_info.name})"
    if kind == "const":
        return f"_schemas.Constant({prop.value.python_code.as_unembedded_code()})"
    return f"_schemas.{_TYPES[kind]}"


def fast(prop: Any, variable: str, number: int) -> Fast:
    """Return how a field is read where everything fits the contract.

    Args:
        prop: the generator's property.
        variable: the name of the variable that holds the JSON value, None for an absent field.
        number: the position of the field in the model's list of fields.
    """
    variants, nullable = _without_none(prop)
    found = _fast_variants(variants, variable)
    # The variable is None for an absent field and for null; only an absent field fits.
    absent = f'({variable} is not None or "{_key(prop)}" not in src_dict)'
    if found is None:
        value = f"cls._fields[{number}].schema.read({variable}, reading)"
        if prop.required:
            return Fast("", value)
        return Fast("" if nullable else absent, _unless_none(value, variable))
    if nullable:
        condition = f"({variable} is None or {found.condition})" if found.condition else ""
        return Fast(condition, _unless_none(found.value, variable))
    if prop.required or (not found.condition and found.value == variable):
        return found
    if found.condition:
        absent = f'({found.condition} or {variable} is None and "{_key(prop)}" not in src_dict)'
    return Fast(absent, _unless_none(found.value, variable))


def fast_conditions(props: list[Any]) -> list[str]:
    """Return the conditions for the fields of an object that fits, in the order of the fields."""
    found = [fast(prop, f"f_{prop.python_name}", index) for index, prop in enumerate(props)]
    return ["type(src_dict) is dict", *(each.condition for each in found if each.condition)]


def _unless_none(value: str, variable: str) -> str:
    return value if value == variable else f"None if {variable} is None else {value}"


def _key(prop: Any) -> str:
    return str(strings.in_double_quote_literal(prop.name))


def _kind(prop: Any) -> str:
    # By class, because strings, null and `Any` share a template.
    return type(prop).__name__.removesuffix("Property").lower()


def _without_none(prop: Any) -> tuple[list[Any], bool]:
    """Return the types of a property other than null, and whether it may be null."""
    if not isinstance(prop, UnionProperty):
        return [prop], False
    variants = [inner for inner in prop.inner_properties if not is_none(inner)]
    return variants, len(variants) < len(prop.inner_properties)


def _fast_variants(variants: list[Any], variable: str) -> Fast | None:
    """Return how a value of one of several types is read, if its JSON type tells which."""
    found = [_fast(variant, variable) for variant in variants]
    if len(found) == 1:
        return found[0]
    kinds = [each.condition.split(" and ")[0] for each in found if each is not None]
    told = all(kind.startswith("type(") for kind in kinds) and len({*kinds}) == len(variants)
    if not told:
        return None
    value = variable
    for kind, each in zip(kinds, found, strict=True):
        if each is not None and each.value != variable:
            # isinstance, because type checkers do not narrow the other branch of `type(…) is`.
            test = f"isinstance({variable}, {kind.removeprefix(f'type({variable}) is ')})"
            value = f"{each.value} if {test} else {value}"
    return Fast(f"({' or '.join(each.condition for each in found if each)})", f"({value})")


def _fast(prop: Any, variable: str) -> Fast | None:
    kind = _kind(prop)
    if kind in _EXACT:
        tests = [f"type({variable}) is {name}" for name in _EXACT[kind]]
        return Fast(tests[0] if len(tests) == 1 else f"({' or '.join(tests)})", variable)
    if isinstance(prop, EnumProperty):
        name = prop.class_info.name
        read = f"(_{name}.get({variable}) or {name}({variable}))"
        return Fast(f"type({variable}) is {prop.value_type.__name__}", read)
    if kind == "const":
        value = prop.value.python_code.as_unembedded_code()
        return Fast(f"type({variable}) is type({value}) and {variable} == {value}", value)
    if kind == "model":
        read = f"_read_{prop.class_info.name}({variable}, reading)"
        return Fast(f"type({variable}) is dict", read)
    if isinstance(prop, ListProperty):
        return _fast_list(prop.inner_property, variable)
    return Fast("", _PARSERS[kind].format(variable)) if kind in _PARSERS else None


def _fast_list(items: Any, variable: str) -> Fast | None:
    """Return how to read a list with items of one exact type; other lists are read item by item."""
    kind = _kind(items)
    is_list = f"type({variable}) is list"
    if kind == "any":
        return Fast(is_list, variable)
    if kind == "model":
        name = items.class_info.name
        return Fast(is_list, f"_schemas.read_objects({name}, _read_{name}, {variable}, reading)")
    exact = _EXACT.get(kind)
    if exact is None:
        return None
    return Fast(f"{is_list} and {{{', '.join(exact)}}}.issuperset(map(type, {variable}))", variable)


#: The functions that the templates may call, by name.
QUESTIONS: Final[tuple[Callable[..., Any], ...]] = (
    fast,
    fast_conditions,
    schema_of,
)
