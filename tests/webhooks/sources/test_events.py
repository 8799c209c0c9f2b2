import pickle
import tomllib
from copy import deepcopy
from dataclasses import FrozenInstanceError, fields
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from typing import Any, assert_never, get_args

import pytest
import yaml

from trunkline.webhooks import Reason, UnknownEvent, WebhookVerificationError, events, known_events
from trunkline.webhooks.events import Event, event_types, pamela, phone_ai, stateset, whispey
from trunkline.webhooks.events.base import is_removed

CONTRACTS = Path(__file__).resolve().parents[3] / "api-contracts"
TABLES: dict[str, Any] = tomllib.loads((CONTRACTS / "contracts.toml").read_text("utf-8"))
SNAPSHOTS = {
    table["package"]: table["snapshot"]
    for table in TABLES["contracts"].values()
    if table["webhooks"]
}
MODULES = {
    package: import_module(f"{events.__name__}.{m}") for package, m in events._MODULES.items()
}
PARSERS = {package: module.parse for package, module in MODULES.items()}
UNIONS: dict[str, Any] = {
    package: getattr(module, next(n for n in module.__all__ if n.endswith("Event")))
    for package, module in MODULES.items()
}


def names_in(snapshot: str) -> frozenset[str]:
    webhooks: dict[str, Any] = yaml.safe_load((CONTRACTS / snapshot).read_text("utf-8"))["webhooks"]
    found: set[str] = set()
    for key, webhook in webhooks.items():
        own = [webhook["x-event-name"]] if "x-event-name" in webhook else []
        found.update([*own, *webhook.get("x-event-names", [])] or [key])
    return frozenset(found)


def test_every_webhook_of_every_snapshot_is_known() -> None:
    """The webhook layer knows exactly the names of the pinned contracts."""
    kept = {
        package: {name for name, one in types.items() if not is_removed(one)}
        for package, types in event_types().items()
    }
    named = {package: names_in(path) for package, path in SNAPSHOTS.items()}
    assert {package: names for package, names in kept.items() if names} == named


@pytest.mark.parametrize("package", SNAPSHOTS)
def test_every_known_event_has_its_own_type_in_the_union(package: str) -> None:
    """Each name has its own class, and the provider's union contains them all."""
    types = event_types()[package]
    assert len(set(types.values())) == len(types)
    assert set(types.values()) <= {UNIONS[package], *get_args(UNIONS[package])}
    for name, event_type in types.items():
        (event,) = (field for field in fields(event_type) if field.name == "event")
        assert event.default == name


def base(name: str) -> dict[str, Any]:
    return {"event": name, "type": name, "call_id": "c1", "data": {"call_id": "c1"}}


@pytest.mark.parametrize(
    ("package", "name"),
    [
        (package, name)
        for package, names in sorted(known_events().items())
        for name in sorted(names - {"toolExecution", "inboundText"})
    ],
)
def test_event_becomes_its_type_and_keeps_what_nobody_knew(package: str, name: str) -> None:
    """A documented event gets its class; unknown fields stay in the payload."""
    payload = {**base(name), "added_tomorrow": [1, {"deep": None}]}
    event = PARSERS[package](payload)
    assert type(event) is event_types()[package][name]
    assert event.event == name
    assert event.payload == payload
    assert pickle.loads(pickle.dumps(event)) == event == deepcopy(event)
    assert isinstance(hash(event), int)
    with pytest.raises(FrozenInstanceError):
        event.event = "other"  # type: ignore[misc]  # that this fails is the point


@pytest.mark.parametrize("package", ["pamela", "whispey", "stateset_voice_public"])
def test_unknown_event_survives_whole(package: str) -> None:
    """An unknown event arrives with its name and payload instead of an error."""
    payload = {"event": "call.teleported", "whatever": 1}
    event = PARSERS[package](payload)
    assert event == UnknownEvent(event="call.teleported", payload=payload)


@pytest.mark.parametrize("package", ["pamela", "whispey", "stateset_voice_public"])
@pytest.mark.parametrize("payload", [{}, {"event": None}, {"event": 7}, {"event": ["a"]}, [], None])
def test_payload_without_an_event_name_is_malformed(package: str, payload: object) -> None:
    """A payload that cannot be any event is refused with the field's name."""
    with pytest.raises(WebhookVerificationError) as caught:
        PARSERS[package](payload)
    assert caught.value.reason is Reason.MALFORMED_EVENT


