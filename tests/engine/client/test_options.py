"""Options of clients and calls, and their headers, keys and base URLs."""

from __future__ import annotations

import contextlib
import math
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from trunkline._engine.headers import header_pairs
from trunkline._engine.options import LONGEST_PHASE, Options, checked_key
from trunkline._engine.urls import ascii_host, checked_base_url
from trunkline._secret import Secret
from trunkline.errors import ConfigurationError, InvalidArgumentError

DEFAULT = Options()


def test_one_number_is_the_limit_of_every_phase() -> None:
    """timeout=3 limits connecting, reading, writing and waiting for a connection."""
    changed = DEFAULT.changed(timeout=3)
    assert (changed.connect, changed.read, changed.write, changed.pool) == (3, 3, 3, 3)
    assert changed.deadline == DEFAULT.deadline


def test_an_httpx_timeout_sets_each_phase() -> None:
    """An httpx.Timeout is taken phase by phase."""
    changed = DEFAULT.changed(timeout=httpx.Timeout(1, connect=2, pool=3))
    assert (changed.connect, changed.read, changed.write, changed.pool) == (2, 1, 1, 3)


@pytest.mark.parametrize("timeout", [httpx.Timeout(None), httpx.Timeout(5, read=None)])
def test_a_phase_without_a_limit_is_refused(timeout: httpx.Timeout) -> None:
    """A missing timeout never means forever."""
    with pytest.raises(InvalidArgumentError, match="without a limit"):
        DEFAULT.changed(timeout=timeout)


@pytest.mark.parametrize("timeout", [86_401, 1e9, 1e300])
def test_a_phase_is_a_day_at_most(timeout: float) -> None:
    """A number too large for the operating system's timers is capped."""
    assert DEFAULT.changed(timeout=timeout).read == LONGEST_PHASE


@pytest.mark.parametrize("value", [0, -1, math.nan, -math.inf, True, "5", [], object()])
@pytest.mark.parametrize("name", ["timeout", "deadline", "max_wait", "max_response_bytes"])
def test_amounts_are_above_zero(name: str, value: Any) -> None:
    """Every amount is a number above 0; the error names the option."""
    with pytest.raises(InvalidArgumentError, match=name):
        DEFAULT.changed(**{name: value})


@pytest.mark.parametrize("value", [math.inf, 10**400])
def test_deadline_and_longest_wait_may_be_endless(value: float) -> None:
    """For those two, infinity means no limit."""
    changed = DEFAULT.changed(deadline=value, max_wait=value)
    assert changed.deadline == changed.max_wait == math.inf
    with pytest.raises(InvalidArgumentError):
        DEFAULT.changed(max_response_bytes=value)


@pytest.mark.parametrize("value", [-1, True, 1.0, "2", math.inf])
def test_retries_are_a_whole_number(value: Any) -> None:
    """max_retries is 0 or more, and no other number."""
    with pytest.raises(InvalidArgumentError, match="max_retries"):
        DEFAULT.changed(max_retries=value)


def test_none_leaves_an_option_as_it_is() -> None:
    """Only what is given changes."""
    some = DEFAULT.changed(deadline=5, max_retries=7, key="order-1", headers={"X-A": "1"})
    same = some.changed(deadline=None, max_retries=None, key=None, headers=None, timeout=None)
    assert same == some


def test_headers_add_up() -> None:
    """Headers of a call are added to those of the client."""
    both = DEFAULT.changed(headers={"X-A": "1"}).changed(headers={"X-B": " 2 "})
    assert both.headers == ((b"X-A", b"1"), (b"X-B", b"2"))


def test_the_last_header_of_a_name_counts() -> None:
    """Whatever its case: with two of them the server would choose."""
    some = DEFAULT.changed(headers={"Accept": "a", "accept": "b", "X-A": "1"})
    assert some.headers == ((b"accept", b"b"), (b"X-A", b"1"))
    assert some.changed(headers={"x-a": "2"}).headers == ((b"accept", b"b"), (b"x-a", b"2"))


@pytest.mark.parametrize("headers", [[("a", "b")], "x", 5, {"a"}])
def test_headers_are_a_mapping(headers: Any) -> None:
    """Anything else is refused; the error names its type."""
    with pytest.raises(InvalidArgumentError, match=f"not {type(headers).__name__}"):
        DEFAULT.changed(headers=headers)


@pytest.mark.parametrize("url", ["https://h\tx/", "https://h/\n", "https://h/\ud800"])
def test_a_base_url_with_what_cannot_be_seen_is_refused(url: str) -> None:
    """The standard library silently drops tabs and line ends: the key would go elsewhere."""
    with pytest.raises(ConfigurationError, match="must look like"):
        checked_base_url(url, "Acme")


