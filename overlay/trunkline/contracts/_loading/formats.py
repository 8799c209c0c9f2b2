"""Parse JSON or YAML into plain dicts and lists."""

from __future__ import annotations

import json
from typing import Any, Final

from trunkline.contracts.errors import ContractError

DEEP: Final = "is nested too deeply to be a contract"


def parse(data: bytes, source: str) -> tuple[Any, str]:
    """Return the value and its format, `json` or `yaml`.

    Raises:
        ContractError: it is neither; line and column tell where.
    """
    text = data.lstrip(b"\xef\xbb\xbf \t\r\n")
    if text[:1] in {b"{", b"["} and not source.lower().endswith((".yaml", ".yml")):
        return _json(data, source), "json"
    if not text:
        raise ContractError("is empty", document=source)
    from . import yaml_reader

    return yaml_reader.parse(data, source), "yaml"


def loads(data: bytes | str) -> Any:
    """Parse JSON with orjson if it is installed; both raise a ValueError for what they refuse."""
    try:
        import orjson
    except ImportError:
        return json.loads(data)
    return orjson.loads(data)


def _json(data: bytes, source: str) -> Any:
    try:
        return loads(data)
    except (ValueError, RecursionError):
        # orjson says less about the place, and refuses a byte order mark and UTF-16.
        return _standard_json(data, source)


def _standard_json(data: bytes, source: str) -> Any:
    try:
        return json.loads(data.removeprefix(b"\xef\xbb\xbf"))
    except json.JSONDecodeError as error:
        raise ContractError(
            f"is not JSON: {error.msg}", document=source, line=error.lineno, column=error.colno
        ) from error
    except UnicodeDecodeError as error:
        raise ContractError(f"is not UTF-8 at byte {error.start}", document=source) from error
    except RecursionError as error:
        raise ContractError(DEEP, document=source) from error
    except ValueError as error:  # a number of thousands of digits
        raise ContractError(f"is not JSON that can be read: {error}", document=source) from error
