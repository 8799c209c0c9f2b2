# Generated from pamela.yaml; do not edit. Change the contract, then run `make generate`.
"""The types that a contract promises, and how values that differ from them are read: as they came."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Mapping
from enum import Enum
from io import BytesIO
from typing import Any, Final, NamedTuple, TypeVar

from .types import Deviation, File, Incomplete, Model, OpenEnum, Reading

_M = TypeVar("_M", bound=Model)
_NAMES: Final = {bool: "boolean", int: "integer", float: "number", str: "string", list: "array", type(None): "null"}


def name_of(value: object) -> str:
    """Return the JSON name of a value's type."""
    return _NAMES.get(type(value)) or ("object" if is_object(value) else type(value).__name__)


def is_object(value: object) -> bool:
    """Return whether a value is a JSON object, or a model that stands for one."""
    return isinstance(value, (Mapping, Model))


class Location:
    """Where a value stands, as a JSON Pointer; in `pattern`, `*` stands for whatever the contract does not name."""

    __slots__ = ("pattern", "pointer")

    def __init__(self, pointer: str = "", pattern: str = "") -> None:
        self.pointer, self.pattern = pointer, pattern

    def field(self, key: str) -> Location:
        step = f"/{_escaped(key)}"
        return Location(self.pointer + step, self.pattern + step)

    def member(self, key: object) -> Location:
        return Location(f"{self.pointer}/{_escaped(str(key))}", f"{self.pattern}/*")

    def deviation(self, expected: str, found: str) -> Deviation:
        return Deviation(self.pointer, expected, found, self.pattern)


def _escaped(key: str) -> str:
    return key.replace("~", "~0").replace("/", "~1")


class Schema:
    """A type of the contract."""

    expected = "any"

    def json_schema(self, around: tuple[type[Model], ...] = ()) -> dict[str, Any]:
        """Return this type as JSON Schema; `around` are the models that it is inside of."""
        return {}

    def fits(self, value: object) -> bool:
        """Return whether a value is of this type, whatever may be wrong inside it."""
        return True

    def shows(self, value: Any) -> bool:
        """Return whether a repr may show a value of a field of this type: not where it is of another type."""
        return self.fits(value)

    def convert(self, value: Any, reading: Reading | None) -> Any:
        """Return a value of this type as Python has it."""
        return value

    def read(self, value: Any, reading: Reading | None = None) -> Any:
        """Return a value as Python has it; one of another type comes back as it is."""
        if self.fits(value):
            return self.convert(value, reading)
        if reading is not None:
            reading.unusual = True
        return value

    def read_body(self, value: Any, reading: Reading) -> Any:
        """Return a whole body as Python has it, and note in `reading` where it differs from the contract."""
        result = self.read(value, reading)
        if reading.unusual:
            reading.deviations = list(self.differences(value, Location()))
        return result

    def differences(self, value: Any, where: Location) -> Iterator[Deviation]:
        """Yield where a value differs from this type, inside it as well."""
        if not self.fits(value):
            yield where.deviation(self.expected, name_of(value))


class Plain(Schema):
    """A JSON type that needs no conversion."""

    def __init__(self, expected: str, *kinds: type) -> None:
        self.expected, self._kinds = expected, kinds

    def json_schema(self, around: tuple[type[Model], ...] = ()) -> dict[str, Any]:
        return {"type": self.expected}

    def fits(self, value: object) -> bool:
        if isinstance(value, bool):
            return bool in self._kinds
        # JSON has no integers: 5.0 is one as well.
        whole = isinstance(value, float) and int in self._kinds and value.is_integer()
        return whole or isinstance(value, self._kinds)


class Parsed(Schema):
    """A string with a format."""

    def __init__(self, form: str, kind: type, parse: Callable[[Any], Any]) -> None:
        self.expected = f"string ({form})"
        self._form, self._kind, self._parse = form, kind, parse

    def json_schema(self, around: tuple[type[Model], ...] = ()) -> dict[str, Any]:
        return {"type": "string", "format": self._form}

    def fits(self, value: object) -> bool:
        if isinstance(value, self._kind):
            return True
        try:
            return isinstance(value, str) and self._parse(value) is not None
        except ValueError:
            return False

    def convert(self, value: Any, reading: Reading | None) -> Any:
        return value if isinstance(value, self._kind) else self._parse(value)


