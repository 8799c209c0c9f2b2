"""The observer's own guarantees, for LiveKit and for other stacks."""

from __future__ import annotations

import dataclasses
import enum
import json
import uuid
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from tests.observe.replay import RecordedSession
from tests.observe.support import KEY

from trunkline.errors import ConfigurationError, InvalidArgumentError
from trunkline.observe import LivekitObserve, SessionObserver, mask_sensitive

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Observe = "Callable[..., LivekitObserve]"


class Colour(enum.Enum):
    RED = "red"


@dataclasses.dataclass
class Order:
    number: int
    total: Decimal


@pytest.fixture
def observer() -> Iterator[SessionObserver]:
    made = SessionObserver("agent-1", KEY, journal=False, recover=False, call_started=False)
    yield made
    made.close()


def test_a_session_of_another_stack(observer: SessionObserver) -> None:
    """Turns, tools and usage recorded by hand make the same record."""
    session_id = observer.start_session(phone_number="+15555550123", environment="prod")
    at = datetime(2026, 11, 2, 10, tzinfo=timezone(timedelta(hours=5.5)))
    observer.record_turn(
        session_id, user="Hi", agent="Hello", at=at, metrics={"llm": {"ttft": 0.2}}
    )
    observer.record_tool_call(
        session_id, name="find", arguments={"n": 1}, result=[1], started_at=10.0, ended_at=10.5
    )
    observer.record_usage(session_id, "llm", provider="openai", model="gpt-4o-mini", input_tokens=7)
    observer.record_usage(session_id, "llm", provider="openai", model="gpt-4o-mini", input_tokens=3)
    assert observer.end(session_id, "transferred")
    data = observer.get_data(session_id)
    [turn] = data["transcript_with_metrics"]
    assert (turn["user_transcript"], turn["agent_response"]) == ("Hi", "Hello")
    assert turn["timestamp"] == at.timestamp()
    assert turn["llm_metrics"] == {"ttft": 0.2}
    [call] = turn["tool_calls"]
    assert (call["arguments"], call["result"]) == ('{"n": 1}', "[1]")
    assert call["execution_duration_ms"] == 500.0
    assert data["metadata"]["usage"] == {"llm_prompt_tokens": 10}
    assert data["metadata"]["trunkline"]["cost_usd"] == pytest.approx(10 * 0.15 / 1e6)
    assert (data["environment"], data["customer_number"]) == ("prod", "+15555550123")
    assert data["call_ended_reason"] == "transferred"
    assert data["call_started_at"].endswith("+00:00")


def test_an_unknown_model_has_no_cost(observer: SessionObserver) -> None:
    """A part of the cost is not reported as the cost."""
    session_id = observer.start_session()
    observer.record_usage(session_id, "llm", provider="openai", model="gpt-4o", input_tokens=7)
    assert "cost_usd" in _ours(observer, session_id, after_end=True)
    other = observer.start_session()
    observer.record_usage(other, "llm", provider="openai", model="gpt-4o", input_tokens=7)
    observer.record_usage(other, "tts", provider="acme", model="voice", characters_count=7)
    assert "cost_usd" not in _ours(observer, other, after_end=True)


def _ours(observer: SessionObserver, session_id: str, *, after_end: bool) -> dict[str, Any]:
    if after_end:
        observer.end(session_id)
    ours: dict[str, Any] = observer.get_data(session_id)["metadata"]["trunkline"]
    return ours


def test_data_is_a_copy_that_changes_nothing(observe: Callable[..., LivekitObserve]) -> None:
    """Reading during a call, or changing what was read, does not change the session."""
    observer, session = observe(), RecordedSession()
    session_id = observer.start_session(session, tags=["a"])
    session.play(until=40)
    early = observer.get_data(session_id)
    assert early["in_progress"]
    assert "call_ended_at" not in early
    early["transcript_with_metrics"].clear()
    early["metadata"]["tags"].append("b")
    for event in session.events[40:]:
        session.emit(event.event, event)
    data = observer.get_data(session_id)
    assert len(data["transcript_with_metrics"]) == 6
    assert data["metadata"]["tags"] == ["a"]
    assert data == observer.get_data(session_id)
    assert not data["in_progress"]


def test_ending_twice_keeps_the_first_reason(observer: SessionObserver) -> None:
    """Later events are counted, not kept."""
    session_id = observer.start_session()
    assert observer.end(session_id, "timeout")
    assert not observer.end(session_id, "completed")
    observer.record_turn(session_id, user="too late")
    data = observer.get_data(session_id)
    assert data["call_ended_reason"] == "timeout"
    assert data["transcript_with_metrics"] == []


