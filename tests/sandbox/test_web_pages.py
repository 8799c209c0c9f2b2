"""Web pages cannot use the control endpoints, and the sandbox's memory is bounded."""

from __future__ import annotations

from typing import TYPE_CHECKING

import httpx
import pytest
from tests.request_bodies import request_body
from tests.sandbox.support import PLAIN

from trunkline.errors import ConfigurationError

if TYPE_CHECKING:
    from tests.sandbox.support import Receiver

    from trunkline.sandbox import Control, Sandbox

STATESET_CALL = request_body("stateset_voice_public", "make_call", to="+15551234567")
CALL = request_body("pamela", "create_call", to="+15551234567", task="t")
ENDPOINTS = [
    ("GET", "/requests"),
    ("GET", "/config"),
    ("POST", "/reset"),
    ("POST", "/faults"),
    ("PATCH", "/config"),
]


@pytest.mark.parametrize(("method", "path"), ENDPOINTS)
@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": ""},
        {"Host": "evil.example"},
        {"Host": "evil.example:8700"},
        {"Host": "evil"},
        {"Host": "127.0.0.1.evil.example"},
        {"Host": "localhost.evil.example"},
        {"Host": "[::1"},
        {"Host": ""},
    ],
)
def test_web_pages_are_refused(
    sandbox: Sandbox, method: str, path: str, headers: dict[str, str]
) -> None:
    """A foreign Host (DNS rebinding) or any Origin is a 403; nothing is revealed or changed."""
    sandbox.control.fault("status")
    url = f"{sandbox.url}/_control{path}"
    response = httpx.request(method, url, headers=headers, **PLAIN)
    assert (response.status_code, list(response.json())) == (403, ["error"])
    assert len(sandbox.control.faults()) == 1


@pytest.mark.parametrize(
    "host", ["localhost", "LOCALHOST:8700", "sandbox.localhost", "127.0.0.1", "[::1]:1", "10.0.0.5"]
)
def test_local_names_and_addresses_are_hosts(sandbox: Sandbox, host: str) -> None:
    """A page cannot send a loopback name, or an address that is not its own, as Host."""
    url = f"{sandbox.url}/_control/clock"
    assert httpx.get(url, headers={"Host": host}, **PLAIN).is_success


def test_further_hosts_can_be_allowed(sandbox: Sandbox, control: Control) -> None:
    """For example, a container's name can be configured."""
    control.configure(control_hosts=["sandbox"])
    url = f"{sandbox.url}/_control/clock"
    assert httpx.get(url, headers={"Host": "sandbox:8700"}, **PLAIN).is_success


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", ""])
def test_control_takes_json_only(sandbox: Sandbox, kind: str) -> None:
    """What an HTML form can send is a 415 that names the right type."""
    url = f"{sandbox.url}/_control/clock"
    headers = {"content-type": kind} if kind else {}
    response = httpx.post(url, content=b'{"advance": 5}', headers=headers, **PLAIN)
    assert response.status_code == 415
    assert "application/json" in response.json()["error"]


def test_the_oldest_calls_are_forgotten(
    pamela: httpx.Client, stateset: httpx.Client, phone_ai: httpx.Client, control: Control
) -> None:
    """Only the latest `max_items` calls are kept; nothing more happens to the others."""
    control.configure(max_items=3)
    ids = [pamela.post("/calls", json=CALL).json()["id"] for _ in range(5)]
    assert [call["id"] for call in pamela.get("/calls").json()["items"]] == ids[:1:-1]
    assert pamela.get(f"/calls/{ids[0]}").status_code == 404
    for _ in range(5):
        stateset.post("/api/v1/make-call", json=STATESET_CALL)
        phone_ai.post("/calls", json={})
    assert stateset.get("/api/v1/call-logs").json()["total"] == 3
    control.advance(600)
    assert {call["status"] for call in pamela.get("/calls").json()["items"]} == {"completed"}


def test_the_oldest_of_everything_is_forgotten(
    pamela: httpx.Client, whispey: httpx.Client, ingest: httpx.Client, control: Control
) -> None:
    """Tools, keys, webhooks, call logs and agents are bounded too."""
    control.configure(max_items=4)
    tool = {"tool": {"name": "n", "description": "d", "input_schema": {}}}
    for number in range(6):
        pamela.post("/tools", json=tool)
        ingest.post("/send-call-log", json={"call_id": f"c{number}", "agent_id": f"a{number}"})
    assert len(pamela.get("/tools").json()) == 4
    assert whispey.get("/calls").json()["pagination"]["total"] == 4
    assert [agent["id"] for agent in whispey.get("/agents").json()["data"]] == [
        f"a{number}" for number in range(2, 6)
    ]


def test_the_oldest_deliveries_are_forgotten(control: Control, receiver: Receiver) -> None:
    """Numbers continue, copies are bounded, and a dropped delivery cannot be sent again."""
    control.configure(max_items=3, stateset={"webhook_url": receiver.url})
    for _ in range(5):
        control.emit("stateset", "voice.call.started")
    assert [item["number"] for item in control.deliveries()] == [3, 4, 5]
    with pytest.raises(ConfigurationError, match="no delivery has the number 1"):
        control.again(1)
    control.configure(deliveries={"copies": 1_000_000})
    control.emit("stateset", "voice.call.started")
    assert len(receiver.received) == 8


def test_planned_faults_are_bounded(control: Control) -> None:
    """More than `max_items` faults are refused as a whole."""
    control.configure(max_items=2)
    control.fault("status")
    control.fault("status")
    with pytest.raises(ConfigurationError, match="2 faults are planned: 2 are kept at most"):
        control.fault("status")
    assert len(control.faults()) == 2
