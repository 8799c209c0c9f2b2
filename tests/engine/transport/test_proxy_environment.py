"""Which proxy the environment sets for a server, and which servers NO_PROXY excludes."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest

from trunkline._engine.models import Origin
from trunkline._engine.proxies import EnvironmentProxies
from trunkline.errors import ConfigurationError

PROXY = "http://proxy.example:3128"


def origin(url: str) -> Origin:
    parts = urlsplit(url)
    return Origin(parts.scheme.encode(), (parts.hostname or "").encode(), parts.port)


def proxy_of(url: str, **environment: str) -> str | None:
    found = EnvironmentProxies(environment)(origin(url))
    return found and f"{found.source} {found.origin.netloc.decode()}"


@pytest.mark.parametrize(
    ("listed", "direct", "through"),
    [
        ("*", "https://api.example", ""),
        ("example.com", "https://api.example.com", "https://badexample.com"),
        (".example.com", "https://example.com", "https://example.com.org"),
        ("*.example.com", "https://api.example.com", "https://example.org"),
        ("other, EXAMPLE.com", "https://example.com.", "https://api.example"),
        ("example.com:8443", "https://example.com:8443", "https://example.com"),
        ("example.com:443", "https://example.com", "http://example.com"),
        ("10.1.2.3", "http://10.1.2.3:9000", "http://10.1.2.4"),
        ("10.1.2.3:9000", "http://10.1.2.3:9000", "http://10.1.2.3:9001"),
        ("10.0.0.0/8", "http://10.250.0.1", "http://11.0.0.1"),
        ("::1", "http://[::1]:8080", "http://[::2]:8080"),
        ("[::1]:8080", "http://[::1]:8080", "http://[::1]:8081"),
        ("[::1]", "http://[::1]:8080", "http://127.0.0.1"),
        ("fd00::/8", "http://[fd12::1]", "http://[fe80::1]"),
        ("10.0.0.0/99 0.0.1", "", "http://10.0.0.1"),
        (", .", "", "https://api.example"),
    ],
)
def test_no_proxy_names_servers(listed: str, direct: str, through: str) -> None:
    """Names with their subdomains, addresses, networks, each with a port or without."""
    variables = {"http_proxy": PROXY, "https_proxy": PROXY, "no_proxy": listed}
    if direct:
        assert proxy_of(direct, **variables) is None
    if through:
        assert proxy_of(through, **variables) is not None


@pytest.mark.parametrize(
    ("variables", "named"),
    [
        ({"http_proxy": PROXY, "HTTP_PROXY": "http://b:1"}, "http_proxy proxy.example:3128"),
        ({"HTTP_PROXY": "b:1"}, "HTTP_PROXY b:1"),
        ({"HTTP_PROXY": "b:1", "REQUEST_METHOD": "GET"}, None),
        ({"HTTPS_PROXY": "b:1"}, None),
        ({"ALL_PROXY": "b:1"}, "ALL_PROXY b:1"),
        ({"ALL_PROXY": "socks5://b:1"}, None),
    ],
)
def test_one_variable_decides(variables: dict[str, str], named: str | None) -> None:
    """Lower case first; under CGI, HTTP_PROXY is set by the client; ALL_PROXY if it is HTTP."""
    assert proxy_of("http://api.example", **variables) == named


@pytest.mark.parametrize(
    ("url", "text"),
    [
        ("socks5://user:word@b:1", "HTTP_PROXY names a socks5 proxy.*http_client="),
        ("https://b:1", "HTTP_PROXY names a https proxy"),
        ("http://user:word@", "HTTP_PROXY must be a URL such as"),
        ("http://b:0", "HTTP_PROXY must be a URL such as"),
        ("http://b:word", "HTTP_PROXY must be a URL such as"),
    ],
)
def test_an_unusable_variable_is_named(url: str, text: str) -> None:
    """The error says which one and what to do, and does not show a password."""
    with pytest.raises(ConfigurationError, match=text) as caught:
        proxy_of("http://api.example", HTTP_PROXY=url)
    assert "word" not in str(caught.value)
