"""Builds requests from the arguments of ``httpx.Client.request``, once for all attempts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

import httpx

from trunkline import errors
from trunkline._engine.headers import header_pairs, merge_headers
from trunkline._engine.models import Request
from trunkline._engine.provider import rule_for_method
from trunkline._engine.session.context import JSON_ACCEPT, ClientContext
from trunkline._engine.session.extra_options import merge_body, merge_query
from trunkline._engine.transport.content import dump_json
from trunkline._engine.transport.httpx_adapter import unusual_body
from trunkline._redact import shown

if TYPE_CHECKING:
    from trunkline._engine.models import RawHeaders

#: The headers that generated code passes with most bodies; encode_body names the type too.
_JSON_BODY: Final = {"Content-Type": "application/json"}


class RequestBuilder:
    """Builds the requests of one client.

    Args:
        context: settings and credentials of the client.
    """

    __slots__ = ("_context",)

    def __init__(self, context: ClientContext) -> None:
        self._context = context

    def build_request(
        self,
        method: str,
        url: str,
        *,
        params: Any = None,
        json: Any = None,
        content: bytes | None = None,
        data: Any = None,
        files: Any = None,
        headers: Mapping[str, str] | None = None,
        extensions: Mapping[str, Any] | None = None,
        **others: Any,
    ) -> Request:
        """Build a request; every attempt sends these bytes.

        The arguments are those of ``httpx.Client.request``; ``url`` is the path after base_url.
        Arguments that the client itself decides, such as cookies, are accepted only as defaults.

        Raises:
            InvalidArgumentError: an argument cannot be sent.
        """
        reject_unsupported(others)
        context = self._context
        method = normalise_method(method)
        operation: Mapping[str, str] = (extensions or {}).get("trunkline") or {}
        operation_id: str | None = operation.get("operation_id")
        options = context.options
        json = merge_body(json, headers, options.extra_body)
        media_type, body = encode_body(json, content, data, files)
        raw = self._headers(headers, operation)
        if media_type:
            raw.append((b"Content-Type", media_type))
        if body or method in {"POST", "PUT", "PATCH"}:
            raw.append((b"Content-Length", b"%d" % len(body)))
        now = context.runtime.monotonic()
        rule = context.provider.retry_rules.get(operation_id or "")
        return Request(
            method=method,
            target=build_target(context.prefix, url, merge_query(params, options.extra_query)),
            headers=raw,
            content=body,
            operation_id=operation_id,
            path_template=operation.get("path_template") or shown_path(url),
            options=options,
            retry_rule=rule or rule_for_method(method),
            origin=context.origin,
            started=now,
            expires_at=now + options.deadline,
        )

    def _headers(
        self, headers: Mapping[str, str] | None, operation: Mapping[str, str]
    ) -> RawHeaders:
        context = self._context
        defaults = context.default_headers
        if "accept" in operation:
            # Replaces the default only: the caller's own Accept is in the options.
            accept = (b"Accept", operation["accept"].encode())
            defaults = [accept if pair is JSON_ACCEPT else pair for pair in defaults]
        raw = [*defaults, *context.options.headers]
        if headers and headers != _JSON_BODY:
            raw = self._merged(raw, headers)
        if not context.anonymous:
            raw.append(context.credential(operation.get("operation_id")))
        return raw

    def _merged(self, raw: RawHeaders, headers: Mapping[str, str]) -> RawHeaders:
        given = headers
        if isinstance(headers, Mapping):
            # Generated code names the body's media type, as encode_body does.
            given = {n: v for n, v in headers.items() if n != "Content-Type"}
        return [*merge_headers(raw, self._context.without_key(header_pairs(given)))]


def reject_unsupported(others: Mapping[str, Any]) -> None:
    """Raise InvalidArgumentError for httpx arguments that the client itself decides."""
    for name, value in others.items():
        if value is not None and value is not httpx.USE_CLIENT_DEFAULT:
            raise errors.InvalidArgumentError(
                f"{name}= is not accepted per request: the client's own options decide it"
            )


def shown_path(url: str) -> str:
    """Return what errors and logs may show of a path that is not a template."""
    return shown(url.partition("?")[0])


def normalise_method(method: str) -> str:
    """Return a method in capitals.

    Raises:
        InvalidArgumentError: it is not text.
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
    except (TypeError, ValueError, AttributeError, RecursionError) as error:
        raise errors.InvalidArgumentError(
            f"the path or query cannot be written as a URL ({type(error).__name__})"
        ) from None
    joint = "&" if "?" in path else "?"
    return f"{path}{joint}{query}".encode() if query else path.encode()
