# Generated from whispey.yaml; do not edit. Change the contract, then run `make generate`.
"""Types that every module of this package shares. Imports nothing heavy: endpoints import this first."""

from __future__ import annotations

import datetime
import json
import sys
from collections.abc import Callable, Iterator, Mapping, MutableMapping
from enum import Enum, StrEnum
from operator import itemgetter
from types import MemberDescriptorType
from typing import IO, TYPE_CHECKING, Any, BinaryIO, ClassVar, Final, Generic, Literal, NamedTuple, Self, TypeVar
from urllib.parse import quote

if TYPE_CHECKING:
    from .schemas import Field, Schema


class Unset:
    """The type of UNSET: an argument that was not given. Copies and pickles are UNSET itself."""

    __slots__ = ()

    def __bool__(self) -> Literal[False]:
        return False

    def __repr__(self) -> str:
        return "UNSET"

    def __reduce__(self) -> str:
        return "UNSET"


UNSET: Final = Unset()

# What `httpx.Client(files=)` accepts.
FileContent = IO[bytes] | bytes | str
FileTypes = (
    # (filename, file (or bytes), content_type)
    tuple[str | None, FileContent, str | None]
    # (filename, file (or bytes), content_type, headers)
    | tuple[str | None, FileContent, str | None, Mapping[str, str]]
)
RequestFiles = list[tuple[str, FileTypes]]


class File:
    """A file to upload."""

    __slots__ = ("file_name", "mime_type", "payload")

    def __init__(self, payload: BinaryIO, file_name: str | None = None, mime_type: str | None = None) -> None:
        self.payload, self.file_name, self.mime_type = payload, file_name, mime_type

    def __repr__(self) -> str:
        return f"File(file_name={self.file_name!r}, mime_type={self.mime_type!r})"

    def to_tuple(self) -> FileTypes:
        """Return what httpx takes for multipart/form-data."""
        return self.file_name, self.payload, self.mime_type


T = TypeVar("T")


class Response(Generic[T]):
    """A response of an endpoint; `parsed` is None when the contract promises no body for its status."""

    __slots__ = ("content", "headers", "parsed", "status_code")

    def __init__(self, status_code: int, content: bytes, headers: MutableMapping[str, str], parsed: T | None) -> None:
        self.status_code, self.content, self.headers, self.parsed = status_code, content, headers, parsed

    def __repr__(self) -> str:
        return f"Response(status_code={self.status_code!r}, parsed={self.parsed!r})"


class MissingField(AttributeError):
    """A field was read that the contract requires and the response did not have."""


class Deviation(NamedTuple):
    """Where a response differs from the contract. It holds names of types, never values.

    Attributes:
        pointer: where, as a JSON Pointer (RFC 6901) from the object that was asked.
        expected: the type that the contract names, such as `integer` or `string (date-time)`.
        found: the JSON type that came, or `absent`.
        pattern: the pointer with `*` for indexes and for keys that the contract does not name.
    """

    pointer: str
    expected: str
    found: str
    pattern: str = ""


class Reading:
    """How one response is read, and where it was found to differ from the contract.

    Attributes:
        operation_id: the operation that the response belongs to; errors of absent fields name it.
        unusual: whether something was not of the type that the contract promises.
        deviations: where; filled in once the whole body has been read.
    """

    __slots__ = ("deviations", "operation_id", "unusual")

    def __init__(self, operation_id: str = "") -> None:
        self.operation_id = operation_id
        self.unusual = False
        self.deviations: list[Deviation] = []


