"""The names in the vendor's page and package keep working.

The tests against the vendor's package itself are in ``tests/interop``.
"""

from __future__ import annotations

import asyncio
import copy
import json
import pickle
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from fastapi import FastAPI, Request
from flask import Flask, request
from tests.pamela.support import KEY, TALKS_ON, TASK, TO, Plain

from trunkline import errors
from trunkline.pamela import Pamela, PamelaWebhook, compat
from trunkline.pamela.compat import PamelaClient, create_tool_handler, verify_webhook_signature

if TYPE_CHECKING:
    from collections.abc import Iterator

    from trunkline._engine.runtime import Runtime
    from trunkline.sandbox.server import Sandbox

SECRET = "whsec_page"


@pytest.fixture
def client(sandbox: Sandbox) -> Iterator[PamelaClient]:
    with PamelaClient(api_key=KEY, base_url=sandbox.pamela_url) as made:
        yield made


@pytest.fixture
def at_plain(plain: Plain) -> Iterator[PamelaClient]:
    # The server as a positional argument, as the vendor's own signature allows.
    with PamelaClient("pk_live_k", plain.url) as made:
        yield made


def test_the_basic_example_runs(client: PamelaClient) -> None:
    """The page's first example creates a call and reads its fields with brackets."""
    call = client.create_call(to="+1234567890", task=TASK, locale="en-US")
    status = client.get_call(call["id"])
    assert (
        f"Call created: {call['id']}" == f"Call created: {client.pamela.calls.get(call['id']).id}"
    )
    assert f"Call status: {status['status']}" == "Call status: queued"


def test_the_usage_example_runs(sandbox: Sandbox, client: PamelaClient) -> None:
    """The page's usage example prints calls, minutes, and the limit; null (no limit) is None."""
    client.create_call(to=TO, task=TASK)
    usage = client.usage.get()
    january = client.usage.get("2024-01")
    minutes = usage.get("api_minutes", 0)
    assert (usage["call_count"], minutes, january["call_count"]) == (1, 0, 0)
    assert january["period"] == client.get_usage("2024-01")["period"] == "2024-01"
    assert usage["quota"]["partner_limit"] is None
    assert usage.get("quota", {}).get("partner_limit", "Unlimited") is None
    sandbox.control.configure(pamela={"partner_limit": 9})
    assert client.get_usage().get("quota", {}).get("partner_limit", "Unlimited") == 9


def test_usage_without_quota_reads_as_in_the_example(at_plain: PamelaClient, plain: Plain) -> None:
    """A response without the optional parts gets the example's defaults."""
    plain.response({"period": "2024-01", "call_count": 150})
    usage = at_plain.usage.get("2024-01")
    assert usage.get("quota", {}).get("partner_limit", "Unlimited") == "Unlimited"
    assert usage.get("api_minutes", 0) == 0
    assert usage.get("project_id") is None


def flask_app(results: list[str]) -> Flask:
    """The page's two handlers in one application."""
    app = Flask("page")

    @app.route("/webhooks/pamela", methods=["POST"])
    def handle_webhook() -> Any:
        signature = request.headers.get("X-Pamela-Signature")
        payload = request.json
        if not verify_webhook_signature(payload, signature, SECRET):
            return {"error": "Invalid signature"}, 401
        assert payload is not None
        results.append(f"{payload['event']} {payload['call_id']}")
        return {"status": "ok"}, 200

    @app.route("/webhooks/pamela/tools", methods=["POST"])
    def handle_tool_webhook() -> Any:
        signature = request.headers.get("X-Pamela-Signature")
        payload = request.json
        if not verify_webhook_signature(payload, signature, SECRET):
            return {"error": "Invalid signature"}, 401
        assert payload is not None
        if payload["tool_name"] == "check_order_status":
            return {"result": payload["arguments"].get("order_id")}
        return {"error": "Unknown tool"}, 400

    return app


def test_the_webhook_examples_run() -> None:
    """The page's Flask handlers accept a signed payload and refuse an unsigned one."""
    results: list[str] = []
    http = flask_app(results).test_client()

    def post(path: str, payload: Any, secret: str = SECRET) -> Any:
        body = json.dumps(payload, separators=(",", ":"), sort_keys=True).encode()
        headers = {"X-Pamela-Signature": PamelaWebhook(secret).sign(body)}
        return http.post(path, data=body, headers=headers, content_type="application/json")

    event = {"event": "call.completed", "call_id": "call_123"}
    tool = {"tool_name": "check_order_status", "arguments": {"order_id": "7"}}
    assert post("/webhooks/pamela", event).json == {"status": "ok"}
    assert results == ["call.completed call_123"]
    assert post("/webhooks/pamela", event, "whsec_other").status_code == 401
    assert http.post("/webhooks/pamela", json=event).status_code == 401
    assert post("/webhooks/pamela/tools", tool).json == {"result": "7"}
    assert post("/webhooks/pamela/tools", {**tool, "tool_name": "x"}).status_code == 400
    assert post("/webhooks/pamela/tools", tool, "whsec_other").status_code == 401


