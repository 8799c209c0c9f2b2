"""JSON by orjson if it is installed, else by the standard library."""

from __future__ import annotations

import json
from typing import Any, Final

from trunkline.contracts.errors import ContractError

DEEP: Final = "is nested too deeply to be a contract"


def loads(data: bytes | str) -> Any:
    """Parse JSON with orjson if it is installed; both raise a ValueError for what they refuse."""
    try:
        import orjson
    except ImportError:
        return json.loads(data)
    return orjson.loads(data)


def parse(data: bytes, source: str) -> Any:
    """Return the value of a JSON document.

    Raises:
        ContractError: it is not JSON; line and column tell where.
    """
    try:
        return loads(data)
    except (ValueError, RecursionError):
        # orjson says less about the place, and refuses a byte order mark and UTF-16.
        return _by_json_module(data, source)


def _by_json_module(data: bytes, source: str) -> Any:
    try:
        return json.loads(data.removeprefix(b"\xef\xbb\xbf"))
    except json.JSONDecodeError as error:
        raise ContractError(
            f"is not JSON: {error.msg}", document=source, line=error.lineno, column=error.colno
        ) from error
    except UnicodeDecodeError as error:
        raise not_utf8(error, source) from error
    except RecursionError as error:
        raise ContractError(DEEP, document=source) from error
    except ValueError as error:  # a number of thousands of digits
        raise ContractError(f"is not JSON that can be read: {error}", document=source) from error


def not_utf8(error: UnicodeDecodeError, source: str) -> ContractError:
    """Return the error for bytes that are no text, with their line."""
    line = error.object.count(b"\n", 0, error.start) + 1
    return ContractError(f"is not UTF-8 at byte {error.start}", document=source, line=line)