class Absent:
    """The type of ABSENT: a field that did not come, where None would be null."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "<absent>"


ABSENT: Final = Absent()


# Looked up once, not at every use.
new: Final = object.__new__
parse_date: Final = datetime.date.fromisoformat
parse_datetime: Final = datetime.datetime.fromisoformat


def no_attribute(self: Model, name: str) -> Any:
    """Raise the error of an attribute that is not there; where the response has such a field, say how to read it."""
    # Without this test, a model that is only half made would look for its own fields here without end.
    known = name != "additional_properties" and not name.startswith("_") and name in self.additional_properties
    hint = f"; use result[{name!r}]" if known else ""
    raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}{hint}", name=name, obj=self)


class _UnknownFields:
    """The attribute `additional_properties`: what came under other names is put into a dictionary when it is asked for."""

    def __init__(self, slot: MemberDescriptorType) -> None:
        self._slot = slot

    def __get__(self, model: Any, kind: type | None = None) -> Any:
        if model is None:
            return self
        try:
            return self._slot.__get__(model)
        except AttributeError:
            came = _unpacked(model._raw)
        found = {key: value for key, value in came.items() if key not in model._wire_names}
        self._slot.__set__(model, found)
        return found

    def __set__(self, model: Any, value: dict[str, Any]) -> None:
        self._slot.__set__(model, value)


def _unpacked(came: Any) -> Any:
    return dict(zip(came[0], came[1:], strict=False)) if type(came) is tuple else came


# The keys of JSON objects in their order, which their models share; and what picks the values of the declared fields
# out of a packed object, None where they have to be looked up one by one.
_Keys = tuple[str, ...]
_Shape = tuple[_Keys, Callable[[tuple[Any, ...]], tuple[Any, ...]] | None]


def _shape_of(model: type[Model], keys: _Keys) -> _Shape:
    return _shapes.get((model, keys)) or _new_shape(model, keys)


def _new_shape(model: type[Model], keys: _Keys) -> _Shape:
    # As keys come from the network, few are kept.
    if len(_shapes) >= _LIMIT or len(keys) > _MOST_KEYS:
        return keys, None
    names = model._wire_names
    places = {key: place for place, key in enumerate(keys, 1)}
    whole = len(names) > 1 and all(key in places for key in names if key not in model._optional)
    pick = itemgetter(*(places.get(key, len(keys) + 1) for key in names)) if whole else None
    return _shapes.setdefault((model, keys), (keys, pick))


_MOST_KEYS: Final = 64
_shapes: dict[tuple[type[Model], _Keys], _Shape] = {}


class Model:
    """What all models have in common: access by wire name to declared and unknown fields alike."""

    # Unset in a model that was not read from JSON. `_nulls` is set once nulls differ from those that came; `_raw` of an
    # item of a list is packed, until it is read: a tuple of the keys, which other items share, of the values, and of
    # None, which stands for any absent field.
    __slots__ = ("_nulls", "_raw")

    _wire_names: ClassVar[Mapping[str, str]] = {}
    _optional: ClassVar[frozenset[str]] = frozenset()
    _fields: ClassVar[tuple[Field, ...]] = ()
    _extra: ClassVar[Schema]
    __attrs_attrs__: ClassVar[Any] = ()

    _raw: Any
    _nulls: tuple[str, ...]
    additional_properties: dict[str, Any]

    def __init_subclass__(cls) -> None:
        slot = vars(cls).get("additional_properties")
        if isinstance(slot, MemberDescriptorType):
            setattr(cls, "additional_properties", _UnknownFields(slot))

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON object; of one that came as JSON, what came and what was changed since.

        Optional fields that are None are left out unless they came as null.
        """
        raise NotImplementedError

    def to_json(self) -> str:
        """Return the JSON text of `to_dict()`."""
        return json.dumps(self.to_dict())

    @classmethod
    def from_dict(
        cls, src_dict: Mapping[str, Any], reading: Reading | None = None, values: tuple[Any, ...] | None = None
    ) -> Self:
        """Build the model from a JSON object; whatever does not fit the contract stays as it came.

        Args:
            src_dict: the decoded JSON.
            reading: notes what does not fit; `deviations` tells later in any case.
            values: those of the declared fields, None for absent ones, by whoever knows them already.
        """
        raise NotImplementedError

    @classmethod
    def item_reader(cls, reading: Reading) -> Callable[[Any], Self]:
        """Return what builds the models of objects of a list: as `from_dict` does, but they take less memory.

        Until `raw` is read, that is. Objects with the keys of the one before are read faster.
        """
        from_dict = cls.from_dict
        latest: _Shape = (), None

        def read(src_dict: Any) -> Any:
            nonlocal latest
            if type(src_dict) is not dict:
                return from_dict(src_dict, reading)
            keys, (shared, pick) = tuple(src_dict), latest
            if keys != shared:
                shared, pick = latest = _shape_of(cls, keys)
            packed = (shared, *src_dict.values(), None)
            model = from_dict(src_dict, reading, pick and pick(packed))
            model._raw = packed
            return model

        return read

    @property
    def raw(self) -> Any:
        """What the model was read from, all of it; do not change it."""
        came = self._came()
        return self.to_dict() if came is ABSENT else came

    @property
    def deviations(self) -> tuple[Deviation, ...]:
        """Where what came differs from the contract; unknown fields and enum values are no deviations."""
        from .schemas import Location, Object

        came = self._came()
        return () if came is ABSENT else tuple(Object(type(self)).differences(came, Location()))

    @property
    def additional_keys(self) -> list[str]:
        """The names of fields that the contract does not know."""
        return list(self.additional_properties)

    def _came(self) -> Any:
        """Return what the model was read from, ABSENT where it was made by hand."""
        came = getattr(self, "_raw", ABSENT)
        if type(came) is tuple:
            came = self._raw = _unpacked(came)
        return came

    def _received(self) -> dict[str, Any] | None:
        """Return the JSON object of a model that came as JSON, None for any other."""
        came = self._came()
        if came is ABSENT:
            return None
        before: dict[str, Any] = came if isinstance(came, dict) else {}
        keys = dict.fromkeys([*before, *self.keys()])
        return {key: to_json(self[key], before.get(key)) for key in keys if key in self}

    def _is_null(self, key: str) -> bool:
        nulls: tuple[str, ...] | None = getattr(self, "_nulls", None)
        if nulls is not None:
            return key in nulls
        came = self._came()
        return isinstance(came, dict) and came.get(key, ABSENT) is None

    # One for all models: attrs would compile code for each at every import.
    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Model) or type(other) is not type(self):
            return NotImplemented
        return _values(self) == _values(other)

    def __repr__(self) -> str:
        schemas = {field.name: field.schema for field in self._fields}
        parts = [_shown(self, attribute, schemas.get(attribute.name)) for attribute in self.__attrs_attrs__]
        return f"{type(self).__qualname__}({', '.join(filter(None, parts))})"

    # Python 3.11 reads every attribute of a class with this method four times slower.
    if not TYPE_CHECKING and sys.version_info >= (3, 12):
        __getattr__ = no_attribute

    def __getitem__(self, key: str) -> Any:
        name = self._wire_names.get(key)
        if name is None:
            return self.additional_properties[key]
        value = getattr(self, name, ABSENT)
        if value is ABSENT or (value is None and key in self._optional and not self._is_null(key)):
            raise KeyError(key)
        return value

    def __setitem__(self, key: str, value: Any) -> None:
        name = self._wire_names.get(key)
        if name is None:
            self.additional_properties[key] = value
        else:
            setattr(self, name, value)
            if value is None and key in self._optional and not self._is_null(key):
                self._nulls = (*self._all_nulls(), key)

    def __delitem__(self, key: str) -> None:
        if key in self._optional:
            self[key]
            setattr(self, self._wire_names[key], None)
            self._nulls = tuple(name for name in self._all_nulls() if name != key)
        else:
            del self.additional_properties[key]

    def _all_nulls(self) -> tuple[str, ...]:
        return tuple(key for key in self._optional if self._is_null(key))

    def __contains__(self, key: object) -> bool:
        try:
            self[key]  # type: ignore[index]  # a key of another type is in no mapping, as everywhere
        except KeyError:
            return False
        return True

    def __iter__(self) -> Iterator[str]:
        return iter(self.keys())

    def get(self, key: str, default: Any = None) -> Any:
        """Return the field with this wire name, or the default when it is absent."""
        try:
            return self[key]
        except KeyError:
            return default

    def keys(self) -> list[str]:
        """Return the wire names of the fields that are present."""
        return [key for key in self._wire_names if key in self] + list(self.additional_properties)

    def __getstate__(self) -> dict[str, Any]:
        names = [*(each.name for each in self.__attrs_attrs__), *Model.__slots__, "_origin"]
        state = {name: getattr(self, name, ABSENT) for name in names}
        return {name: value for name, value in state.items() if value is not ABSENT}

    def __setstate__(self, state: Mapping[str, Any]) -> None:
        for name, value in state.items():
            setattr(self, name, value)

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: Any) -> dict[str, Any]:
        # What pydantic_core.core_schema.no_info_plain_validator_function returns; pydantic is not imported here.
        serialization = {"type": "function-plain", "function": _to_dict}
        function = {"type": "no-info", "function": cls._validated}
        return {"type": "function-plain", "function": function, "serialization": serialization}

    @classmethod
    def __get_pydantic_json_schema__(cls, core_schema: Any, handler: Any) -> dict[str, Any]:
        from .schemas import Object

        return Object(cls).json_schema()

    @classmethod
    def _validated(cls, value: Any) -> Self:
        if isinstance(value, cls):
            return value
        if isinstance(value, (Mapping, Model)):
            return cls.from_dict(value)  # type: ignore[arg-type]  # a model has all that is needed
        raise ValueError(f"{cls.__name__} must be an object, not {type(value).__name__}")