def describe(event: pamela.PamelaEvent) -> str:
    match event:
        case pamela.CallCompleted(call_id=call_id, transcript=transcript):
            return f"{call_id} completed with {len(transcript or ())}"
        case pamela.CallQueued() | pamela.CallStarted() | pamela.CallTranscriptUpdate():
            return event.event
        case pamela.CallFailed(status=status):
            return f"failed: {status}"
        case pamela.ToolExecution(tool_name=name):
            return name
        case UnknownEvent(event=name):
            return f"unknown {name}"
        case _:
            assert_never(event)


def test_events_can_be_matched() -> None:
    """The union is closed for type checkers, and patterns bind fields by name."""
    payload = {**base("call.completed"), "transcript": [{}, {}]}
    assert describe(pamela.parse(payload)) == "c1 completed with 2"
    assert describe(pamela.parse(base("call.failed"))) == "failed: None"
    assert describe(pamela.parse({"event": "x"})) == "unknown x"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2026-11-02T10:00:00Z", datetime(2026, 11, 2, 10, tzinfo=UTC)),
        ("2026-11-02T12:00:00+02:00", datetime(2026, 11, 2, 10, tzinfo=UTC)),
        ("2026-11-02T10:00:00", datetime(2026, 11, 2, 10, tzinfo=UTC)),
        ("2026-11-02T10:00:00.123456Z", datetime(2026, 11, 2, 10, 0, 0, 123456, UTC)),
        ("yesterday", None),
        ("0001-01-01T00:00:00+23:59", None),
        (1793613600, None),
        (None, None),
    ],
)
def test_times_are_utc_or_absent(value: object, expected: datetime | None) -> None:
    """A zone is converted, a missing one is UTC, and what is not a time is None."""
    event = pamela.parse({**base("call.started"), "timestamp": value})
    assert isinstance(event, pamela.CallStarted)
    assert event.timestamp == expected


@pytest.mark.parametrize(
    ("sent", "expected"),
    [([], ()), ([1, "a"], (1, "a")), ("all of it", "all of it"), (None, None), (7, None)],
)
def test_transcript_is_entries_or_text(sent: object, expected: object) -> None:
    """The vendor's sources disagree on the type, so both are kept."""
    event = pamela.parse({**base("call.completed"), "transcript": sent})
    assert isinstance(event, pamela.CallCompleted)
    assert event.transcript == expected


def tool_call(**changes: object) -> dict[str, object]:
    call: dict[str, object] = {
        "tool_name": "lookup",
        "arguments": {"order": "A-1"},
        "call_id": "c1",
        "correlation_id": "corr",
        "partner_id": None,
    }
    return {name: value for name, value in {**call, **changes}.items() if value != "absent"}


def test_tool_call_is_told_apart_by_its_tool_name() -> None:
    """A payload with tool_name and no event name is a tool execution."""
    event = pamela.parse(tool_call(project_id="p"))
    assert isinstance(event, pamela.ToolExecution)
    assert (event.tool_name, event.arguments, event.correlation_id) == (
        "lookup",
        {"order": "A-1"},
        "corr",
    )
    assert (event.partner_id, event.project_id, event.call_session_id) == (None, "p", None)
    named = pamela.parse(tool_call(event="toolExecution"))
    assert isinstance(named, UnknownEvent)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"arguments": "absent"}, "'arguments' is missing, expected an object"),
        ({"arguments": []}, "'arguments' is a array, expected an object"),
        ({"arguments": None}, "'arguments' is a null, expected an object"),
        ({"tool_name": 1.5}, "'tool_name' is a number, expected a string"),
        ({"call_id": True}, "'call_id' is a boolean, expected a string"),
        ({"correlation_id": {}}, "'correlation_id' is a object, expected a string"),
    ],
)
def test_malformed_events_name_the_field(changes: dict[str, object], message: str) -> None:
    """The error names the field and its kind of value, not the value."""
    with pytest.raises(WebhookVerificationError, match=message):
        pamela.parse(tool_call(**changes))