class Member(Schema):
    """A member of an enum; where it is open, any value of the members' type is one."""

    def __init__(self, enum: type[Enum]) -> None:
        self._enum = enum
        self._type: type = str if issubclass(enum, str) else int
        self._open = self._type is int or issubclass(enum, OpenEnum)
        self.expected = _NAMES[self._type] if self._open else f"one of {', '.join(str(each.value) for each in enum)}"

    def json_schema(self, around: tuple[type[Model], ...] = ()) -> dict[str, Any]:
        known = {"enum": [each.value for each in self._enum]}
        return {"type": _NAMES[self._type], **({} if self._open else known)}

    def fits(self, value: object) -> bool:
        if self._type is int:
            return INTEGER.fits(value)
        return isinstance(value, str) and (self._open or value in self._enum._value2member_map_)

    def convert(self, value: Any, reading: Reading | None) -> Any:
        return self._enum(value) if self._type is str else self._enum._value2member_map_.get(value, value)


class Constant(Schema):
    """The one value that the contract allows."""

    def __init__(self, value: object) -> None:
        self._value = value
        self.expected = f"the constant {value!r}"

    def json_schema(self, around: tuple[type[Model], ...] = ()) -> dict[str, Any]:
        return {"const": self._value}

    def fits(self, value: object) -> bool:
        return type(value) is type(self._value) and value == self._value


class Array(Schema):
    """A list."""

    expected = "array"

    def __init__(self, items: Schema) -> None:
        self.items = items

    def json_schema(self, around: tuple[type[Model], ...] = ()) -> dict[str, Any]:
        return {"type": "array", "items": self.items.json_schema(around)}

    def fits(self, value: object) -> bool:
        return isinstance(value, (list, tuple))

    def shows(self, value: Any) -> bool:
        return self.fits(value) and all(map(self.items.shows, value))

    def convert(self, value: Any, reading: Reading | None) -> Any:
        return [self.items.read(item, reading) for item in value]

    def differences(self, value: Any, where: Location) -> Iterator[Deviation]:
        yield from super().differences(value, where)
        if self.fits(value):
            for index, item in enumerate(value):
                yield from self.items.differences(item, where.member(index))


class Object(Schema):
    """A model."""

    expected = "object"

    def __init__(self, model: type[Model]) -> None:
        self.model = model

    def json_schema(self, around: tuple[type[Model], ...] = ()) -> dict[str, Any]:
        schema: dict[str, Any] = {"type": "object", "title": self.model.__name__}
        if self.model in around:  # one that holds itself is described once
            return schema
        inside = (*around, self.model)
        fields = {field.key: field.schema.json_schema(inside) for field in self.model._fields}
        required = [field.key for field in self.model._fields if field.required]
        return {
            **schema,
            **({"properties": fields} if fields else {}),
            **({"required": required} if required else {}),
            "additionalProperties": self.model._extra.json_schema(inside) or True,
        }

    def fits(self, value: object) -> bool:
        return is_object(value)

    def shows(self, value: Any) -> bool:
        return isinstance(value, Model)  # which hides its own fields

    def convert(self, value: Any, reading: Reading | None) -> Any:
        return value if isinstance(value, self.model) else self.model.from_dict(value, reading)

    def read_body(self, value: Any, reading: Reading) -> Any:
        result = self.model.from_dict(value, reading)
        if reading.unusual:
            reading.deviations = list(self.differences(value, Location()))
        return result

    def differences(self, value: Any, where: Location) -> Iterator[Deviation]:
        if isinstance(value, self.model):
            value = value.raw
        if not is_object(value):
            yield where.deviation(self.expected, name_of(value))
            return
        for field in self.model._fields:
            place = where.field(field.key)
            if field.key in value:
                yield from field.schema.differences(value[field.key], place)
            elif field.required:
                yield place.deviation(field.schema.expected, "absent")
        for key in value:
            if key not in self.model._wire_names:
                yield from self.model._extra.differences(value[key], where.member(key))


