"""``trunkline.pamela.compat`` and the vendor's package: the same calls to the same server."""

from __future__ import annotations

import hashlib
import hmac
import json
from typing import Any

from tests.interop.vendor import OURS, VENDOR, Row, Server, run

#: Every method of 1.0.1 with the arguments of 1.0.1, and of 1.2.0.
CALL = {"id": "call_1", "status": "dialing", "metadata": {"a": None}, "transcript": [{"text": "é"}]}
TOOL = {"id": "tool_1", "name": "check", "active": True, "output_schema": {}, "new": 1.5}
USAGE = {"period": "2024-01", "call_count": "many", "quota": {"partner_limit": None}}
SCHEMA = {"type": "object", "properties": {"order_id": {"type": "string"}}}
FULL = {
    "to": "no number",
    "task": "Order",
    "country": "US",
    "locale": "en-US",
    "instructions": "politely",
    "metadata": {"order": [1, None, 2.5]},
    "tools": [TOOL],
    "webhooks": {"webhook_url": "https://a.example", "other": "b"},
    "end_user_id": "user_1",
}
NEW = {"max_duration_seconds": 0, "voice": "robot", "agent_name": "Pam", "caller_name": "Ann"}
EMPTY = {**dict.fromkeys(FULL, ""), "to": "+15555550123", "metadata": {}, "tools": []}
LIST = {"limit": 500, "offset": 20, "start_date": "2026-11-01T08:00:00", "end_date": "tomorrow"}

OLD_ROWS = [
    Row("create_call", ["+15555550123", "Order"], body=CALL),
    Row("create_call", [], FULL, body={"call": CALL}),
    Row("create_call", [], EMPTY, body=CALL, status=201),
    Row("create_call", [], {**FULL, "metadata": None, "webhooks": {}}, body={}),
    Row("get_call", ["call_1"], body=CALL),
    Row("get_call", ["call_1"], body={"id": 7, "status": None}),
    Row("list_calls", body={"items": [CALL, CALL], "total": 2, "next_offset": None}),
    Row("list_calls", ["queued", "done"], LIST, body={"calls": []}),
    Row("list_calls", ["queued", "", 0, 0, "", ""], body=[]),
    Row("cancel_call", ["call_1"], body={"success": True, "message": None}),
    Row("register_tool", ["check", "Look it up", SCHEMA], body={"tool": TOOL, "tool_id": "t"}),
    Row("register_tool", ["", "", {}, {"a": 1}, 0], body={"success": True}),
    Row("list_tools", body=[TOOL, TOOL]),
    Row("delete_tool", ["tool_1"], body={"success": True, "tool_id": "tool_1"}),
    Row("usage.get", body=USAGE),
    Row("usage.get", ["2024-1"], body={**USAGE, "quota": None}),
    Row("get_usage", ["2024-01"], body=[USAGE]),
]
ROWS = [
    *OLD_ROWS,
    Row("create_call", [], {**FULL, **NEW}, body=CALL),
    Row("hangup_call", ["call_1"], body={"success": False, "message": "It is over"}),
    Row("list_tools", body={"tools": [TOOL]}),
    Row("list_tools", body={"data": [TOOL]}),
]

METHODS: dict[str, list[Any]] = {
    "create_call": ["+15555550123", "Order"],
    "get_call": ["call_1"],
    "list_calls": [],
    "cancel_call": ["call_1"],
    "hangup_call": ["call_1"],
    "register_tool": ["check", "Look it up", SCHEMA],
    "list_tools": [],
    "delete_tool": ["tool_1"],
    "usage.get": [],
    "get_usage": ["2024-01"],
}
POSTS = ("create_call", "cancel_call", "hangup_call", "register_tool")
STATUSES = (400, 401, 403, 404, 405, 409, 422, 429, 500, 501, 502, 503, 504)
ERROR = {"error_code": 7008, "message": "No more", "details": {"retry_after": 7}}
#: How a GET or DELETE of the vendor's package ends after four attempts: an error of requests.
GAVE_UP = {"error": "RetryError", "is": [], "message": None, "error_code": None, "details": None}


def _error(method: str, args: list[Any], status: int) -> Row:
    repeats = method not in POSTS and status in {500, 502, 503, 504}
    theirs = {**GAVE_UP, "status_code": None} if repeats else None
    return Row(method, args, status=status, body={"detail": ERROR}, theirs=theirs)


ERRORS = [_error(method, args, status) for method, args in METHODS.items() for status in STATUSES]

NO_TEXT = {"message": "Request failed with status 400"}
ENVELOPES = [
    {"detail": {"error": {"code": 2002, "message": "Bad", "details": {"field": "to"}}}},
    {"detail": "Bad"},
    ERROR,
    {"detail": {"error_code": 2001, "message": "Bad"}, "error": {"code": 1}},
]
#: The vendor's package loses a message, takes a list or a whole object for one, or crashes.
LOST: list[tuple[Any, dict[str, Any], dict[str, Any]]] = [
    ({"error": {"code": 2001, "message": "Bad"}}, NO_TEXT, {"message": "Bad"}),
    (
        {"detail": [{"loc": ["body", "to"], "msg": "is bad", "type": "value"}]},
        {
            "message": [{"loc": ["body", "to"], "msg": "is bad", "type": "value"}],
            "details": {},
        },
        {
            "message": "body.to: is bad",
            "details": {"errors": [{"loc": ["body", "to"], "msg": "is bad", "type": "value"}]},
        },
    ),
    (
        {"detail": {"error": "Bad"}},
        {
            "error": "AttributeError",
            "is": [],
            "message": None,
            "details": None,
            "status_code": None,
        },
        {"message": "Bad"},
    ),
    (b"<html>", NO_TEXT, {"message": "no message (6 bytes of application/json)"}),
    ({}, NO_TEXT, {"message": "no message (2 bytes of application/json)"}),
]
BODIES = [Row("create_call", ["+15555550123", "x"], status=400, body=body) for body in ENVELOPES]
BODIES += [
    Row("create_call", ["+15555550123", "x"], status=400, body=body, theirs=theirs, ours=ours)
    for body, theirs, ours in LOST
]