@pytest.mark.parametrize(
    "headers",
    [
        {"": "x"},
        {"X A": "x"},
        {"X:": "x"},
        {"Ä": "x"},
        {"X\n": "x"},
        {"X": "a\r\nb"},
        {"X": "ü"},
        {"X": "\x00"},
        {"X": 5},
        {5: "x"},
    ],
)
def test_headers_that_http_cannot_carry_are_refused(headers: Any) -> None:
    """A name or value outside the grammar is refused before it can split a request."""
    with pytest.raises(InvalidArgumentError, match="header"):
        header_pairs(headers)


@pytest.mark.parametrize("name", ["Host", "content-length", "Transfer-Encoding", "AUTHORIZATION"])
def test_headers_that_the_client_writes_are_not_free(name: str) -> None:
    """A second length, host or key would contradict the client's own."""
    with pytest.raises(InvalidArgumentError, match="itself"):
        header_pairs({name: "x"})


def test_a_refused_header_keeps_its_value_to_itself() -> None:
    """The value may be a secret."""
    with pytest.raises(InvalidArgumentError) as caught:
        header_pairs({"X-Token": "sécret-value"})
    assert "cret" not in str(caught.value)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://api.example.com", "https://api.example.com"),
        ("https://api.example.com/", "https://api.example.com"),
        ("http://LOCALHOST:8080/a/b/", "http://localhost:8080/a/b"),
        ("https://bücher.example/ä b", "https://xn--bcher-kva.example/%C3%A4%20b"),
        ("http://[::1]:80/x", "http://[::1]:80/x"),
        ("http://127.0.0.1", "http://127.0.0.1"),
        ("https://a_b.example.com.", "https://a_b.example.com."),
    ],
)
def test_base_urls_are_normalised(url: str, expected: str) -> None:
    """One form of host and path, without a trailing slash."""
    assert checked_base_url(url, "Acme") == expected
    assert checked_base_url(expected, "Acme") == expected


@pytest.mark.parametrize(
    "url",
    [
        "api.example.com",
        "https://",
        "https:///path",
        "ftp://x",
        "https://a..b",
        "https://.a",
        "https://-a.example",
        "https://exa mple",
        "https://" + "a" * 64 + ".example",
        "https://" + "a." * 127 + "example",
        "https://host:99999",
        "https://host:x",
        "https://host:0",
        "https://[::1",
        "https://[nonsense]",
        "https://host?a=1",
        "https://host#x",
        "https://user@host",
        "https://user:hunter2@host",
        "https://\ud800.example",
        5,
        None,
        b"https://x",
    ],
)
def test_base_urls_without_a_host_are_refused(url: Any) -> None:
    """A URL to which no request can be sent is refused when the client is created."""
    with pytest.raises(ConfigurationError, match="base_url") as caught:
        checked_base_url(url, "Acme")
    assert "hunter2" not in str(caught.value)


@given(st.text(max_size=40))
def test_no_base_url_raises_anything_else(text: str) -> None:
    """Any text is a base URL or a ConfigurationError."""
    for url in (text, f"https://{text}", f"http://host/{text}"):
        try:
            checked = checked_base_url(url, "Acme")
        except ConfigurationError:
            continue
        assert checked.isascii()
        assert checked == checked_base_url(checked, "Acme")


@given(st.text(max_size=80))
def test_a_host_is_ascii_or_refused(text: str) -> None:
    """Any text becomes an ASCII host or a ValueError."""
    with contextlib.suppress(ValueError):
        assert ascii_host(text).isascii()


@pytest.mark.parametrize("key", ["a b", "a\n", "ключ", "\x7f"])
def test_a_key_that_no_header_carries_is_refused(key: Any) -> None:
    """The error names the argument and the variable, not the key."""
    with pytest.raises(ConfigurationError, match=r"api_key=.*ACME_API_KEY") as caught:
        checked_key(key, "ACME_API_KEY", "api_key", "Acme")
    assert key not in str(caught.value)


@pytest.mark.parametrize(
    ("key", "said"),
    [
        (None, r"needs a key: pass api_key=.*ACME_API_KEY"),
        ("", r"api_key is empty.*ACME_API_KEY"),
        (Secret(""), r"api_key is empty.*ACME_API_KEY"),
        (5, "api_key must be text, not int"),
        (b"key", "api_key must be text, not bytes"),
    ],
)
def test_a_key_that_is_none_says_what_to_do(key: Any, said: str) -> None:
    """The message has the remedy."""
    with pytest.raises(ConfigurationError, match=said):
        checked_key(key, "ACME_API_KEY", "api_key", "Acme")


def test_a_key_may_come_as_a_secret() -> None:
    """A Secret and a text mean the same."""
    assert checked_key(Secret("abc"), "V", "api_key", "Acme").reveal() == "abc"
    assert checked_key("abc", "V", "api_key", "Acme").reveal() == "abc"
