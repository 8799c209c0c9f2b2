"""OpenAPI documents as plain JSON values: read YAML or JSON, write one canonical JSON."""

from __future__ import annotations

import json
import pickle
import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any, ClassVar

import yaml

from trunkline_pipeline.errors import PipelineError
from trunkline_pipeline.json_types import is_object

if TYPE_CHECKING:
    from pathlib import Path

# libyaml is about ten times faster; wheels of some platforms come without it.
_Base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Loader(_Base):  # type: ignore[misc]  # the base class is chosen at run time
    """YAML 1.2 core schema: dates, `no` and `on` stay strings, and no key occurs twice."""

    yaml_implicit_resolvers: ClassVar[dict[str, list[tuple[str, re.Pattern[str]]]]] = {}


_CORE_SCHEMA = {
    "null": (r"~|null|Null|NULL|", ["~", "n", "N", ""]),
    "bool": (r"true|True|TRUE|false|False|FALSE", list("tTfF")),
    "int": (r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+", list("-+0123456789")),
    "float": (
        r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)",
        list("-+.0123456789"),
    ),
    "merge": (r"<<", ["<"]),
}


def _construct_mapping(loader: Any, node: yaml.MappingNode) -> dict[Any, Any]:
    own = [key.value for key, _ in node.value if isinstance(key, yaml.ScalarNode)]
    if len(own) != len(set(own)):
        raise yaml.constructor.ConstructorError(
            None, None, "a key comes twice in a mapping", node.start_mark
        )
    loader.flatten_mapping(node)
    pairs = [(loader.construct_object(key), value) for key, value in node.value]
    return {key: loader.construct_object(value, deep=True) for key, value in pairs}


for _tag, (_pattern, _first) in _CORE_SCHEMA.items():
    _Loader.add_implicit_resolver(
        f"tag:yaml.org,2002:{_tag}", re.compile(f"(?:{_pattern})$"), _first
    )
_Loader.add_constructor("tag:yaml.org,2002:map", _construct_mapping)


def read(file: Path) -> dict[str, Any]:
    """Read a document, as JSON or YAML by its file extension.

    Raises:
        PipelineError: the file is missing, malformed, or not an object.
    """
    try:
        return parse(file.read_bytes(), is_json=file.suffix == ".json")
    except (OSError, ValueError) as error:
        raise PipelineError(f"{file}: {error}") from error


def parse(data: bytes, *, is_json: bool) -> dict[str, Any]:
    """Parse the text of a document; the caller may modify the value.

    Raises:
        ValueError: it is malformed, or not an object.
    """
    document: dict[str, Any] = pickle.loads(_pickled(data, is_json))  # noqa: S301  # our own bytes
    return document


@lru_cache(maxsize=64)  # an adoption reads each a dozen times, and parsing YAML is slow
def _pickled(data: bytes, is_json: bool) -> bytes:  # noqa: FBT001  # part of the key
    try:
        if is_json:
            document = json.loads(data, object_pairs_hook=_object, parse_constant=_refuse)
        else:
            document = yaml.load(data, _Loader)  # noqa: S506  # a safe loader
    except yaml.YAMLError as error:
        raise ValueError(str(error)) from error
    if not is_object(document):
        raise ValueError("expected an object at the top")
    return pickle.dumps(document)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    result = dict(pairs)
    if len(result) != len(pairs):
        raise ValueError(f"a key comes twice in the object with the keys {list(result)}")
    return result


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant} is not JSON")


def to_json(document: object, *, sort: bool = False) -> bytes:
    """Write a value as JSON, with the same bytes on every platform.

    Args:
        document: the value.
        sort: whether keys are sorted; otherwise they keep the author's order.
    """
    text = json.dumps(document, indent=2, ensure_ascii=False, allow_nan=False, sort_keys=sort)
    return f"{text}\n".encode()
