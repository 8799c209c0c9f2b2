"""Masking of secrets and personal data in text that people will read."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final, cast

if TYPE_CHECKING:
    from collections.abc import Callable

# Keys of the four vendors, Stripe-like secrets, bearer tokens, JSON Web Tokens; then anything that
# may be a telephone number: with a plus sign (as it is, or as a URL writes it), or standing alone.
# Every alternative is linear in the text: repetitions are bounded, or possessive and followed by
# nothing that could fail, so that no start is searched twice. Compiled when first used: most
# processes mask nothing.
_SENSITIVE: Final = (
    r"(?P<secret>(?:pk_(?:live|test)_|pype_|whsec_|\bsk_)[\w-]++|(?i:\bbearer\s{1,99}+)\S++"
    r"|\beyJ[\w-]{8,}+[\w.-]*+)"
    r"|(?P<plus>(?:\+|%2[bB])[ (]*\d(?:[^\S\n]|[\d().\-/\u2010-\u2015]){5,40}\d)"
    r"|(?P<plain>(?<![\w-])\(?\d(?:[^\S\n]|[\d().\-/\u2010-\u2015]){8,40}\d(?![\w-]))"
)
_DATE: Final = r"\d{4}-\d\d-\d\d(?!\d)"
#: Fewer digits without a plus sign are an amount, a date or a part of an id.
_FEWEST_DIGITS: Final = 10
#: A shorter key is a word from some test, and would be masked inside other words ...
_SHORTEST_SECRET: Final = 8
#: ... and one below this length is masked only as a whole word.
_UNMISTAKABLE: Final = 20
#: The most characters of an untrusted text that are shown.
_MOST_SHOWN: Final = 4000
#: Deeper JSON is cut off: no vendor nests this deep, and Python's stack is limited.
_DEEPEST: Final = 40
#: An excerpt is masked in this many times its length, not in a whole body of megabytes.
_AHEAD: Final = 8


def redact(text: str) -> str:
    """Return ``text`` with keys, tokens and telephone numbers masked."""
    return re.sub(_SENSITIVE, _mask, text)


def shown(text: str, secret: str = "") -> str:
    """Return an untrusted text as one printable, masked line.

    Args:
        text: a server's or caller's text; it may hold line ends, or half a character.
        secret: another text to mask; ignored when it is too short to be a secret.
    """
    start = without(text[: 2 * _MOST_SHOWN], secret)
    return redact(one_line(start))[:_MOST_SHOWN]


def excerpt(text: str, length: int, secret: str = "") -> str:
    """Return the start of an untrusted text as :func:`shown` does.

    It is cut last, because half a key or number would not be recognised.
    """
    return shown(without(text, secret)[: _AHEAD * length])[:length]


def quoted(value: object) -> str:
    """Return a wrong argument for an error: masked, or its type if it is not a text or number."""
    if not isinstance(value, str | int | float):
        return type(value).__name__
    return f"{redact_json(value)!r:.60}"


def without(value: Any, secret: str) -> Any:
    """Return a copy of a JSON value in which a secret is masked, if it is long enough to be one."""
    if len(secret) < _SHORTEST_SECRET:
        return value
    return masked_copy(value, lambda leaf: _replaced(leaf, secret))


def _replaced(leaf: Any, secret: str) -> Any:
    if not isinstance(leaf, str) or secret not in leaf:
        return leaf
    if len(secret) >= _UNMISTAKABLE:
        return leaf.replace(secret, "[secret]")
    return re.sub(rf"(?<!\w){re.escape(secret)}(?!\w)", "[secret]", leaf)


def one_line(text: str) -> str:
    """Return ``text`` with a space for everything that is not printable."""
    if text.isprintable():
        return text
    return "".join(sign if sign.isprintable() else " " for sign in text)


def _mask(found: re.Match[str]) -> str:
    if found.lastgroup == "secret":
        return "[secret]"
    text = found.group()
    if date := re.match(_DATE, text):
        return date.group() + redact(text[date.end() :])
    few = sum(map(str.isdigit, text)) < _FEWEST_DIGITS
    return text if few and found.lastgroup == "plain" else "[number]"


def redact_json(value: Any) -> Any:
    """Return a copy of a JSON value with every text and every long number in it masked."""
    return masked_copy(value, _redacted)


def _redacted(leaf: Any) -> Any:
    if isinstance(leaf, str):
        return redact(leaf)
    whole = isinstance(leaf, int) and not isinstance(leaf, bool)
    return "[number]" if whole and abs(leaf) >= 10 ** (_FEWEST_DIGITS - 1) else leaf


def masked_copy(value: Any, masked: Callable[[Any], Any], depth: int = 0) -> Any:
    """Return a copy of a JSON value with every text, key and number as ``masked`` returns it."""
    if depth > _DEEPEST:
        return "[deep]"
    if isinstance(value, dict):
        items = cast("dict[str, Any]", value).items()
        return {masked(str(key)): masked_copy(item, masked, depth + 1) for key, item in items}
    if isinstance(value, list | tuple):
        return [masked_copy(item, masked, depth + 1) for item in cast("list[object]", value)]
    return masked(value)
