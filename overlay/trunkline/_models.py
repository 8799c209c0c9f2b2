"""Converts results to JSON for encoders that ask object by object, such as ``json.dumps``."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

__all__ = ["json_default"]


def json_default(value: Any) -> Any:
    """Return a result, or a value of one, as a JSON value.

    For ``json.dumps(result, default=json_default)``, ``orjson.dumps`` likewise, and Flask's
    ``app.json.default``.

    Raises:
        TypeError: the value is none of these.
    """
    to_dict = getattr(value, "to_dict", None)
    if to_dict is not None and hasattr(value, "additional_properties"):
        return to_dict()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, UUID):
        return str(value)
    raise TypeError(f"{type(value).__name__} is not JSON serializable")