def compare(rows: list[Row], version: str) -> None:
    """Both packages return the same for each row, and send the same requests."""
    with Server(rows) as server:
        theirs, their_requests = server.ask(VENDOR, version)
        ours, our_requests = server.ask(OURS)
    for row, their, our, sent, ours_sent in zip(
        rows, theirs, ours, their_requests, our_requests, strict=True
    ):
        known = row.theirs or {}
        assert {**their, **known} == their, row
        same = {name: value for name, value in their.items() if name not in known}
        expected = {**our, **same, **(row.ours or {})}
        assert our == expected, row
        assert sent[:1] == ours_sent, row


def test_every_method_gives_the_same_result() -> None:
    """Results are the same dictionaries and the requests have the same method, URL and body."""
    compare(ROWS, "1.2.0")


def test_every_method_of_the_first_packages_gives_the_same_result() -> None:
    """The same for 1.0.1, which has fewer arguments and no hang-up."""
    compare(OLD_ROWS, "1.0.1")


def test_every_error_has_the_same_name_and_attributes() -> None:
    """Each status of each method raises the vendor's class with its code, text and details."""
    compare(ERRORS, "1.2.0")


def test_every_envelope_is_read_as_well_or_better() -> None:
    """If the vendor's package reads an error body, both say the same; else ours says more."""
    compare(BODIES, "1.2.0")


def test_a_success_that_is_no_json_is_an_error_of_this_package() -> None:
    """The vendor's package raises an error of requests instead; neither is a PamelaError."""
    with Server([Row("get_call", ["call_1"], body=b"<html>")]) as server:
        (theirs,), _ = server.ask(VENDOR)
        (ours,), _ = server.ask(OURS)
    assert (theirs["error"], theirs["is"]) == ("JSONDecodeError", ["ValueError"])
    assert (ours["error"], ours["is"]) == ("ResponseValidationError", [])


SECRET = "whsec_interop"
EVENT = {"tool_name": "check", "arguments": {"é": 1.5}, "call_id": "c", "correlation_id": "k"}


def _signed(text: str) -> str:
    return hmac.new(SECRET.encode(), text.encode(), hashlib.sha256).hexdigest()


def _row(payload: Any, signature: str | None, secret: str = SECRET) -> dict[str, Any]:
    return {"payload": payload, "signature": signature, "secret": secret}


COMPACT = json.dumps(EVENT, sort_keys=True, separators=(",", ":"))
DELIVERIES = [
    _row(EVENT, _signed(COMPACT)),
    _row(EVENT, _signed(COMPACT), "whsec_other"),
    _row(EVENT, None),
    _row(EVENT, ""),
    _row(EVENT, _signed(json.dumps(EVENT, sort_keys=True))),
    _row(EVENT, "sha256=" + _signed(COMPACT)),
    _row({}, _signed("{}")),
    _row({**EVENT, "arguments": ["a"], "partner_id": 3}, _signed(COMPACT)),
    _row({"tool_name": None, "arguments": 1, "call_id": 2, "correlation_id": 3}, ""),
]


def test_webhook_helpers_do_the_same() -> None:
    """They agree on authentic, forged and incomplete payloads."""
    theirs, ours = (run(module, "webhooks", rows=DELIVERIES) for module in (VENDOR, OURS))
    for their, our, row in zip(theirs, ours, DELIVERIES, strict=True):
        for found, expected in zip(our, their, strict=True):
            if "error" in expected:
                assert set(expected["is"]) <= set(found["is"]), row
            else:
                assert found == expected, row


def test_an_empty_secret_is_refused_alike() -> None:
    """Both raise a ValueError, and only if there is a signature to compare."""
    rows = [_row(EVENT, "a" * 64, ""), _row(EVENT, None, "")]
    theirs, ours = (run(module, "webhooks", rows=rows) for module in (VENDOR, OURS))
    assert theirs[1][0]["result"] is ours[1][0]["result"] is False
    for their, our in zip([theirs[0][0], theirs[0][1]], [ours[0][0], ours[0][1]], strict=True):
        assert their["is"] == our["is"] == ["ValueError"]


def test_every_public_name_is_there_with_the_same_signature() -> None:
    """Modules, classes, functions, types and constructors of errors are those of 1.2.0."""
    theirs, ours = (run(module, "surface") for module in (VENDOR, OURS))
    for name, expected in theirs.items():
        found = ours[name]
        if isinstance(expected, dict):
            found = {method: found[method] for method in expected}  # ours also has close()
        assert found == expected, name
