"""Parse JSON with the standard library; errors give the position in the document."""

from __future__ import annotations

import json
from typing import Any, Final

from trunkline.contracts.errors import ContractError

DEEP: Final = "is nested too deeply to be a contract"


def parse(data: bytes, source: str) -> Any:
    """Return the value of a JSON document in one of the encodings of RFC 4627.

    Raises:
        ContractError: it is not JSON; line and column give the position.
    """
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
    """Return the error for bytes that are not UTF-8, with their line."""
    line = error.object.count(b"\n", 0, error.start) + 1
    return ContractError(f"is not UTF-8 at byte {error.start}", document=source, line=line)
