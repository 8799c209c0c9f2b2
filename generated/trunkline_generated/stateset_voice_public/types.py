# Generated from stateset-voice-public.json; do not edit. Change the contract, then run `make generate`.
"""Types that every module of this package shares. Imports nothing heavy: endpoints import this first."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, MutableMapping
from dataclasses import dataclass, field
from enum import Enum, StrEnum
from typing import IO, TYPE_CHECKING, Any, BinaryIO, ClassVar, Final, Generic, Literal, Self, TypeVar
from urllib.parse import quote
from uuid import UUID


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


@dataclass(slots=True)
class File:
    """A file to upload."""

    payload: BinaryIO
    file_name: str | None = None
    mime_type: str | None = None

    def to_tuple(self) -> FileTypes:
        """Return what httpx takes for multipart/form-data."""
        return self.file_name, self.payload, self.mime_type


T = TypeVar("T")


@dataclass(slots=True)
class Response(Generic[T]):
    """A response of an endpoint; `parsed` is None when the contract promises no body for its status."""

    status_code: int
    content: bytes = field(repr=False)
    headers: MutableMapping[str, str] = field(repr=False)
    parsed: T | None


class Model:
    """What all models have in common: access by wire name to declared and unknown fields alike."""

    __slots__ = ()

    _wire_names: ClassVar[Mapping[str, str]] = {}
    _optional: ClassVar[frozenset[str]] = frozenset()
    __attrs_attrs__: ClassVar[Any] = ()

    # The wire names of the optional fields that came as null; a model without optional fields has no slot for it.
    _nulls: tuple[str, ...] = ()
    additional_properties: dict[str, Any]

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON object; optional fields that are None are left out."""
        raise NotImplementedError

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        """Build the model from a JSON object.

        Raises:
            KeyError, TypeError, ValueError, AttributeError: the object does not fit the contract.
        """
        raise NotImplementedError

    @property
    def additional_keys(self) -> list[str]:
        """The names of fields that the contract does not know."""
        return list(self.additional_properties)

    def _note_nulls(self, src_dict: Mapping[str, Any]) -> None:
        optional = self._optional
        self._set_nulls([key for key, value in src_dict.items() if value is None and key in optional])

    def _set_nulls(self, keys: list[str]) -> None:
        # The items of a page share what they have in common; type checkers do not see the slot of the model itself.
        setattr(self, "_nulls", _same_nulls.get(nulls := tuple(keys)) or _share(nulls))

    def __repr__(self) -> str:
        parts = [_shown(self, attribute) for attribute in self.__attrs_attrs__]
        return f"{type(self).__qualname__}({', '.join(filter(None, parts))})"

    if not TYPE_CHECKING:  # it would make every misspelt name an Any

        def __getattr__(self, name: str) -> Any:
            # A declared name comes here when it was never set: looking it up would come here again.
            free = name != "additional_properties" and name not in self._wire_names.values()
            known = free and not name.startswith("_") and name in self
            hint = f"; use result[{name!r}]" if known else ""
            message = f"{type(self).__name__!r} object has no attribute {name!r}{hint}"
            raise AttributeError(message, name=name, obj=self)

    def __getitem__(self, key: str) -> Any:
        name = self._wire_names.get(key)
        if name is None:
            return self.additional_properties[key]
        value = getattr(self, name)
        if value is None and key in self._optional and key not in self._nulls:
            raise KeyError(key)
        return value

    def __setitem__(self, key: str, value: Any) -> None:
        name = self._wire_names.get(key)
        if name is None:
            self.additional_properties[key] = value
        else:
            setattr(self, name, value)
            if value is None and key in self._optional and key not in self._nulls:
                self._set_nulls([*self._nulls, key])

    def __delitem__(self, key: str) -> None:
        if key in self._optional:
            self[key]
            setattr(self, self._wire_names[key], None)
            self._set_nulls([name for name in self._nulls if name != key])
        else:
            del self.additional_properties[key]

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
        declared = [
            key
            for key, name in self._wire_names.items()
            if key not in self._optional or getattr(self, name) is not None or key in self._nulls
        ]
        return declared + list(self.additional_properties)


def _share(nulls: tuple[str, ...]) -> tuple[str, ...]:
    # A bound, because which fields are null comes from the network.
    return _same_nulls.setdefault(nulls, nulls) if len(_same_nulls) < _LIMIT else nulls


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

    def __copy__(self) -> Self:
        return self

    def __deepcopy__(self, memo: dict[int, Any]) -> Self:
        return self

    def __reduce_ex__(self, protocol: object) -> tuple[Any, ...]:
        return type(self), (self.value,)


_LIMIT: Final = 1000
_unknown_members: dict[type[OpenEnum], dict[str, Any]] = {}
_same_nulls: dict[tuple[str, ...], tuple[str, ...]] = {}


def path_segment(value: object) -> str:
    """Escape a value for use as one segment of a path; `.` and `..` would change the path, so they are escaped too."""
    text = quote(str(value), safe="")
    return text.replace(".", "%2E") if text in {".", ".."} else text


def count_only(fields: Mapping[str, Any]) -> str:
    """Describe unknown fields without showing them: they may hold anything."""
    return f"<{len(fields)} more>" if fields else ""


def _shown(model: Model, attribute: Any) -> str:
    if not attribute.repr:
        return ""
    show = repr if attribute.repr is True else attribute.repr
    text = show(getattr(model, attribute.name))
    return f"{attribute.name}={text}" if text else ""


def mask(value: object) -> str:
    """Tell that a field has a value without showing it: it may be a secret or personal."""
    return "None" if value is None else "<hidden>"


def require_const(value: Any, expected: Any, name: str) -> Any:
    """Return the value if it is the only one that the contract allows."""
    if value != expected:
        raise ValueError(f"{name} must be {expected!r}")
    return value


def to_json(value: Any) -> Any:
    """Turn a value of a union into JSON, by what it is."""
    if isinstance(value, Model):
        return value.to_dict()
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, (datetime.datetime, datetime.date)):
        return value.isoformat()
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, File):
        return value.to_tuple()
    if isinstance(value, list):
        return [to_json(item) for item in value]
    return value


__all__ = [
    "UNSET",
    "File",
    "FileTypes",
    "Model",
    "OpenEnum",
    "RequestFiles",
    "Response",
    "Unset",
    "count_only",
    "mask",
    "path_segment",
    "require_const",
    "to_json",
]
