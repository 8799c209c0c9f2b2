"""Signatures as senders make them, independent of `trunkline.webhooks`.

The sandbox shares no code with the verifiers, so that tests reveal an error in either.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from typing import TYPE_CHECKING, Any, Literal
from urllib.parse import parse_qsl, urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["hex_hmac", "pamela_body", "pamela_signed_text", "twilio_signatures"]

_DEFAULT_PORTS = {"https": 443, "http": 80}


def hex_hmac(secret: str, data: bytes) -> str:
    return hmac.new(secret.encode(), data, hashlib.sha256).hexdigest()


def pamela_signed_text(payload: Any, form: Literal["compact", "spaced"]) -> bytes:
    """Return the text that Pamela signs: sorted keys, ASCII, compact (spaced until 1.0.1)."""
    separators = (",", ":") if form == "compact" else (", ", ": ")
    return json.dumps(payload, sort_keys=True, separators=separators).encode("ascii")


def pamela_body(payload: Any, style: Literal["compact", "unsorted", "spaced"]) -> bytes:
    """Return the bytes that are sent, in a style that may differ from the signed text."""
    if style == "unsorted":
        text = json.dumps(payload, ensure_ascii=False, separators=(",", ":"))
        # A lone surrogate has no UTF-8 encoding, but a JSON escape.
        return text.encode("utf-8", "backslashreplace")
    return pamela_signed_text(payload, style)


def twilio_signatures(token: str, url: str, form: bytes) -> set[str]:
    """Return every valid signature of a form that was posted to the URL.

    Twilio signs with or without the port, so there are two texts (see Twilio's own helper library).
    """
    pairs = parse_qsl(form.decode("utf-8", "replace"), keep_blank_values=True)
    text = "".join(name + value for name, value in sorted(set(pairs)))
    return {_twilio_hmac(token, candidate + text) for candidate in _with_and_without_port(url)}


def _with_and_without_port(url: str) -> Iterable[str]:
    parts = urlsplit(url)
    host = parts.hostname or ""
    port = parts.port or _DEFAULT_PORTS.get(parts.scheme, 80)
    bracketed = f"[{host}]" if ":" in host else host
    yield parts._replace(netloc=bracketed).geturl()
    yield parts._replace(netloc=f"{bracketed}:{port}").geturl()


def _twilio_hmac(token: str, text: str) -> str:
    digest = hmac.new(token.encode(), text.encode(), hashlib.sha1).digest()
    return base64.b64encode(digest).decode("ascii")
