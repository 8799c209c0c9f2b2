"""The naming rules of openapi-python-client, without the generator.

Source: `openapi_python_client.strings` and `.parser.openapi` of release 0.29.
"""

from __future__ import annotations

import builtins
import re
from keyword import iskeyword
from typing import Final

__all__ = ["class_name", "endpoint_module", "identifier", "snake_case"]

_DELIMITERS: Final = r"\. _-"
_RESERVED: Final = (set(dir(builtins)) | {"self", "true", "false", "datetime"}) - {"id"}


def identifier(value: str, prefix: str = "field_") -> str:
    """Return the Python name of a parameter, property, tag or operation."""
    safe = _sanitized(value)
    has_underscore = safe.startswith("_")
    name = _unreserved(snake_case(safe))
    return name if name.isidentifier() and not has_underscore else f"{prefix}{name}"


def class_name(value: str, prefix: str = "field_") -> str:
    """Return the name of the class that a schema becomes."""
    name = _unreserved(_pascal_case(value))
    return name if name.isidentifier() else _unreserved(_pascal_case(f"{prefix}{name}"))


def endpoint_module(
    method: str, path: str, operation_id: str | None, tags: list[str] | None
) -> str:
    """Return the module of an operation below the package, such as `api.calls.create_call`."""
    tag = identifier((tags or ["default"])[0], "tag")
    if operation_id is None:
        plain = path.replace("{", "").replace("}", "").replace("/", "_")
        operation_id = f"{method.lower()}_{plain.removeprefix('_').removesuffix('_')}"
    return f"api.{tag}.{snake_case(identifier(operation_id))}"


def snake_case(value: str) -> str:
    """Return a string in snake_case."""
    return "_".join(_words(_sanitized(value))).lower()


def _pascal_case(value: str) -> str:
    words = _words(_sanitized(value))
    return "".join(word if word.isupper() else word.capitalize() for word in words)


def _sanitized(value: str) -> str:
    return "".join(c for c in value if c.isidentifier() or c.isdecimal() or c in _DELIMITERS)


def _words(value: str) -> list[str]:
    if any(c.isupper() for c in value):
        value = " ".join(re.split("([A-Z]?[a-z]+)", value))
    return re.findall(rf"[^{re.escape(_DELIMITERS)}]+", value)


def _unreserved(value: str) -> str:
    return f"{value}_" if value in _RESERVED or iskeyword(value) else value