def _to_dict(model: Model) -> dict[str, Any]:
    return model.to_dict()


class Incomplete(Model):
    """A model that lacks required fields. Each model has a subclass of its own for this, made when needed."""

    __slots__ = ()

    _complete: ClassVar[type[Model]]
    _origin: str

    @staticmethod
    def of(model: type[Model]) -> Any:
        """Return an empty model of the subclass of `model` that may lack required fields."""
        kind = _incomplete.get(model)
        if kind is None:
            names = {
                "__slots__": ("_origin",),
                "__module__": model.__module__,
                "__qualname__": model.__qualname__,
                "__doc__": model.__doc__,
                "_complete": model,
            }
            kind = _incomplete.setdefault(model, type(model.__name__, (Incomplete, model), names))
        return kind.__new__(kind)

    @classmethod
    def from_dict(
        cls, src_dict: Mapping[str, Any], reading: Reading | None = None, values: tuple[Any, ...] | None = None
    ) -> Any:
        return cls._complete.from_dict(src_dict, reading, values)

    if not TYPE_CHECKING:  # it would make every misspelt name an Any

        def __getattr__(self, name: str) -> Any:
            if name == "_origin" or name not in self._wire_names.values():
                return no_attribute(self, name)
            operation = getattr(self, "_origin", "")
            where = f"the response of {operation}" if operation else "what it was read from"
            message = f"{type(self).__name__}.{name} is required by the contract, but {where} has no such field"
            raise _missing_field()(f"{message}; `raw` holds all that came", name=name)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, self._complete):
            return NotImplemented
        return _values(self) == _values(other)

    __hash__ = None  # type: ignore[assignment]  # models can change

    def __reduce_ex__(self, protocol: object) -> tuple[Any, ...]:
        return Incomplete.of, (self._complete,), self.__getstate__()