def test_every_listed_method_works(sandbox: Sandbox, client: PamelaClient) -> None:
    """The whole life of calls and tools, under the vendor's names."""
    one = client.create_call(TO, TASK)["id"]
    two = client.create_call(TALKS_ON, TASK)["id"]
    assert client.cancel_call(one)["status"] == "cancelled"
    sandbox.control.advance(10)
    assert client.hangup_call(two)["status"] == "completed"
    page = client.list_calls(status="cancelled", limit=10)
    assert ([call["id"] for call in page["items"]], page["total"]) == ([one], 1)
    assert page.get("next_offset") is None
    tool = client.register_tool("check", "Look it up", {"type": "object"})
    assert [found["id"] for found in client.list_tools()] == [tool["tool_id"]]
    assert client.delete_tool(tool["tool_id"])["success"] is True


def test_status_filter_wins_over_status(client: PamelaClient) -> None:
    """Of the filter's two names the wire name wins, as in the vendor's package."""
    client.cancel_call(client.create_call(TO, TASK)["id"])
    found = client.list_calls("queued", "cancelled", 5, 0, "2020-01-01", "2100-01-01")
    assert [call["status"] for call in found["items"]] == ["cancelled"]


def test_empty_optionals_are_not_sent(at_plain: PamelaClient, plain: Plain) -> None:
    """Empty texts, objects and lists stay out of the body and the query, as in the package."""
    plain.response({"id": "call_1", "status": "queued", "items": []})
    at_plain.create_call(
        TO, TASK, "", "", "", None, "", "", "", metadata={}, tools=[], webhooks={}, end_user_id=""
    )
    assert plain.sent[-1].json == {"to": TO, "task": TASK}
    at_plain.list_calls("", "", 0, 0, "", "")
    assert plain.sent[-1].target == "/api/b2b/v1/calls"
    at_plain.list_calls(offset=20)
    assert plain.sent[-1].target == "/api/b2b/v1/calls?offset=20"
    at_plain.get_usage("")
    assert plain.sent[-1].target == "/api/b2b/v1/usage"


def test_a_tool_is_registered_with_the_package_s_defaults(
    at_plain: PamelaClient, plain: Plain
) -> None:
    """A tool without schema and timeout gets those that the package sends."""
    at_plain.register_tool("a", "b", {"type": "object"})
    assert plain.sent[-1].json["tool"]["output_schema"] == {}
    assert plain.sent[-1].json["tool"]["timeout_ms"] == 30000


def test_the_default_server_is_production() -> None:
    """Without a base URL the client uses the vendor's production server."""
    with PamelaClient("pk_live_k") as made:
        assert "https://api.thisispamela.com" in repr(made)


def test_the_attributes_of_the_vendor_s_client_are_there() -> None:
    """Key and addresses are readable; the key is in neither repr nor vars()."""
    with PamelaClient("pk_live_k", "https://voice.example/") as made:
        assert made.api_key == "pk_live_k"
        assert made.base_api_url == f"{made.base_url}/api/b2b/v1"
        assert made.base_url == "https://voice.example"
        assert isinstance(made.pamela, Pamela)
        assert "pk_live_k" not in repr(made) + repr(vars(made))


@pytest.mark.parametrize(
    ("name", "status", "bases"),
    [
        ("AuthenticationError", 401, [errors.AuthenticationError]),
        ("SubscriptionError", 403, [errors.SubscriptionError, errors.PermissionDeniedError]),
        ("RateLimitError", 429, [errors.RateLimitError]),
        ("ValidationError", 400, [errors.BadRequestError]),
        ("ValidationError", 422, [errors.UnprocessableEntityError]),
        ("CallError", 404, [errors.APIStatusError]),
        ("CallError", 500, [errors.APIStatusError]),
    ],
)
def test_an_error_is_the_vendor_s_and_ours(
    plain: Plain, hasty: Runtime, name: str, status: int, bases: list[type[Exception]]
) -> None:
    """Handlers for either class catch it, its cause is our own, and it pickles with its data."""
    plain.response({"error_code": 7, "message": "No", "details": {"retry_after": 9}}, status)
    with PamelaClient("pk_live_k", plain.url, max_retries=0, runtime=hasty) as client:
        with pytest.raises(compat.PamelaError, match="No") as caught:
            client.create_call(TO, TASK)
    error = caught.value
    assert type(error) is getattr(compat, name)
    assert all(isinstance(error, each) for each in [*bases, errors.APIError])
    assert type(error.__cause__).__module__ == "trunkline.errors"
    assert error.maybe_accepted is (status == 500)
    for same in (pickle.loads(pickle.dumps(error)), copy.deepcopy(error), error):
        assert (same.message, same.error_code, same.status_code) == ("No", 7, status)
        assert same.details == {"retry_after": 9}
        assert (same.operation_id, same.retry_after) == ("create_call", error.retry_after)


