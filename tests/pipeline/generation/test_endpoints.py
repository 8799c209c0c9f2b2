"""The behaviour of our templates' endpoint functions, over real sockets."""

from __future__ import annotations

import asyncio
import io
import json
import pickle
import subprocess
import sys
from importlib import import_module
from typing import TYPE_CHECKING, Any

import pytest
from tests.pipeline.scripted_server import ScriptedServer

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from types import ModuleType

THING = {"id": "t1", "mood": "calm", "made_at": "2026-11-02T10:00:00Z", "maybe": None}
BODY = json.dumps(THING).encode()


@pytest.fixture
def server() -> Iterator[ScriptedServer]:
    with ScriptedServer() as server:
        yield server


@pytest.fixture
def client(generated: Path, server: ScriptedServer) -> Iterator[Any]:
    assert generated.is_dir()
    with import_module("mini").Client(base_url=server.url) as made:
        yield made


def endpoint(name: str) -> ModuleType:
    return import_module(f"mini.api.things.{name}")


@pytest.mark.parametrize("status", [200, 201, 202, 226, 299])
def test_any_success_with_a_body_is_decoded(
    client: Any, server: ScriptedServer, status: int
) -> None:
    """An undocumented success is decoded as the documented one."""
    server.answer(status, BODY)
    response = endpoint("get_thing").sync_detailed("t1", client=client)
    assert (response.status_code, type(response.status_code)) == (status, int)
    assert response.parsed.id == "t1"


@pytest.mark.parametrize("status", [201, 204, 299])
def test_any_success_without_a_body_is_none(
    client: Any, server: ScriptedServer, status: int
) -> None:
    """Without a body, `parsed` is None."""
    server.answer(status)
    response = endpoint("get_thing").sync_detailed("t1", client=client)
    assert (response.status_code, response.parsed) == (status, None)


@pytest.mark.parametrize("status", [302, 499, 520, 599])
def test_any_other_status_comes_back(client: Any, server: ScriptedServer, status: int) -> None:
    """Every status can be represented."""
    server.answer(status, b"<html>")
    response = endpoint("get_thing").sync_detailed("t1", client=client)
    assert (response.status_code, response.content, response.parsed) == (status, b"<html>", None)


def test_an_undocumented_status_raises_on_request(client: Any, server: ScriptedServer) -> None:
    """`raise_on_unexpected_status` works as in the generator; the message omits the body."""
    client.raise_on_unexpected_status = True
    server.answer(520, b"+15555550123")
    errors = import_module("mini.errors")
    with pytest.raises(errors.UnexpectedStatus, match="520") as caught:
        endpoint("get_thing").sync_detailed("t1", client=client)
    assert caught.value.content == b"+15555550123"
    assert "5555550123" not in str(caught.value)
    assert pickle.loads(pickle.dumps(caught.value)).status_code == 520


def test_a_default_response_is_not_mistaken_for_a_success(
    client: Any, server: ScriptedServer
) -> None:
    """`default` describes failures; an undocumented 200 is decoded as the documented 202."""
    models = import_module("mini.models")
    create = endpoint("create_thing")
    made = models.Thing.from_dict(THING)
    assert isinstance(_answer(server, 200, BODY, create, client, made), models.Thing)
    assert isinstance(_answer(server, 418, b"{}", create, client, made), models.Problem)


def _answer(
    server: ScriptedServer, status: int, body: bytes, module: ModuleType, client: Any, thing: Any
) -> Any:
    server.answer(status, body)
    return module.sync(client=client, body=thing)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html>sorry</html>",
        b"{",
        b"\xff\xfe",
        b"[" * 200_000,
    ],
    ids=["empty", "html", "cut", "binary", "deep"],
)
def test_a_body_that_is_no_json_is_one_kind_of_error(
    client: Any, server: ScriptedServer, body: bytes
) -> None:
    """No KeyError, JSONDecodeError or RecursionError reaches the caller."""
    server.answer(200, body)
    errors = import_module("mini.errors")
    with pytest.raises(errors.InvalidResponse) as caught:
        endpoint("get_thing").sync_detailed("t1", client=client)
    assert (caught.value.status_code, caught.value.content) == (200, body)
    assert caught.value.__cause__ is not None
    assert pickle.loads(pickle.dumps(caught.value)).status_code == 200


def test_the_hook_decides_what_is_raised(client: Any, server: ScriptedServer) -> None:
    """A client can raise its own exception; the hook gets the response and the cause."""
    seen: list[Any] = []

    def hook(response: Any, cause: Exception) -> Exception:
        seen.extend([response.status_code, type(cause)])
        return LookupError("mine")

    client.invalid_response = hook
    server.answer(200, b"{")
    with pytest.raises(LookupError, match="mine"):
        endpoint("get_thing").sync("t1", client=client)
    assert seen == [200, json.JSONDecodeError]


@pytest.mark.parametrize("body", [b"[]", b"null", b'"text"', b"5", b"{}"])
def test_any_json_becomes_the_model(client: Any, server: ScriptedServer, body: bytes) -> None:
    """The received JSON is available; reading a missing field is an error."""
    server.answer(200, body)
    made = endpoint("get_thing").sync("t1", client=client)
    assert made.raw == json.loads(body)
    assert isinstance(made, import_module("mini.models").Thing)
    with pytest.raises(AttributeError, match=r"Thing.id .* the response of getThing has no"):
        _ = made.id


