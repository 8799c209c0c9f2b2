"""Pamela's webhooks and tools in the sandbox."""

from __future__ import annotations

import hashlib
import hmac
import json
from typing import TYPE_CHECKING, Any

import pytest
from tests.request_bodies import request_body

from trunkline.sandbox.contract.examples import example_from_schema

if TYPE_CHECKING:
    import httpx
    from tests.sandbox.support import Received, Receiver

    from trunkline.sandbox import Control

CALL = request_body("pamela", "create_call", to="+15551234567", task="t")
TOOL = {
    "name": "check_order_status",
    "description": "State of an order",
    "input_schema": {"type": "object", "properties": {"order_id": {"type": "string"}}},
}


def signature(data: bytes, secret: str = "whsec_sandbox") -> str:
    return hmac.new(secret.encode(), data, hashlib.sha256).hexdigest()


def canonical(received: Received, separators: tuple[str, str] = (",", ":")) -> bytes:
    return json.dumps(received.json, sort_keys=True, separators=separators).encode()


def create(pamela: httpx.Client, **fields: Any) -> str:
    return str(pamela.post("/calls", json={**CALL, **fields}).json()["id"])


def test_a_call_is_told_event_by_event(
    pamela: httpx.Client, control: Control, receiver: Receiver
) -> None:
    """The call's own URL gets queued, started, every new entry and completed, in order."""
    call = create(pamela, webhooks={"webhook_url": receiver.url})
    control.advance(60)
    updates = ["call.transcript_update"] * 4
    assert receiver.events == ["call.queued", "call.started", *updates, "call.completed"]
    last = receiver.received[-1].json
    assert (last["call_id"], last["status"], len(last["transcript"])) == (call, "completed", 4)
    assert all(received.json["timestamp"].endswith("Z") for received in receiver.received)


def test_the_account_s_url_hears_of_calls_without_one(
    pamela: httpx.Client, control: Control, receiver: Receiver
) -> None:
    """The configured URL is used when the call has none."""
    control.configure(pamela={"webhook_url": receiver.url})
    create(pamela, to="+15005550001")
    control.advance(10)
    assert receiver.events == ["call.queued", "call.failed"]


def test_a_cancelled_call_has_no_event(
    pamela: httpx.Client, control: Control, receiver: Receiver
) -> None:
    """No event is documented for a cancelled call, so none is sent."""
    call = create(pamela, webhooks={"webhook_url": receiver.url})
    pamela.post(f"/calls/{call}/cancel")
    control.deliveries()
    assert receiver.events == ["call.queued"]


def test_events_are_signed(pamela: httpx.Client, control: Control, receiver: Receiver) -> None:
    """By default the signature matches exactly the bytes that are sent."""
    create(pamela, webhooks={"webhook_url": receiver.url})
    control.deliveries()
    received = receiver.received[0]
    assert received.headers["x-pamela-signature"] == signature(received.body)


@pytest.mark.parametrize("style", ["unsorted", "spaced"])
def test_the_body_may_differ_from_the_signed_text(
    pamela: httpx.Client, control: Control, receiver: Receiver, style: str
) -> None:
    """In the other styles only the canonical form verifies."""
    control.configure(pamela={"body_style": style, "webhook_url": receiver.url})
    create(pamela)
    control.deliveries()
    received = receiver.received[0]
    assert received.headers["x-pamela-signature"] != signature(received.body)
    assert received.headers["x-pamela-signature"] == signature(canonical(received))


def test_old_senders_sign_the_spaced_form(
    pamela: httpx.Client, control: Control, receiver: Receiver
) -> None:
    """The form of the vendor's first packages can be set, with another secret."""
    changes = {"signed_form": "spaced", "webhook_secret": "s2", "webhook_url": receiver.url}
    control.configure(pamela=changes)
    create(pamela)
    control.deliveries()
    received = receiver.received[0]
    expected = signature(canonical(received, (", ", ": ")), "s2")
    assert received.headers["x-pamela-signature"] == expected


def test_emitted_events(control: Control, receiver: Receiver) -> None:
    """Any event can be sent to the configured URL, even one outside the contract."""
    control.configure(pamela={"webhook_url": receiver.url, "body_style": "unsorted"})
    assert control.emit("pamela", "call.sneezed", call_id="call_1", note="Grüße \ud800") == 1
    received = receiver.received[0]
    assert received.json == {"event": "call.sneezed", "call_id": "call_1", "note": "Grüße \ud800"}
    assert received.headers["x-pamela-signature"] == signature(canonical(received))


def test_the_life_of_a_tool(pamela: httpx.Client) -> None:
    """A registered tool is listed, and stays listed as inactive after deletion."""
    made = pamela.post("/tools", json={"tool": TOOL}).json()
    assert made["tool"]["timeout_ms"] == 30_000
    assert [tool["active"] for tool in pamela.get("/tools").json()] == [True]
    gone = pamela.delete(f"/tools/{made['tool_id']}").json()
    assert (gone["success"], gone["tool_id"]) == (True, made["tool_id"])
    assert [tool["active"] for tool in pamela.get("/tools").json()] == [False]
    assert pamela.delete("/tools/nope").status_code == 404


