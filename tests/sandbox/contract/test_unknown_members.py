"""Members outside the contract: a vendor ignores them, the sandbox reports them."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

import pytest
from tests.request_bodies import request_body

from trunkline.sandbox.contract.loader import contract_from
from trunkline.sandbox.contract.unknown import unknown_members

if TYPE_CHECKING:
    import httpx

    from trunkline.sandbox import Control

CALL = request_body("pamela", "create_call", to="+15551234567", task="t")
TYPO = {**CALL, "webhooks": {"webhok_url": "http://127.0.0.1:1/hook"}}
MESSAGE = "'webhok_url' is not in the contract: did you mean 'webhook_url'?"
NOTE = f"body.webhooks: {MESSAGE}"


def notes(control: Control) -> Any:
    return control.requests()[-1]["notes"]


def test_a_typo_is_noted(
    pamela: httpx.Client, control: Control, caplog: pytest.LogCaptureFixture
) -> None:
    """The call is placed as at the vendor, but both logs name the likely typo."""
    with caplog.at_level(logging.WARNING, "trunkline.sandbox"):
        assert pamela.post("/calls", json=TYPO).is_success
    assert notes(control) == [NOTE]
    assert [record.getMessage() for record in caplog.records] == [f"create_call: {NOTE}"]


def test_a_typo_can_be_refused(pamela: httpx.Client, control: Control) -> None:
    """With `unknown_members` set to `refuse` it is the provider's bad-request error."""
    control.configure(unknown_members="refuse")
    response = pamela.post("/calls", json=TYPO)
    assert response.status_code == 422
    (error,) = response.json()["detail"]
    assert error["loc"] == ["body", "webhooks", "webhok_url"]
    assert error["msg"] == MESSAGE
    assert pamela.get("/calls").json()["total"] == 0
    assert pamela.get("/calls", params={"limt": 5}).status_code == 422


def test_other_unknown_members_are_noted_only(
    pamela: httpx.Client, control: Control, caplog: pytest.LogCaptureFixture
) -> None:
    """Without a similar name there is no warning; free-form objects hold anything."""
    tool = {"name": "n", "description": "d", "input_schema": {"x": 1}, "zzz": 1}
    free = {"anything": {"goes": 1}}
    call = {**CALL, "xyz": "red", "tools": [tool], "metadata": free}
    assert pamela.post("/calls?probe=1", json=call).is_success
    assert notes(control) == [
        "query: 'probe' is not in the contract",
        "body: 'xyz' is not in the contract",
        "body.tools.0: 'zzz' is not in the contract",
    ]
    assert caplog.records == []


def test_notes_are_bounded(
    pamela: httpx.Client, control: Control, caplog: pytest.LogCaptureFixture
) -> None:
    """Many or long names do not fill the log, and none can start a new line."""
    many = {f"x{number}": 1 for number in range(1000)}
    assert pamela.post("/calls", json={**CALL, **many}).is_success
    assert len(notes(control)) == 20
    forged = {**CALL, "webhooks": {"webhook_ur\nFORGED": "x", "y" * 10_000: "x"}}
    assert pamela.post("/calls", json=forged).is_success
    assert max(map(len, notes(control))) < 200
    assert "\n" not in caplog.text.replace("\n", "", 1)


def test_known_requests_have_no_notes(
    pamela: httpx.Client, whispey: httpx.Client, control: Control
) -> None:
    """Members that the contract names are not noted."""
    webhooks = {"webhook_url": "http://127.0.0.1:1/hook"}
    pamela.post("/calls", json={**CALL, "webhooks": webhooks})
    assert notes(control) == []
    window = {"start": "2026-06-01T00:00:00Z", "end": "2026-06-02T00:00:00Z"}
    whispey.post("/export/calls", json={"format": "json", "date_range": window})
    assert notes(control) == []


@pytest.mark.parametrize(
    ("schema", "body", "found"),
    [
        ({"properties": {"a": {}}}, {"b": 1}, [("body", "b")]),
        ({"properties": {"a": {}}, "additionalProperties": True}, {"b": 1}, []),
        (
            {"properties": {"a": {}}, "additionalProperties": {"type": "object"}},
            {"b": {}},
            [("body", "b")],
        ),
        ({"properties": {"a": {}}, "additionalProperties": {"properties": {}}}, {"b": {}}, []),
        ({"properties": {"a": {}}, "patternProperties": {"^x": {}}}, {"xb": 1}, []),
        ({"type": "object"}, {"b": 1}, []),
        ({"allOf": [{"properties": {"a": {}}}, {"properties": {"b": {}}}]}, {"a": 1, "b": 1}, []),
        ({"oneOf": [{"properties": {"a": {}}}, {"properties": {"b": {}}}]}, {"b": 1}, []),
        ({"items": {"properties": {"a": {}}}}, [{"a": 1}, {"c": 1}], [("body", 1, "c")]),
        ({"properties": {"a": {"properties": {"b": {}}}}}, {"a": {"c": 1}}, [("body", "a", "c")]),
    ],
)
def test_which_members_are_unknown(
    schema: dict[str, Any], body: Any, found: list[tuple[str | int, ...]]
) -> None:
    """Members are checked at any depth and in all parts of a composed schema."""
    content = {"application/json": {"schema": schema}}
    paths = {"/a": {"post": {"requestBody": {"content": content}, "responses": {}}}}
    contract = contract_from("a", {"openapi": "3.1.0", "paths": paths})
    (media,) = contract.operations[0].bodies.values()
    assert [item.location for item in unknown_members(contract, media, body)] == found