def test_metadata_becomes_json(observer: SessionObserver) -> None:
    """Datetimes are converted to UTC, naive ones are UTC; the rest has documented forms."""
    number = uuid.uuid4()
    session_id = observer.start_session(
        at=datetime(2026, 11, 2, 10, tzinfo=timezone(timedelta(hours=1))),
        naive=datetime(2026, 11, 2),  # noqa: DTZ001 - naive on purpose
        day=date(2026, 11, 2),
        price=Decimal("1.10"),
        id=number,
        colour=Colour.RED,
        order=Order(1, Decimal(2)),
        pair=(1, None),
        metadata={"inner": 1, "pair": "is overridden"},
    )
    metadata = observer.get_data(session_id)["metadata"]
    expected = {
        "at": "2026-11-02T09:00:00+00:00",
        "naive": "2026-11-02T00:00:00+00:00",
        "day": "2026-11-02",
        "price": "1.10",
        "id": str(number),
        "colour": "red",
        "order": {"number": 1, "total": "2"},
        "pair": [1, None],
        "inner": 1,
    }
    assert {name: metadata[name] for name in expected} == expected


@pytest.mark.parametrize(
    ("metadata", "named"),
    [
        ({"thing": object()}, "thing"),
        ({"deep": {"inner": [{1, 2}]}}, r"deep\.inner\[0\]"),
        ({"share": float("nan")}, "share"),
        ({"keys": {1: "a"}}, "keys"),
        ({"metadata": "text"}, "metadata"),
        ({"large": "x" * 70_000}, "65536"),
        ({"apikey": "k"}, "apikey"),
        ({"eval": "healthbench"}, "eval"),
        ({"environment": 5}, "environment"),
    ],
)
def test_metadata_that_cannot_be_stored_is_refused_at_once(
    observer: SessionObserver, metadata: dict[str, Any], named: str
) -> None:
    """The text names the key, and no session is started."""
    with pytest.raises(InvalidArgumentError, match=named):
        observer.start_session(**metadata)


@pytest.mark.parametrize(
    ("options", "error"),
    [
        ({"agent_id": ""}, InvalidArgumentError),
        ({"capture": "all"}, InvalidArgumentError),
        ({"delivery": "once"}, InvalidArgumentError),
        ({"durability": "high"}, InvalidArgumentError),
        ({"window": 0}, InvalidArgumentError),
        ({"redact": "x"}, InvalidArgumentError),
        ({"journal": ""}, ConfigurationError),
        ({"host_url": "nonsense"}, ConfigurationError),
        ({"destinations": []}, ConfigurationError),
        ({"apikey": ""}, ConfigurationError),
        ({"apikey": None}, ConfigurationError),
        ({"enable_otel": True}, InvalidArgumentError),
        ({"bug_reports_enable": True}, InvalidArgumentError),
    ],
)
def test_arguments_are_checked_when_the_observer_is_made(
    options: dict[str, Any], error: type[Exception]
) -> None:
    """No wrong argument is ignored silently."""
    if options.get("destinations") == []:
        given = {"agent_id": "a", **options}
    else:
        given = {"agent_id": "a", "apikey": KEY, **options}
    with pytest.raises(error):
        LivekitObserve(**given)


def test_an_unknown_session_is_named(observer: SessionObserver) -> None:
    """Every method raises the same error."""
    for call in (observer.get_data, observer.end, observer.export_sync):
        with pytest.raises(InvalidArgumentError, match="no-such-session"):
            call("no-such-session")


@pytest.mark.parametrize("session_id", ["", "a b", "x" * 64, "\ud800", "ü", 5])
def test_session_ids_are_plain(observer: SessionObserver, session_id: Any) -> None:
    """They are used as keys on the server and in files."""
    with pytest.raises(InvalidArgumentError, match="session_id"):
        observer.start_session(session_id=session_id)


def test_redaction_comes_before_everything(observe: Callable[..., LivekitObserve]) -> None:
    """The hook gets transcripts and tools; what it removes is stored nowhere."""
    seen: list[str] = []

    def hook(kind: str, text: str) -> str:
        seen.append(kind)
        return text.replace("order", "***")

    observer, session = observe(redact=hook), RecordedSession()
    session_id = observer.start_session(session)
    session.play()
    assert set(seen) == {"transcript", "tool"}
    text = json.dumps(observer.get_data(session_id)).replace("find_order", "")
    assert "order" not in text
    assert "*** 42: shipped" in text


def test_a_failing_redaction_lets_nothing_through(observe: Callable[..., LivekitObserve]) -> None:
    """Its failures are counted."""
    observer, session = observe(redact=lambda _kind, text: text[99999]), RecordedSession()
    session_id = observer.start_session(session)
    session.play()
    data = observer.get_data(session_id)
    assert {m["content"] for m in data["transcript_json"]} == {"[redaction failed]"}


def test_numbers_and_keys_can_be_masked() -> None:
    """A ready-made hook masks as the package does in its own messages."""
    assert mask_sensitive("call +1 555 555 0123, pype_0123456789") == "call [number], [secret]"


def test_a_repr_shows_no_key() -> None:
    """Neither the observer's nor its destination's."""
    observer = LivekitObserve("agent-1", KEY, "https://u.example/logs?token=secret", journal=False)
    assert KEY not in repr(observer)
    assert "secret" not in repr(observer._settings.destinations)


def test_starting_needs_no_loop_and_no_server(observe: Callable[..., LivekitObserve]) -> None:
    """Nor a writable folder; only the status shows that."""
    observer = observe(host_url="http://192.0.2.1/never", journal="/proc/nowhere")
    assert uuid.UUID(observer.start_session())
