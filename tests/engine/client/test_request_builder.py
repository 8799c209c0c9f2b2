"""How a request is built, without a network."""

from __future__ import annotations

from functools import reduce
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.engine.support import (
    KEY,
    build_request,
    failure,
    make_context,
)

from trunkline import errors

if TYPE_CHECKING:
    from trunkline._engine.session.context import ClientContext


def headers_of(context: ClientContext, **arguments: Any) -> dict[str, str]:
    request = build_request(context, "POST", "/x", **arguments)
    return {name.decode(): value.decode() for name, value in request.headers}


def test_a_request_is_built_once() -> None:
    """Method, target, headers and body are frozen before the first attempt."""
    context = make_context(base_url="https://api.acme.example/v2", headers={"X-Tenant": "7"})
    request = build_request(
        context, "POST", "/calls", json={"to": "ü"}, params={"dry": True, "n": [1, 2]}
    )
    assert request.target == b"/v2/calls?dry=true&n=1&n=2"
    assert request.content == '{"to":"ü"}'.encode()
    assert (b"Authorization", f"Bearer {KEY}".encode()) in request.headers
    assert (b"Content-Length", b"%d" % len(request.content)) in request.headers
    assert (b"Content-Type", b"application/json") in request.headers
    assert (b"X-Tenant", b"7") in request.headers
    assert (b"Host", b"api.acme.example") in request.headers


def test_the_caller_s_headers_replace_the_client_s_own() -> None:
    """The caller's User-Agent is sent alone."""
    found = [
        (name, value)
        for name, value in build_request(
            make_context(headers={"user-agent": "mine"}), "GET", "/x"
        ).headers
        if name.lower() == b"user-agent"
    ]
    assert found == [(b"user-agent", b"mine")]


@pytest.mark.parametrize(
    ("url", "target"),
    [
        ("/a/b", b"/a/b"),
        ("/a b", b"/a%20b"),
        ("/ä", b"/%C3%A4"),
        ("/a%2Fb", b"/a%2Fb"),
        ("/a?x=1", b"/a?x=1"),
        ("/a\r\nHost: evil", b"/a%0D%0AHost:%20evil"),
        ("/a#fragment", b"/a"),
    ],
)
def test_paths_go_out_as_a_target(url: str, target: bytes) -> None:
    """Characters that HTTP does not allow are escaped, once."""
    assert build_request(make_context(), "GET", url).target == target


def test_a_query_joins_the_query_that_is_there() -> None:
    """Further parameters are added to a path with a query."""
    assert build_request(make_context(), "GET", "/a?x=1", params={"y": 2}).target == b"/a?x=1&y=2"


@pytest.mark.parametrize(
    "arguments",
    [
        {"url": "https://elsewhere.example/x"},
        {"url": "x"},
        {"url": "/\ud800"},
        {"params": {"a": "\ud800"}},
        {"params": 7},
        {"json": float("nan")},
        {"json": object()},
        {"content": "text"},
        {"content": 7},
        {"data": 7},
        {"data": {"deep": reduce(lambda inner, _: [inner], range(5000), [])}},
        {"files": {"f": 7}},
        {"headers": {"X": "ü"}},
        {"headers": {"X": "a\nb"}},
        {"cookies": {"a": "b"}},
        {"auth": ("user", "word")},
        {"timeout": 5},
        {"follow_redirects": True},
    ],
)
def test_what_cannot_be_sent_is_refused_before_anything_is(arguments: dict[str, Any]) -> None:
    """Each is an InvalidArgumentError that does not show the value."""
    url = arguments.pop("url", "/x")
    with pytest.raises(errors.InvalidArgumentError) as caught:
        build_request(make_context(), "POST", url, **arguments)
    assert "word" not in str(caught.value)


def test_the_defaults_of_httpx_are_taken() -> None:
    """Httpx's own get() and post() pass arguments that the caller did not give."""
    nothing: dict[str, Any] = dict.fromkeys(("auth", "timeout"), httpx.USE_CLIENT_DEFAULT)
    assert build_request(make_context(), "GET", "/x", cookies=None, **nothing).target == b"/x"


def test_forms_are_encoded_by_httpx() -> None:
    """A form has its own content type and length."""
    found = headers_of(make_context(), data={"From": "+1 555"})
    assert found["Content-Type"] == "application/x-www-form-urlencoded"
    assert headers_of(make_context(), files={"f": b"x"})["Content-Type"].startswith("multipart/")
    assert headers_of(make_context(), content=b"x")["Content-Type"] == "application/octet-stream"
    assert headers_of(make_context())["Content-Length"] == "0"


@given(
    st.text(),
    st.dictionaries(st.text(), st.text() | st.integers() | st.none() | st.lists(st.text())),
)
def test_any_path_and_query_is_sent_or_refused(path: str, params: dict[str, Any]) -> None:
    """The target is ASCII without spaces or line ends, or an SDK error is raised."""
    found = failure(lambda: build_request(make_context(), "GET", "/" + path, params=params))
    assert found is None or isinstance(found, errors.InvalidArgumentError)
    if found is None:
        target = build_request(make_context(), "GET", "/" + path, params=params).target.decode(
            "ascii"
        )
        assert target.isprintable()
        assert " " not in target
