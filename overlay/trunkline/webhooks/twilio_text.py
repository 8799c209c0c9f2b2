"""What Twilio signs: the URL, with or without its port, and the form parameters in order."""

from __future__ import annotations

from contextlib import suppress
from hashlib import sha256
from hmac import compare_digest
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

from trunkline.webhooks.errors import Reason, WebhookVerificationError
from trunkline.webhooks.headers import one_value

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from trunkline.webhooks.headers import Headers

__all__ = ["as_multiple", "covers_body", "is_form", "port_variants", "read_form", "signed_text"]

_DEFAULT_PORTS = {"https": "443", "http": "80"}
_MAX_FIELDS = 1000


def is_form(headers: Headers) -> bool:
    """Whether the body is a form, by its content type.

    Raises:
        WebhookVerificationError: ``malformed_header``.
    """
    kind = one_value(headers, "Content-Type") or ""
    return kind.partition(";")[0].strip().lower() == "application/x-www-form-urlencoded"


def read_form(raw: bytes) -> dict[str, tuple[str, ...]]:
    """The parameters of a form body, blank ones included.

    Raises:
        WebhookVerificationError: ``undecodable_body``, for more than 1,000 fields.
    """
    # Undecodable bytes become replacement characters, as in the vendor's library: whatever they
    # become is what has to be signed.
    pairs: list[tuple[str, str]] | None = None
    with suppress(ValueError):  # reported below, without a foreign context
        pairs = parse_qsl(
            raw.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=_MAX_FIELDS
        )
    if pairs is None:
        raise WebhookVerificationError(
            Reason.UNDECODABLE_BODY, f"the form has more than {_MAX_FIELDS} fields"
        )
    found: dict[str, tuple[str, ...]] = {}
    for name, value in pairs:
        found[name] = (*found.get(name, ()), value)
    return found


def as_multiple(params: Mapping[str, str | Iterable[str]]) -> dict[str, tuple[str, ...]]:
    """Parameters with all their values, whether one or several were given."""
    return {
        name: (values,) if isinstance(values, str) else tuple(values)
        for name, values in params.items()
    }


def signed_text(url: str, params: Mapping[str, tuple[str, ...]]) -> bytes:
    """The URL, and each name with each of its different values, both in code-point order."""
    parts = [name + value for name in sorted(params) for value in sorted(set(params[name]))]
    return (url + "".join(parts)).encode("utf-8", "surrogatepass")


def port_variants(url: str) -> tuple[str, str]:
    """The URL without a port, and with the one it has or its scheme's own."""
    scheme, mark, rest = url.partition("://")
    end = min((rest.find(c) for c in "/?#" if c in rest), default=len(rest))
    authority, tail = rest[:end], rest[end:]
    host, colon, port = authority.rpartition(":")
    if not colon or not port.isdecimal():
        host, port = authority, _DEFAULT_PORTS.get(scheme, "80")
    return f"{scheme}{mark}{host}{tail}", f"{scheme}{mark}{host}:{port}{tail}"


def covers_body(url: str, params: Mapping[str, tuple[str, ...]], raw: bytes) -> bool:
    """Whether the signature speaks for the body: through the parameters or a hash in the URL."""
    if params:
        return True
    promised = _body_hash(url)
    if promised is None:
        return not raw
    return compare_digest(sha256(raw).hexdigest().encode(), promised)


def _body_hash(url: str) -> bytes | None:
    query = url.partition("?")[2].partition("#")[0]
    for pair in query.split("&"):
        name, _, value = pair.partition("=")
        if name == "bodySHA256":
            return value.encode("utf-8", "surrogatepass")
    return None