def _missing_field() -> type[AttributeError]:
    # Where the overlay is in use, its callers expect its class; this package does not import it.
    overlay = sys.modules.get("trunkline.errors")
    return getattr(overlay, "MissingFieldError", MissingField)


_incomplete: dict[type[Model], type[Incomplete]] = {}


def _values(model: Model) -> dict[str, Any]:
    return {each.name: getattr(model, each.name, ABSENT) for each in model.__attrs_attrs__}


class OpenEnum(StrEnum):
    """An enum whose vendor may add values: an unknown one survives as a member equal to its string."""

    @property
    def is_known(self) -> bool:
        """Whether the contract lists this value."""
        return self._name_ in type(self).__members__

    @classmethod
    def _missing_(cls, value: object) -> Self | None:
        if not isinstance(value, str):
            return None
        cache = _unknown_members.setdefault(cls, {})
        return cache.get(value) or cls._remember(cache, value)

    @classmethod
    def _remember(cls, cache: dict[str, Any], value: str) -> Self:
        member = str.__new__(cls, value)
        member._name_ = member._value_ = str(value)
        # A bound, because the values come from the network.
        return cache.setdefault(value, member) if len(cache) < _LIMIT else member

    def __repr__(self) -> str:
        # The name of an unknown member is its value, and not escaped.
        name = f".{self._name_}" if self.is_known else ""
        return f"<{type(self).__name__}{name}: {self._value_!r}>"

    def __copy__(self) -> Self:
        return self

    def __deepcopy__(self, memo: dict[int, Any]) -> Self:
        return self

    def __reduce_ex__(self, protocol: object) -> tuple[Any, ...]:
        return type(self), (self.value,)


