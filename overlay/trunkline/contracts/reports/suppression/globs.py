"""Glob patterns over paths whose segments are separated by slashes."""

from __future__ import annotations

import re
from functools import cache

__all__ = ["matches"]


def matches(pattern: str, text: str) -> bool:
    """Return whether ``text`` matches: ``*`` and ``?`` stay within a segment, ``**`` does not.

    A pattern that ends in ``/**`` also matches the text before it, as in a ``.gitignore``.
    """
    return _compiled(pattern).fullmatch(text) is not None


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    stem, below = (pattern[:-3], "(?:/.*)?") if pattern.endswith("/**") else (pattern, "")
    parts = re.split(r"(\*\*|\*|\?)", stem)
    wild = {"**": ".*", "*": "[^/]*", "?": "[^/]"}
    return re.compile(
        "".join(wild.get(part) or re.escape(part) for part in parts) + below, re.DOTALL
    )
