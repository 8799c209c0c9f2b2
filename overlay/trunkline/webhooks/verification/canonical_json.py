r"""Canonical JSON as Pamela signs it, and the JSON parser of webhooks.

The form is that of Python's own serialiser: keys sorted at every depth by code point, non-ASCII
escaped as ``\uXXXX`` in lower case (pairs above U+FFFF), numbers as Python writes them (``1`` and
``1.0`` differ, ``1e+16``, ``-0.0``), integers of any size exact, no Unicode normalisation, the
last of duplicate keys. Source: the signatures of the vendor's package, versions 1.0.0 to 1.2.0.
"""

from __future__ import annotations

import codecs
import json
from contextlib import suppress

from trunkline._json import is_array, is_object
from trunkline.webhooks.errors import Reason, WebhookVerificationError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

__all__ = ["canonical_json", "parse_json"]

_COMPACT = (",", ":")
_SPACED = (", ", ": ")

# Python refuses to convert longer integers (a defence against quadratic time). The
# smallest limit that an interpreter can be set to is 640.
_SAFE_DIGITS = 600


class _Digits(str):
    """An integer too long to convert, kept as its digits."""

    __slots__ = ()


def canonical_json(payload: Any, *, spaced: bool = False) -> bytes:
    """The text that Pamela signs for a parsed payload.

    Args:
        payload: what a JSON parser returns: dict, list, text, number, bool or None.
        spaced: True for the form of versions 1.0.0 and 1.0.1, with a space after comma and colon.

    Raises:
        WebhookVerificationError: ``undecodable_body``, when the payload is not JSON.
    """
    separators = _SPACED if spaced else _COMPACT
    # Suppressed and reported below, so that the error carries no part of the payload.
    with suppress(TypeError, ValueError, RecursionError):
        return json.dumps(payload, sort_keys=True, separators=separators).encode("ascii")
    raise WebhookVerificationError(
        Reason.UNDECODABLE_BODY, "the payload is not JSON: it has values or keys JSON cannot hold"
    )


def canonical_text(body: bytes, *, spaced: bool = False) -> bytes | None:
    """The canonical form of a body, or None when the body is not JSON."""
    try:
        payload, exact = _load(body)
        if exact:
            return canonical_json(payload, spaced=spaced)
        return _write(payload, *(_SPACED if spaced else _COMPACT)).encode("ascii")
    except (ValueError, RecursionError):
        return None


def parse_json(body: bytes) -> Any:
    """The payload of a body in UTF-8, with or without a byte order mark.

    An integer that Python refuses to convert (by default one of more than 4,300 digits) is
    returned as the text of its digits.
    """
    # Suppressed and reported below: a JSON error carries the whole document.
    with suppress(ValueError, RecursionError):
        return _load(body)[0]
    raise WebhookVerificationError(
        Reason.UNDECODABLE_BODY, f"the body ({len(body)} bytes) is not JSON in UTF-8"
    )


def _load(body: bytes) -> tuple[Any, bool]:
    """The payload, and whether every integer in it could be converted."""
    text = body.removeprefix(codecs.BOM_UTF8).decode()
    try:
        return json.loads(text), True
    except json.JSONDecodeError:
        raise
    except ValueError:  # an integer beyond the interpreter's limit
        return json.loads(text, parse_int=_integer), False


def _integer(digits: str) -> int | _Digits:
    return int(digits) if len(digits) <= _SAFE_DIGITS else _Digits(digits)


def _write(value: object, comma: str, colon: str) -> str:
    if is_object(value):
        items = sorted(value.items())
        pairs = (f"{json.dumps(name)}{colon}{_write(item, comma, colon)}" for name, item in items)
        return f"{{{comma.join(pairs)}}}"
    if is_array(value):
        return f"[{comma.join(_write(item, comma, colon) for item in value)}]"
    return value if isinstance(value, _Digits) else json.dumps(value)