_LIMIT: Final = 1000
_unknown_members: dict[type[OpenEnum], dict[str, Any]] = {}


def path_segment(value: object) -> str:
    """Escape a value for use as one segment of a path; `.` and `..` would change the path, so they are escaped too."""
    text = quote(str(value), safe="")
    return text.replace(".", "%2E") if text in {".", ".."} else text


def count_only(fields: Mapping[str, Any]) -> str:
    """Describe unknown fields without showing them: they may hold anything."""
    return f"<{len(fields)} more>" if fields else ""


def _shown(model: Model, attribute: Any, schema: Schema | None) -> str:
    if not attribute.repr:
        return ""
    value = getattr(model, attribute.name, ABSENT)
    if value is ABSENT:
        text = repr(value)
    elif attribute.repr is not True:
        text = attribute.repr(value)
    else:
        # A number shows; what came in its place may be anything.
        text = repr(value) if schema is None or schema.shows(value) else mask(value)
    return f"{attribute.name}={text}" if text else ""


def mask(value: object) -> str:
    """Tell that a field has a value without showing it: it may be a secret or personal."""
    return "None" if value is None else "<hidden>"


def to_json(value: Any, came: Any = None) -> Any:
    """Turn a value into JSON, by what it is; a date that has not changed becomes the text that came."""
    if isinstance(value, Model):
        return value.to_dict()
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, (datetime.datetime, datetime.date)):
        return came if _means(came, type(value).fromisoformat, value) else value.isoformat()
    uuid = sys.modules.get("uuid")  # imported by whoever made a UUID; too expensive for everybody else
    if uuid is not None and isinstance(value, uuid.UUID):
        return came if _means(came, uuid.UUID, value) else str(value)
    if isinstance(value, File):
        return value.to_tuple()
    if isinstance(value, list):
        before: list[Any] = came if isinstance(came, list) and len(came) == len(value) else [None] * len(value)
        return [to_json(item, old) for item, old in zip(value, before, strict=True)]
    return value


def _means(came: object, parse: Callable[[str], object], value: object) -> bool:
    try:
        return isinstance(came, str) and parse(came) == value
    except ValueError:
        return False


__all__ = [
    "ABSENT",
    "UNSET",
    "Deviation",
    "File",
    "FileTypes",
    "Incomplete",
    "MissingField",
    "Model",
    "OpenEnum",
    "Reading",
    "RequestFiles",
    "Response",
    "Unset",
    "count_only",
    "mask",
    "new",
    "no_attribute",
    "parse_date",
    "parse_datetime",
    "path_segment",
    "to_json",
]
