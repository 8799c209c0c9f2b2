"""Headers, parameters and cookies that the caller has set on ``http_client=``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import httpx

from trunkline._engine.headers import RESERVED
from trunkline._engine.transport.httpx_adapter import address_errors
from trunkline.errors import ConfigurationError

if TYPE_CHECKING:
    from http.cookiejar import Cookie

    Cookies = dict[tuple[str, str, str], Cookie]

#: Default headers of every httpx client; this package sends its own instead.
_DEFAULTS: Final = frozenset({"accept", "accept-encoding", "connection", "user-agent"})

Client = httpx.Client | httpx.AsyncClient


def check_settings(client: Client) -> None:
    """Refuse settings that could not be sent.

    Raises:
        ConfigurationError: the client has ``auth=`` or a header that this package writes itself.
    """
    if client.auth is not None:
        raise ConfigurationError(
            "http_client= must not have auth=: the API key goes into the same header. Give the "
            "gateway's credential as a header of its own, headers={'Proxy-Authorization': ...}"
        )
    own = sorted(set(client.headers) & (RESERVED - _DEFAULTS))
    if own:
        raise ConfigurationError(
            f"http_client= must not have the header {own[0]}: this client writes it itself"
        )


def apply_settings(request: httpx.Request, client: Client) -> httpx.Request:
    """Return a request with the headers, parameters and cookies of the caller's client added.

    Raises:
        TransportError: httpx does not accept the URL with the parameters.
        ConfigurationError: a cookie cannot be written into a header.
    """
    url = request.url
    if client.params:
        with address_errors():
            request.url = url.copy_with(query=_joined(url.query, str(client.params).encode()))
    further = [
        pair
        for pair in client.headers.raw
        if (text := pair[0].decode("latin-1").lower()) not in _DEFAULTS
        and text not in request.headers
    ]
    if further:
        request.headers = httpx.Headers([*request.headers.raw, *further])
    if client.cookies:
        _add_cookies(request, client)
    return request


def _add_cookies(request: httpx.Request, client: Client) -> None:
    try:
        client.cookies.set_cookie_header(request)
    except UnicodeEncodeError:
        raise ConfigurationError(
            "http_client= has a cookie with characters outside ASCII, which no header can hold"
        ) from None


def _joined(query: bytes, further: bytes) -> bytes:
    return b"&".join(part for part in (query, further) if part)


def cookies_of(client: Client) -> Cookies:
    """Return the cookies that the caller's jar holds now."""
    return {_key(cookie): cookie for cookie in client.cookies.jar}


def drop_cookies(client: Client, response: httpx.Response, before: Cookies) -> None:
    """Remove a response's cookies from the caller's jar, where httpx has put them."""
    if "set-cookie" not in response.headers:
        return
    jar = client.cookies.jar
    for cookie in response.cookies.jar:
        old = before.get(_key(cookie))
        if old is not None:
            jar.set_cookie(old)
        elif _key(cookie) in cookies_of(client):
            jar.clear(*_key(cookie))


def _key(cookie: Cookie) -> tuple[str, str, str]:
    return cookie.domain, cookie.path, cookie.name
