"""What the vendor's page and package show keeps working under the same names."""

from __future__ import annotations

import inspect
import json
from typing import TYPE_CHECKING, Any

import pytest
from flask import Flask, request
from tests.pamela.support import KEY, TALKS_ON, TASK, TO, Plain

from trunkline import errors
from trunkline.pamela import PamelaClient, PamelaWebhook, verify_webhook_signature

if TYPE_CHECKING:
    from collections.abc import Iterator

    from trunkline.sandbox.server import Sandbox

SECRET = "whsec_page"


@pytest.fixture
def client(sandbox: Sandbox) -> Iterator[PamelaClient]:
    with PamelaClient(api_key=KEY, base_url=sandbox.pamela_url) as made:
        yield made


@pytest.fixture
def at_plain(plain: Plain) -> Iterator[PamelaClient]:
    # The server by place, as the vendor's own signature allows.
    with PamelaClient("pk_live_k", plain.url) as made:
        yield made


def test_the_basic_example_runs(client: PamelaClient) -> None:
    """The page's first example creates a call and reads it back by names in brackets."""
    call = client.create_call(to="+1234567890", task=TASK, locale="en-US")
    status = client.get_call(call["id"])
    assert f"Call created: {call['id']}" == f"Call created: {call.id}"
    assert f"Call status: {status['status']}" == "Call status: queued"


def test_the_usage_example_runs(sandbox: Sandbox, client: PamelaClient) -> None:
    """The page's usage example prints calls, minutes, and the limit; null, for none, is None."""
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
    """A response that lacks the optional parts takes the example's defaults."""
    plain.response({"period": "2024-01", "call_count": 150})
    usage = at_plain.usage.get("2024-01")
    assert usage.get("quota", {}).get("partner_limit", "Unlimited") == "Unlimited"
    assert usage.get("api_minutes", 0) == 0
    assert usage.get("project_id") is None


def flask_app(results: list[str]) -> Flask:
    """The two handlers of the page, joined."""
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
    """The page's Flask handlers take a signed payload and refuse an unsigned one."""
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
    """Calls and tools live their whole lives under the vendor's names."""
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
    """Of the two names of the filter the wire's is taken, as in the vendor's package."""
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
    """Without schema and time of its own a tool gets those that the package sends."""
    at_plain.register_tool("a", "b", {"type": "object"})
    assert plain.sent[-1].json["tool"]["output_schema"] == {}
    assert plain.sent[-1].json["tool"]["timeout_ms"] == 30000


def test_arguments_in_the_order_of_the_package() -> None:
    """Names and order of arguments are those of the vendor's package 1.2.0."""
    expected = {
        "__init__": "api_key base_url",
        "create_call": "to task country locale instructions max_duration_seconds voice agent_name "
        "caller_name metadata tools webhooks end_user_id",
        "get_call": "call_id",
        "list_calls": "status status_filter limit offset start_date end_date",
        "cancel_call": "call_id",
        "hangup_call": "call_id",
        "register_tool": "name description input_schema output_schema timeout_ms",
        "list_tools": "",
        "delete_tool": "tool_id",
        "get_usage": "period",
    }
    for name, names in expected.items():
        parameters = inspect.signature(getattr(PamelaClient, name)).parameters.values()
        found = [p.name for p in parameters if p.kind is p.POSITIONAL_OR_KEYWORD]
        assert found == ["self", *names.split()]


def test_a_list_of_another_shape_is_not_lost(at_plain: PamelaClient, plain: Plain) -> None:
    """A page without items holds what came, and says that they are absent when they are read."""
    plain.response({"calls": []})
    page = at_plain.list_calls()
    assert page.raw == {"calls": []}
    with pytest.raises(errors.MissingFieldError, match="items"):
        _ = page.items


def test_the_default_server_is_production() -> None:
    """Without a base URL the client speaks to the vendor's production server."""
    with PamelaClient("pk_live_k") as made:
        assert "https://api.thisispamela.com" in repr(made)
