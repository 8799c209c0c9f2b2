"""What handlers take and return: a valid request, a response, or a problem."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Literal

from trunkline.sandbox.contract.validation import JSON_TYPE

if TYPE_CHECKING:
    from datetime import datetime

    from trunkline.sandbox.contract.openapi import Operation

__all__ = ["Handler", "Problem", "Request", "Response", "Transfer", "json_response"]


@dataclass(frozen=True, slots=True)
class Request:
    """A request that matches an operation of the contract.

    Attributes:
        headers: names in lower case; the last value of a repeated one.
        url: the URL as the client used it.
        base_url: scheme, host and the provider's mount, without a slash at the end.
        client: the client's address.
        now: virtual time of arrival.
        path: path parameters, decoded.
        query: query parameters in the contract's types.
        body: parsed JSON or form, None without a body.
    """

    operation: Operation
    headers: Mapping[str, str]
    raw: bytes
    url: str
    base_url: str
    client: str
    now: datetime
    path: Mapping[str, str] = field(default_factory=dict[str, str])
    query: Mapping[str, Any] = field(default_factory=dict[str, Any])
    body: Any = None

    def fields(self) -> dict[str, Any]:
        """Return a copy of the body's object, ``{}`` without a body."""
        return dict(self.body or {})


@dataclass(frozen=True, slots=True)
class Transfer:
    """How a response is sent.

    Attributes:
        delay: real seconds before the first byte.
        chunk_bytes: size of the pieces, None to send the whole at once.
        interval: real seconds between pieces.
        cut: how the connection ends before the response does: ``reset`` (RST) or ``close`` (FIN).
        cut_after: bytes that are sent before the cut; None for all of them.
        extra_length: bytes by which the Content-Length exceeds the body.
    """

    delay: float = 0.0
    chunk_bytes: int | None = None
    interval: float = 0.0
    cut: Literal["reset", "close"] | None = None
    cut_after: int | None = None
    extra_length: int = 0


@dataclass(frozen=True, slots=True)
class Response:
    """A response, complete except for the headers that the server adds."""

    status: int
    body: bytes = b""
    media_type: str = JSON_TYPE
    headers: tuple[tuple[str, str], ...] = ()
    transfer: Transfer = Transfer()

    def with_headers(self, headers: Mapping[str, str]) -> Response:
        return replace(self, headers=(*self.headers, *headers.items()))

    def json(self) -> Any:
        return json.loads(self.body)


Handler = Callable[[Request], Response]


@dataclass(slots=True)
class Problem(Exception):  # noqa: N818  # becomes a response, not a failure
    """An error; each provider writes it in its own shape.

    Attributes:
        message: one sentence for people.
        code: the provider's code; None for the usual one of the status.
        errors: Pamela's list of locations, for its 422.
    """

    status: int
    message: str
    code: int | str | None = None
    details: Mapping[str, Any] = field(default_factory=dict[str, Any])
    headers: Mapping[str, str] = field(default_factory=dict[str, str])
    errors: list[dict[str, Any]] | None = None


def json_response(status: int, body: Any) -> Response:
    return Response(status, json.dumps(body, separators=(",", ":")).encode("ascii"))