def test_tools_may_be_listed_in_an_object(pamela: httpx.Client, control: Control) -> None:
    """The other documented shape of the list."""
    control.configure(pamela={"tool_list_style": "object"})
    assert pamela.get("/tools").json() == {"tools": []}


def test_tools_are_run_during_a_call(
    pamela: httpx.Client, control: Control, receiver: Receiver
) -> None:
    """Registered and call-level tools are called, signed, and their results kept."""
    receiver.response = b'{"result": {"state": "shipped"}}'
    pamela.post("/tools", json={"tool": TOOL})
    tools = [{**TOOL, "name": "second", "input_schema": {}, "timeout_ms": 500}]
    call = create(pamela, tools=tools, webhooks={"tool_webhook_url": receiver.url})
    control.advance(60)
    asked = [received.json for received in receiver.received]
    assert [item["tool_name"] for item in asked] == ["check_order_status", "second"]
    assert asked[0]["arguments"] == {"order_id": "example"}
    assert asked[0]["call_id"] == call
    received = receiver.received[0]
    assert received.headers["x-pamela-signature"] == signature(received.body)

    done = pamela.get(f"/calls/{call}").json()
    results = done["metadata"]["sandbox_tool_results"]
    assert [item["result"] for item in results] == [{"state": "shipped"}] * 2
    assert [item["correlation_id"] for item in results] == [i["correlation_id"] for i in asked]
    assert sum(entry["speaker"] == "tool" for entry in done["transcript"]) == 2


def test_deleted_tools_are_not_run(
    pamela: httpx.Client, control: Control, receiver: Receiver
) -> None:
    """An inactive tool is not called."""
    made = pamela.post("/tools", json={"tool": TOOL}).json()
    pamela.delete(f"/tools/{made['tool_id']}")
    control.configure(pamela={"tool_webhook_url": receiver.url})
    create(pamela)
    control.advance(60)
    assert receiver.received == []


def test_metadata_decide_what_tools_are_asked(
    pamela: httpx.Client, control: Control, receiver: Receiver
) -> None:
    """The caller can script tool calls; a failing one is tried once and recorded."""
    receiver.statuses.extend([200, 503, 400])
    receiver.response = b"not JSON"
    script: list[Any] = [{"tool_name": "a", "arguments": {"x": 1}}, {"tool_name": "b"}, {}, "odd"]
    metadata = {"sandbox": {"tool_calls": script}}
    call = create(pamela, metadata=metadata, webhooks={"tool_webhook_url": receiver.url})
    control.advance(60)
    assert [received.json["tool_name"] for received in receiver.received] == ["a", "b", "unnamed"]
    assert receiver.received[0].json["arguments"] == {"x": 1}
    results = pamela.get(f"/calls/{call}").json()["metadata"]["sandbox_tool_results"]
    assert [item["status"] for item in results] == [200, 503, 400]
    assert results[0]["error"] == "the response is not JSON"


def test_a_script_that_is_no_list_is_ignored(
    pamela: httpx.Client, control: Control, receiver: Receiver
) -> None:
    """The known tools are called instead, here none."""
    metadata = {"sandbox": {"tool_calls": "all"}}
    create(pamela, metadata=metadata, webhooks={"tool_webhook_url": receiver.url})
    control.advance(60)
    assert receiver.received == []


def test_error_results_and_silence_are_recorded(
    pamela: httpx.Client, control: Control, receiver: Receiver
) -> None:
    """A tool server's refusal, or its absence, is an error in the call."""
    receiver.response = b'{"error": "Unknown tool"}'
    receiver.statuses.append(400)
    script = {"sandbox": {"tool_calls": [{"tool_name": "a"}]}}
    refused = create(pamela, metadata=script, webhooks={"tool_webhook_url": receiver.url})
    nobody = {"tool_webhook_url": "http://127.0.0.1:9/"}
    silent = create(pamela, metadata=script, webhooks=nobody)
    control.advance(60)

    def result(call: str) -> Any:
        return pamela.get(f"/calls/{call}").json()["metadata"]["sandbox_tool_results"][0]

    assert result(refused)["error"] == {"error": "Unknown tool"}
    assert (result(silent)["status"], result(silent)["error"]) == (None, "ConnectError")


@pytest.mark.parametrize(
    ("schema", "value"),
    [
        ({"const": 5}, 5),
        ({"type": "string", "default": "d"}, "d"),
        ({"examples": ["e"]}, "e"),
        ({"enum": ["a", "b"]}, "a"),
        ({"enum": []}, {}),
        ({"type": "string"}, "example"),
        ({"type": "integer"}, 1),
        ({"type": "number"}, 1.5),
        ({"type": "boolean"}, True),
        ({"type": "null"}, None),
        ({"type": "array"}, []),
        ({"type": "array", "minItems": 1, "items": {"type": "integer"}}, [1]),
        ({"type": ["string", "null"]}, "example"),
        ({"type": "invented"}, "example"),
        ({"properties": {"a": {"type": "integer"}, "b": True}}, {"a": 1, "b": "example"}),
        ({"properties": 5}, {}),
        (True, "example"),
    ],
)
def test_arguments_fit_the_schema(schema: Any, value: Any) -> None:
    """Arguments are plain values for any schema that a caller registers."""
    assert example_from_schema(schema) == value
