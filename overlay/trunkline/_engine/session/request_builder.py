"""The parts of a request, made of the arguments of ``httpx.Client.request``."""

from __future__ import annotations

import sys
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import httpx

from trunkline import errors
from trunkline._engine.transport.content import dump_json
from trunkline._engine.transport.httpx_adapter import unusual_body
from trunkline._redact import shown
from trunkline._version import __version__

if TYPE_CHECKING:
    from collections.abc import Mapping


@lru_cache(maxsize=1)
def user_agent() -> bytes:
    """Return the User-Agent: this package's version, Python's and httpx's."""
    python = ".".join(map(str, sys.version_info[:3]))
    return f"trunkline/{__version__} python/{python} httpx/{httpx.__version__}".encode()


def reject_unsupported(others: Mapping[str, Any]) -> None:
    """Raise InvalidArgumentError for arguments of httpx that the client settles itself."""
    for name, value in others.items():
        if value is not None and value is not httpx.USE_CLIENT_DEFAULT:
            raise errors.InvalidArgumentError(
                f"{name}= is not taken with a request: the client's own options decide it"
            )


def shown_path(url: str) -> str:
    """Return what errors and logs may show of a path that is no template."""
    return shown(url.partition("?")[0])


def normalise_method(method: str) -> str:
    """Return a method in capitals.

    Raises:
        InvalidArgumentError: it is no text.
    """
    if isinstance(method, str):
        return method.upper()
    raise errors.InvalidArgumentError(f"method must be text, not {type(method).__name__}")


def encode_body(json: Any, content: bytes | None, data: Any, files: Any) -> tuple[bytes, bytes]:
    """Return a body's media type and bytes.

    Raises:
        InvalidArgumentError: it cannot be encoded.
    """
    if json is not None:
        return b"application/json", dump_json(json)
    if data is not None or files is not None:
        return unusual_body(data, files)
    if content is not None and not isinstance(content, bytes):
        kind = type(content).__name__
        raise errors.InvalidArgumentError(f"content= must be bytes, not {kind}")
    return (b"application/octet-stream" if content else b""), content or b""


def build_target(prefix: str, url: str, params: Any) -> bytes:
    """Return path and query as they go on the wire.

    Raises:
        InvalidArgumentError: they cannot be written as a URL.
    """
    if not isinstance(url, str) or not url.startswith("/"):
        raise errors.InvalidArgumentError(
            "a request path must begin with '/': the host is the client's base_url"
        )
    path = prefix + url.partition("#")[0]
    try:
        query = str(httpx.QueryParams(params)) if params else ""
        if not path.isascii() or not path.isprintable() or " " in path:
            path = quote(path, safe="/%?&=:@!$'()*+,;~-._")
    except (TypeError, ValueError, AttributeError) as error:
        raise errors.InvalidArgumentError(
            f"the path or query cannot be written as a URL ({type(error).__name__})"
        ) from None
    joint = "&" if "?" in path else "?"
    return f"{path}{joint}{query}".encode() if query else path.encode()