def test_a_client_hears_of_deviations_of_successes(client: Any, server: ScriptedServer) -> None:
    """The hook gets the response and its deviations; its exception reaches the caller."""
    seen: list[Any] = []

    def hook(response: Any, deviations: Any) -> None:
        seen.extend((response.status_code, each.pointer) for each in deviations)
        raise LookupError("strict")

    client.deviating = hook
    server.answer(404, b'{"message": 5}')
    endpoint("get_thing").sync("t1", client=client)
    server.answer(200, json.dumps({**THING, "size": "5", "day": None, "new": 1}).encode())
    with pytest.raises(LookupError, match="strict"):
        endpoint("get_thing").sync("t1", client=client)
    assert seen == [(200, "/day"), (200, "/size")]


def test_the_async_function_does_the_same(generated: Path, server: ScriptedServer) -> None:
    """Sync and async use the same decoding."""
    assert generated.is_dir()
    server.answer(299, BODY)

    async def call() -> Any:
        async with import_module("mini").Client(base_url=server.url) as client:
            return await endpoint("get_thing").asyncio("t1", client=client)

    assert asyncio.run(call()).id == "t1"


def test_text_and_nothing_are_decoded(client: Any, server: ScriptedServer) -> None:
    """Media types other than JSON, and operations without a body, work too."""
    server.answer(200, "grüße".encode(), "text/plain; charset=utf-8")
    assert endpoint("get_text").sync(client=client) == "grüße"
    server.answer(204)
    assert endpoint("delete_thing").sync_detailed("t1", client=client).status_code == 204


def test_a_union_of_models_enums_and_null_is_decoded(client: Any, server: ScriptedServer) -> None:
    """Each item is decoded as the matching member, in a response documented as 2XX."""
    models = import_module("mini.models")
    server.answer(206, json.dumps([THING, "wild", None]).encode())
    thing, mood, nothing = endpoint("list_things").sync(client=client)
    assert (thing.id, mood, nothing) == ("t1", models.Mood.WILD, None)


@pytest.mark.parametrize(
    ("value", "path"),
    [
        ("a/b", "/things/a%2Fb"),
        ("a?b#c", "/things/a%3Fb%23c"),
        ("..", "/things/%2E%2E"),
        (".", "/things/%2E"),
        ("ü ", "/things/%C3%BC%20"),
        ("a.b", "/things/a.b"),
        ("%2e", "/things/%252e"),
    ],
)
def test_a_path_argument_stays_one_segment(
    client: Any, server: ScriptedServer, value: str, path: str
) -> None:
    """No id can change other segments of the path."""
    server.answer(200, BODY)
    endpoint("get_thing").sync(value, client=client)
    assert server.path == path


def test_the_request_can_be_had_without_sending_it(generated: Path) -> None:
    """`get_kwargs` is public and has the contract's operation id."""
    assert generated.is_dir()
    module = endpoint("get_thing")
    kwargs = module.get_kwargs("t1", x_trace="x")
    assert kwargs["url"] == "/things/t1"
    assert kwargs["headers"] == {"X-Trace": "x"}
    assert kwargs["extensions"] == {"trunkline": module.OPERATION}
    assert module.OPERATION == {"operation_id": "getThing", "path_template": "/things/{thing_id}"}


def test_the_multipart_boundary_is_random(client: Any, server: ScriptedServer) -> None:
    """A file may contain anything, even the generator's own boundary."""
    models, types = import_module("mini.models"), import_module("mini.types")
    server.answer(200, BODY)
    payload = b"--+++\r\n--+++--"
    upload = models.Upload(file=types.File(io.BytesIO(payload), "a.bin"), note="n")
    endpoint("upload_thing").sync(client=client, body=upload)
    boundary = server.headers["Content-Type"].partition("boundary=")[2].encode()
    assert len(boundary) > 16
    assert payload in server.sent
    assert len(server.sent.split(b"--" + boundary)) == 4


def test_a_client_shows_no_secret_and_waits_not_for_ever(generated: Path) -> None:
    """The token is in no repr, and a request times out after 20 seconds by default."""
    assert generated.is_dir()
    mini = import_module("mini")
    client = mini.AuthenticatedClient("https://example.com", token="s3cret", headers={"A": "zz"})
    httpx_client = client.get_httpx_client()
    assert httpx_client.headers["Authorization"] == "Bearer s3cret"
    assert (httpx_client.timeout.read, httpx_client.timeout.connect) == (20, 5)
    assert "s3cret" not in repr(client)
    assert "zz" not in repr(client)
    httpx_client.close()


def test_importing_an_endpoint_is_cheap(generated: Path) -> None:
    """httpx, attrs and the models are imported only when a request is made."""
    code = (
        "import sys; import mini.api.things.get_thing;"
        "print([m for m in sys.modules if m in ('httpx', 'attr', 'mini.client')"
        " or m.startswith('mini.models.')])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=generated, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"