def test_no_connection_is_no_error_of_the_vendor(hasty: Runtime) -> None:
    """As in the package, a handler for PamelaError does not catch it."""
    with PamelaClient("pk_live_k", "http://127.0.0.1:1", max_retries=0, runtime=hasty) as client:
        with pytest.raises(errors.APIConnectionError) as caught:
            client.create_call(TO, TASK)
    assert not isinstance(caught.value, compat.PamelaError)


def test_what_cannot_be_sent_is_an_argument_error(client: PamelaClient) -> None:
    """An id that would reach another path is not sent, nor is a value that JSON lacks."""
    for call_id in ("", " "):
        with pytest.raises(errors.InvalidArgumentError, match="call_id"):
            client.get_call(call_id)
    with pytest.raises(errors.InvalidArgumentError, match="JSON"):
        client.create_call(TO, TASK, metadata={"at": object()})
    assert client.list_calls()["items"] == []


def _signed_request(payload: Any, secret: str = SECRET) -> dict[str, Any]:
    body = json.dumps(payload).encode()
    signature = PamelaWebhook(secret).sign(body)
    # Not the body is signed, but its canonical form.
    canonical = json.dumps(payload, sort_keys=True, separators=(",", ":")).encode()
    headers = {"X-Pamela-Signature": PamelaWebhook(secret).sign(canonical)}
    assert signature != headers["X-Pamela-Signature"]
    return {"content": body, "headers": {**headers, "content-type": "application/json"}}


TOOL_CALL = {"tool_name": "check", "arguments": {}, "call_id": "c", "correlation_id": "k"}


@create_tool_handler(SECRET)
async def handle_tool(payload: dict[str, Any]) -> dict[str, Any]:
    """The handler of the vendor's example."""
    return {"result": payload["tool_name"]}


def test_a_tool_handler_in_flask() -> None:
    """An authentic request reaches the handler, any other is a 401."""
    app = Flask(__name__)

    @app.post("/tools")
    def tools() -> Any:
        return asyncio.run(handle_tool(request))

    http = app.test_client()
    good, bad = _signed_request(TOOL_CALL), _signed_request(TOOL_CALL, "whsec_other")
    assert http.post("/tools", data=good["content"], headers=good["headers"]).json == {
        "result": "check"
    }
    refused = http.post("/tools", data=bad["content"], headers=bad["headers"])
    assert (refused.status_code, refused.json) == (401, {"error": "Invalid signature"})


def test_a_tool_handler_in_fastapi() -> None:
    """It works there too, and a refusal is a 401 and not a list with status 200."""
    app = FastAPI()

    async def tools(request: Request) -> Any:
        return await handle_tool(request)

    app.post("/tools", response_model=None)(tools)
    tools.__annotations__["request"] = Request
    good, bad = _signed_request(TOOL_CALL), _signed_request(TOOL_CALL, "whsec_other")
    no_json = {**bad, "content": b"{"}

    async def post() -> list[httpx.Response]:
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="http://tools.example") as http:
            return [await http.post("/tools", **sent) for sent in (good, bad, no_json)]

    handled, *refused = asyncio.run(post())
    assert handled.json() == {"result": "check"}
    for answer in refused:
        assert (answer.status_code, answer.json()) == (401, {"error": "Invalid signature"})


def test_arguments_that_json_cannot_hold_are_refused() -> None:
    """Nesting beyond Python's stack raises the same error as a wrong type."""
    deep: Any = []
    for _ in range(3000):
        deep = [deep]
    with PamelaClient("k", "http://127.0.0.1:1", max_retries=0) as client:
        with pytest.raises(errors.InvalidArgumentError, match="nests too deep"):
            client.create_call(to="+15555550123", task="x", metadata={"a": deep})
        with pytest.raises(errors.InvalidArgumentError, match="nests too deep"):
            client.register_tool("n", "d", {"a": deep})
        with pytest.raises(errors.InvalidArgumentError, match="JSON"):
            client.create_call(to="+15555550123", task="x", webhooks={1})  # type: ignore[arg-type]