class Union(Schema):
    """One of several types: the first that fits all through, else the first of the value's JSON type."""

    def __init__(self, *variants: Schema) -> None:
        self._variants = variants
        self.expected = " or ".join(dict.fromkeys(variant.expected for variant in variants))

    def json_schema(self, around: tuple[type[Model], ...] = ()) -> dict[str, Any]:
        return {"anyOf": [variant.json_schema(around) for variant in self._variants]}

    def _chosen(self, value: object) -> Schema | None:
        possible = [variant for variant in self._variants if variant.fits(value)]
        whole = (each for each in possible if next(each.differences(value, Location()), None) is None)
        return next(whole, possible[0] if possible else None)

    def fits(self, value: object) -> bool:
        return any(variant.fits(value) for variant in self._variants)

    def shows(self, value: Any) -> bool:
        return any(variant.shows(value) for variant in self._variants)

    def convert(self, value: Any, reading: Reading | None) -> Any:
        chosen = self._chosen(value)
        return value if chosen is None else chosen.read(value, reading)

    def differences(self, value: Any, where: Location) -> Iterator[Deviation]:
        chosen = self._chosen(value)
        if chosen is None:
            yield where.deviation(self.expected, name_of(value))
        else:
            yield from chosen.differences(value, where)


class _Binary(Schema):
    def convert(self, value: Any, reading: Reading | None) -> Any:
        return File(payload=BytesIO(value)) if isinstance(value, bytes) else value


ANYTHING: Final = Schema()
BOOLEAN: Final = Plain("boolean", bool)
INTEGER: Final = Plain("integer", int)
NUMBER: Final = Plain("number", int, float)
STRING: Final = Plain("string", str)
NULL: Final = Plain("null", type(None))
DATE: Final = Parsed("date", datetime.date, datetime.date.fromisoformat)
DATETIME: Final = Parsed("date-time", datetime.datetime, datetime.datetime.fromisoformat)
FILE: Final = _Binary()


def read_objects(
    model: type[_M], from_dict: Callable[[Any, Reading | None], _M], items: list[Any], reading: Reading | None
) -> list[_M]:
    """Make models of the objects in a list with the model's `from_dict`; an item of another type stays as it came."""
    made: list[Any] = items.copy()  # which is no longer than needed, as a comprehension's list is
    index = 0  # most lists are short: enumerate() would take longer than it saves
    for item in items:
        made[index] = from_dict(item, reading) if type(item) is dict else Object(model).read(item, reading)
        index += 1
    return made


class Field(NamedTuple):
    """A field of a model: its name in JSON, its name in Python, and what the contract says of it."""

    key: str
    name: str
    required: bool
    schema: Schema


def read_unusual(model: type[Model], value: Any, reading: Reading | None) -> Any:
    """Make a model of what does not fit it: values of another type stay as they came, absent ones stay absent."""
    if reading is not None:
        reading.unusual = True
    fields = value if is_object(value) else {}
    found = {
        field.name: field.schema.read(fields[field.key], reading) if field.key in fields else None
        for field in model._fields
        if field.key in fields or not field.required
    }
    made = _empty(model, found, reading)
    extra = {key: fields[key] for key in fields if key not in model._wire_names}
    found["additional_properties"] = {key: model._extra.read(each, reading) for key, each in extra.items()}
    for name, each in found.items():
        setattr(made, name, each)
    if isinstance(value, tuple):
        value = list(value)  # as JSON has it; a tuple in `_raw` is an object that is packed
    made._raw = {**fields} if is_object(value) and not isinstance(value, dict) else value
    return made


def _empty(model: type[Model], found: Mapping[str, Any], reading: Reading | None) -> Any:
    if len(found) == len(model._fields):
        return model.__new__(model)
    made = Incomplete.of(model)
    if reading is not None:
        made._origin = reading.operation_id
    return made
