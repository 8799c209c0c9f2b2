"""What handlers get and give: a request that passed the contract, a reply, or a problem."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from datetime import datetime

    from trunkline.sandbox.contract.openapi import Operation

__all__ = ["Handler", "Problem", "Request", "Response", "json_response", "parse_json"]

JSON_TYPE = "application/json"


@dataclass(frozen=True, slots=True)
class Request:
    """One request that matches an operation of the contract.

    Attributes:
        operation: the operation.
        headers: lower-case names; of repeated ones the last.
        raw: the body's bytes.
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
        """The body as an object of its own, ``{}`` when there is none."""
        return dict(self.body or {})


@dataclass(frozen=True, slots=True)
class Response:
    """One answer, complete except for the headers that the server adds."""

    status: int
    body: bytes = b""
    media_type: str = JSON_TYPE
    headers: tuple[tuple[str, str], ...] = ()

    def with_headers(self, headers: Mapping[str, str]) -> Response:
        """The same with further headers."""
        return replace(self, headers=(*self.headers, *headers.items()))

    def json(self) -> Any:
        """The body as JSON; raises ValueError when it is none."""
        return json.loads(self.body)


Handler = Callable[[Request], Response]


@dataclass(slots=True)
class Problem(Exception):  # noqa: N818  # a refusal on its way to the client, not a failure of ours
    """A refusal; each provider writes it in its own shape.

    Attributes:
        status: HTTP status.
        message: one sentence for people.
        code: the provider's code, a number or a word; None for the usual one of the status.
        details: what else is known.
        headers: headers of the answer.
        listing: Pamela's list of places, for its 422.
    """

    status: int
    message: str
    code: int | str | None = None
    details: Mapping[str, Any] = field(default_factory=dict[str, Any])
    headers: Mapping[str, str] = field(default_factory=dict[str, str])
    listing: list[dict[str, Any]] | None = None


def json_response(status: int, body: Any) -> Response:
    """A reply with a JSON body in plain ASCII."""
    return Response(status, json.dumps(body, separators=(",", ":")).encode("ascii"))


def parse_json(raw: bytes) -> Any:
    """Strict JSON (no NaN, UTF-8 only); raises ValueError on anything else."""
    try:
        return json.loads(raw.decode("utf-8"), parse_constant=_no_constant)
    except RecursionError:
        raise ValueError("nested too deeply") from None


def _no_constant(name: str) -> Any:
    raise ValueError(f"{name} is not JSON")