CALL = {"call_sid": "CA1", "voice_session_id": "vs_1"}
DETAILS = {
    "status": "completed",
    "duration_seconds": 142.0,
    "escalated": False,
    "function_call_count": 2,
    "from_number": "+15555550100",
    "summary": "Asked for a refund.",
    "direction": 7,
    "transcript_turn_count": True,
}


@pytest.mark.parametrize(
    "payload",
    [
        {"id": "evt_1", "api_version": "2026-05-14", "data": {**CALL, **DETAILS}},
        {**CALL, "payload": DETAILS},
        {**CALL, "payload": {**DETAILS, **CALL}, "data": None},
    ],
    ids=["catalogue page", "webhooks page", "both"],
)
def test_stateset_envelopes_give_the_same_event(payload: dict[str, Any]) -> None:
    """Fields are found in either envelope; fields of a wrong type count as absent."""
    event = stateset.parse({"event": "voice.call.completed", "tenant_id": "t", **payload})
    assert isinstance(event, stateset.CallCompleted)
    assert (event.call_sid, event.voice_session_id, event.tenant_id) == ("CA1", "vs_1", "t")
    assert (event.duration_seconds, event.escalated, event.function_call_count) == (142, False, 2)
    assert event.direction is None
    assert event.transcript_turn_count is None
    assert "+1555" not in repr(event)
    assert "refund" not in repr(event)


def test_stateset_other_events_have_their_fields() -> None:
    """Escalation, evaluation and failed delivery have the catalogue's fields."""
    escalated = stateset.parse({"event": "voice.call.escalated", "data": {"target": {"queue": 1}}})
    assert isinstance(escalated, stateset.CallEscalated)
    assert escalated.target == {"queue": 1}
    evaluated = stateset.parse(
        {"event": "voice.session.evaluated", "data": {"score": 0.5, "tags": ["qa"]}}
    )
    assert isinstance(evaluated, stateset.SessionEvaluated)
    assert (evaluated.score, evaluated.tags) == (0.5, ("qa",))
    failed = stateset.parse(
        {"event": "voice.webhook.delivery_failed", "payload": {"attempt_count": 5.5}}
    )
    assert isinstance(failed, stateset.WebhookDeliveryFailed)
    assert failed.attempt_count is None


def test_whispey_flat_body_is_a_call_log() -> None:
    """The open-source server's body has no event name and is still typed."""
    event = whispey.parse(
        {
            "call_id": "c1",
            "customer_number": "+15555550100",
            "recording_url": "https://recordings.example/1",
            "call_started_at": "2026-11-02T10:00:00",
            "metadata": {"usage": {}},
            "metrics": None,
        }
    )
    assert isinstance(event, whispey.CallLog)
    assert event.call_started_at == datetime(2026, 11, 2, 10, tzinfo=UTC)
    assert event.metadata == {"usage": {}}
    assert "+1555" not in repr(event)
    assert "recordings" not in repr(event)
    with pytest.raises(WebhookVerificationError, match="call_id"):
        whispey.parse({"call_id": 5})


def test_whispey_alerts_keep_their_undocumented_data() -> None:
    """Events with undocumented data keep it unchanged."""
    event = whispey.parse({"event": "cost.alert", "data": {"limit": 5}})
    assert isinstance(event, whispey.CostAlert)
    assert event.data == {"limit": 5}
    assert whispey.parse({"event": "cost.alert", "data": 1}).payload["data"] == 1


def test_no_payload_shows_in_repr() -> None:
    """Transcripts and arguments stay out of logs that print an event."""
    secretive = [
        pamela.parse({**base("call.completed"), "transcript": ["my pin is 1234"]}),
        pamela.parse(tool_call(arguments={"pin": "1234"})),
        phone_ai.parse({"text": "1234"}),
        whispey.parse({"event": "call.failed", "data": {"note": "1234"}}),
    ]
    assert "1234" not in repr(secretive)
    assert all(isinstance(event, Event) for event in secretive)


@pytest.mark.parametrize("inner", ["data", "payload"])
def test_null_inside_does_not_hide_what_stands_beside_it(inner: str) -> None:
    """StateSet's envelopes have the ids at either level."""
    beside = {"event": "voice.call.completed", **CALL}
    event = stateset.parse({**beside, inner: {"call_sid": None, "status": "x"}})
    assert isinstance(event, stateset.CallCompleted)
    assert (event.call_sid, event.voice_session_id, event.status) == ("CA1", "vs_1", "x")
