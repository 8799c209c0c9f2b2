"""Names in generated code, by the generator's rules: importing the generator takes a second."""

from __future__ import annotations

import builtins
import re
from keyword import iskeyword
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

_DELIMITERS: Final = r"\. _-"
_RESERVED: Final = {*dir(builtins), "self", "true", "false", "datetime"} - {"id"}


def identifier(name: str) -> str:
    """Return the argument, field or module for a name on the wire: ``from_``, ``agent_id``."""
    found = _unreserved("_".join(_words(name)).lower())
    leading = _sanitized(name).startswith("_")
    return f"field_{found}" if leading or not found.isidentifier() else found


def class_name(name: str) -> str:
    """Return the class of a component."""
    words = (word if word.isupper() else word.capitalize() for word in _words(name))
    return _unreserved("".join(words))


def inline_class(parent: str, schema: Mapping[str, Any], name: str) -> str:
    """Return the class of a schema that is not a component; its title takes precedence."""
    return class_name(f"{parent} {schema.get('title') or name}")


def _sanitized(name: str) -> str:
    return "".join(c for c in name if c.isidentifier() or c.isdecimal() or c in _DELIMITERS)


def _words(name: str) -> list[str]:
    name = _sanitized(name)
    if any(c.isupper() for c in name):
        name = " ".join(re.split("([A-Z]?[a-z]+)", name))
    return re.findall(rf"[^{re.escape(_DELIMITERS)}]+", name)


def _unreserved(name: str) -> str:
    return f"{name}_" if name in _RESERVED or iskeyword(name) else name
