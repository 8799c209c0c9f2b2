"""Fetch the currently published document, or report what was received instead."""

from __future__ import annotations

import html
import re
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from trunkline.contracts.errors import ContractError

from .sources import MAX_BYTES

if TYPE_CHECKING:
    import httpx

_CONNECT_SECONDS: Final = 10.0
_READ_SECONDS: Final = 30.0
_RETRIES: Final = 2
_NOT_MODIFIED: Final = 304
_TITLE: Final = re.compile(r"<title[^>]*>(.*?)</title>", re.IGNORECASE | re.DOTALL)
_SHOWN: Final = 60


@dataclass(frozen=True, slots=True)
class Published:
    """A fetched document.

    Attributes:
        data: its bytes; None if the server reported that it has not changed.
        etag: the ``ETag`` to send in the next request; empty if the server sent none.
    """

    data: bytes | None = field(repr=False)
    etag: str = ""


def fetch(
    url: str, *, etag: str = "", max_bytes: int = MAX_BYTES, deadline: float = 60.0
) -> Published:
    """Return the document at an address; redirects are followed.

    Args:
        url: an http or https address.
        etag: the ``ETag`` of an already known document, which the server need not send again.
        max_bytes: a larger document is refused.
        deadline: seconds for the whole response.

    Raises:
        ContractError: no document was received; the message says what was received instead.
    """
    import httpx

    limits = httpx.Timeout(_READ_SECONDS, connect=_CONNECT_SECONDS)
    headers = {"Accept": "application/json, application/yaml, */*;q=0.5"}
    headers |= {"If-None-Match": etag} if etag else {}
    end = time.monotonic() + deadline
    transport = httpx.HTTPTransport(retries=_RETRIES)
    try:
        with (
            httpx.Client(transport=transport, timeout=limits, follow_redirects=True) as client,
            client.stream("GET", url, headers=headers) as response,
        ):
            if response.status_code == _NOT_MODIFIED and etag:
                return Published(None, etag)
            data = _read(url, response, max_bytes, end)
            return Published(_document(url, response, data), response.headers.get("etag", ""))
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        reason = str(error) or type(error).__name__
        raise ContractError(f"unreachable: {reason}", document=url) from error


def _read(url: str, response: httpx.Response, max_bytes: int, end: float) -> bytes:
    data = bytearray()
    for part in response.iter_bytes():
        data += part
        if len(data) > max_bytes:
            problem = f"the document is larger than {max_bytes} bytes"
            raise ContractError(problem, document=url)
        if time.monotonic() > end:
            raise ContractError("unreachable: the response takes too long", document=url)
    return bytes(data)


def _document(url: str, response: httpx.Response, data: bytes) -> bytes:
    """Return the bytes of a response that may be a document."""
    page = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    is_page = page.startswith((b"<!doctype html", b"<html"))
    if response.is_success and not is_page:
        return data
    came = _page(data) if is_page else _beginning(data)
    status = f"{response.status_code} {response.reason_phrase}".strip()
    raise ContractError(f"{status} with {came}", document=url)


def _page(data: bytes) -> str:
    title = _TITLE.search(data[:65536].decode("utf-8", "replace"))
    words = " ".join(html.unescape(title[1]).split()) if title else ""
    return f"the HTML page {words[:_SHOWN]!r}" if words else "an HTML page"


def _beginning(data: bytes) -> str:
    text = " ".join(data[: 4 * _SHOWN].decode("utf-8", "replace").split())
    return f"the text {text[:_SHOWN]!r}" if text else "an empty body"
