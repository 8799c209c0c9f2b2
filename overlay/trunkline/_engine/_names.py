"""Names that go on the wire: of hosts and of headers."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from trunkline.errors import InvalidArgumentError

if TYPE_CHECKING:
    from collections.abc import Iterable

_LABEL: Final = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\Z")
_TOKEN: Final = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+\Z", re.ASCII)

#: The engine writes these itself; a second one would contradict it, or put a key beside the key.
_OWN: Final = frozenset(
    {"authorization", "connection", "content-length", "content-type", "host", "transfer-encoding"}
)


def ascii_host(host: str) -> str:
    """Return a host name or address as it goes on the wire, in lower case.

    Raises:
        ValueError: it is neither a name (RFC 1123, non-ASCII labels by IDNA) nor an address.
    """
    if ":" in host:
        ipaddress.IPv6Address(host)
        return host
    name = host.encode("idna").decode("ascii").lower()
    labels = name.removesuffix(".").split(".")
    if len(name) > 253 or not all(_LABEL.match(label) for label in labels):
        raise ValueError("not a host name")
    return name


def header_pairs(headers: Mapping[str, str]) -> tuple[tuple[bytes, bytes], ...]:
    """Return headers as bytes.

    Raises:
        InvalidArgumentError: a name is not a token (RFC 9110, section 5.6.2) or is one that the
            engine writes itself, or a value is not printable ASCII; values are not shown.
    """
    if not isinstance(headers, Mapping):
        raise InvalidArgumentError(f"headers must map names to texts, not {type(headers).__name__}")
    return tuple((_name(name), header_value(name, value)) for name, value in headers.items())


def merged(
    first: Iterable[tuple[bytes, bytes]], then: Iterable[tuple[bytes, bytes]]
) -> tuple[tuple[bytes, bytes], ...]:
    """Return the headers of both; of the same name, in whatever case, the last one stays."""
    return tuple({name.lower(): (name, value) for name, value in (*first, *then)}.values())


def _name(name: str) -> bytes:
    if not isinstance(name, str) or not _TOKEN.match(name):
        raise InvalidArgumentError(f"{name!r} is not a name of a header")
    if name.lower() in _OWN:
        raise InvalidArgumentError(f"the header {name} is not free: the client writes it itself")
    return name.encode("ascii")


def header_value(name: str, value: str) -> bytes:
    """Return the value of a header as bytes.

    Raises:
        InvalidArgumentError: it is not printable ASCII text; the value is not shown.
    """
    if isinstance(value, str) and value.isascii() and value.isprintable():
        return value.strip().encode("ascii")
    raise InvalidArgumentError(f"the header {name} must be printable ASCII text")
