"""Addresses of contract files (paths, URLs, `revision:path`), and resolving references to them."""

from __future__ import annotations

import os
import posixpath
from typing import Final

from .sources import is_url

_HERE: Final = "./"


def resolve(base: str, target: str) -> str:
    """Return the address of a document that another refers to."""
    from urllib.parse import unquote, urljoin

    if "://" in target:
        return target
    if is_url(base):
        return urljoin(base, target)
    target = unquote(target)
    prefix, path = _split(base)
    if not prefix:
        return os.path.normpath(os.path.join(os.path.dirname(base), target))
    joined = posixpath.normpath(posixpath.join(posixpath.dirname(path), target))
    # Git resolves such a path from the current directory, any other from the top.
    here = _HERE if path.startswith((_HERE, "../")) and not joined.startswith("../") else ""
    return f"{prefix}{here}{joined}"


def relative(main: str, other: str) -> str:
    """Return the address of a document relative to the folder of the main one, with slashes.

    It is the same for two copies of a contract in different folders or revisions.
    """
    (first, base), (second, path) = (_split(name.replace("\\", "/")) for name in (main, other))
    if first != second:
        return other
    try:
        return posixpath.relpath(path, posixpath.dirname(base) or ".")
    except ValueError:  # no folder before the name
        return other


def _split(name: str) -> tuple[str, str]:
    """Return the host or the revision of an address, empty for a file, and the path."""
    if is_url(name):
        from urllib.parse import urlsplit

        parts = urlsplit(name)
        query = f"?{parts.query}" if parts.query else ""
        return f"{parts.scheme}://{parts.netloc}", parts.path + query
    revision, colon, path = name.partition(":")
    if colon and len(revision) > 1 and not os.path.exists(name):
        return f"{revision}:", path
    return "", name
