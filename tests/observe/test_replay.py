"""Recorded sessions of several LiveKit releases, folded and exported."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from tests.observe.replay import RecordedSession

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.observe.support import Rows

    from trunkline.observe import LivekitObserve

TURNS = [
    ("hello there", "Hello, how can I help you?"),
    ("where is order 42", "Your order has been shipped."),
    ("billing please", ""),
    ("", "Billing here. Go ahead."),
    (
        "what do I owe",
        "You owe twelve euros, due on the first of next month, and you can pay by card.",
    ),
    ("stop thanks", "Fine, goodbye."),
]
NORMAL = ("1.2.18-normal", "1.5.17-normal", "1.8.9-normal")


@pytest.fixture
def played(observe: Callable[..., LivekitObserve]) -> Callable[..., dict[str, Any]]:
    def play(name: str, **options: Any) -> dict[str, Any]:
        observer, session = observe(**options), RecordedSession(name)
        session_id = observer.start_session(session)
        session.play()
        return observer.get_data(session_id)

    return play


@pytest.mark.parametrize("name", NORMAL)
def test_turns_are_those_of_the_conversation(played: Any, name: str) -> None:
    """Users, replies, a handoff without a reply and a line without a user, in order."""
    turns = played(name)["transcript_with_metrics"]
    assert [(t["user_transcript"], t["agent_response"]) for t in turns] == TURNS
    assert [t["turn_id"] for t in turns] == [f"turn_{n}" for n in range(1, 7)]


@pytest.mark.parametrize("name", NORMAL)
def test_an_interrupted_reply_says_so(played: Any, name: str) -> None:
    """Its text may not have been heard in full."""
    turns = played(name)["transcript_with_metrics"]
    assert [n for n, t in enumerate(turns) if t["trunkline"].get("interrupted")] == [4]
    if name == "1.8.9-normal":
        assert 0 < turns[4]["trunkline"]["played_seconds"] < 5


@pytest.mark.parametrize("name", NORMAL)
def test_tools_have_their_result_and_duration(played: Any, name: str) -> None:
    """The result is the text given to the model; the tool took a tenth of a second."""
    turns = played(name)["transcript_with_metrics"]
    [call] = turns[1]["tool_calls"]
    assert (call["name"], call["status"]) == ("find_order", "success")
    assert call["arguments"] == '{"number": 42}'
    assert call["result"] == "order 42: shipped"
    assert 90 < call["execution_duration_ms"] < 200
    assert turns[2]["tool_calls"][0]["name"] == "to_billing"


@pytest.mark.parametrize("name", NORMAL)
def test_usage_is_the_session_s_total(played: Any, name: str) -> None:
    """Cumulative events count once, and single measurements add up to the same."""
    usage = played(name)["metadata"]["usage"]
    assert usage.pop("stt_audio_duration") == pytest.approx(3.4)
    assert usage == {
        "llm_prompt_tokens": 720,
        "llm_completion_tokens": 72,
        "llm_cached_tokens": 240,
        "tts_characters": 169,
    }


@pytest.mark.parametrize("name", ["1.2.18-error", "1.8.9-error"])
def test_an_error_close_is_an_error_and_keeps_the_last_line(played: Any, name: str) -> None:
    """In 1.8 the user's last words never entered the history; they are marked."""
    data = played(name)
    turns = data["transcript_with_metrics"]
    said = ["hello there", "where is order 42", "billing please", "what do I owe"]
    assert [turn["user_transcript"] for turn in turns] == said
    assert data["call_ended_reason"] == "error"
    assert "scripted outage" in data["metadata"]["trunkline"]["error"]
    lost = turns[3]["trunkline"].get("user_committed")
    assert lost is (False if name == "1.8.9-error" else None)
    usage = data["metadata"]["usage"]
    assert set(usage) == {"stt_audio_duration"}  # what never happened is unknown, not 0


def test_handoffs_and_measurements_are_there(played: Any) -> None:
    """Each turn has its agent and its latencies, with provider and model."""
    data = played("1.8.9-normal")
    assert data["metadata"]["trunkline"]["agents"] == ["reception", "billing"]
    first, *_, last = data["transcript_with_metrics"]
    assert (first["trunkline"]["agent"], last["trunkline"]["agent"]) == ("reception", "billing")
    assert first["llm_metrics"]["provider"] == "openai"
    assert first["llm_metrics"]["model_used"] == "gpt-4o-mini"
    assert 0 < first["llm_metrics"]["ttft"] < 1
    assert 0 < first["eou_metrics"]["end_of_utterance_delay"] < 1


def test_single_measurements_add_up_within_a_turn(played: Any) -> None:
    """A turn with a tool requests the model twice."""
    turns = played("1.2.18-normal")["transcript_with_metrics"]
    assert [t["llm_metrics"]["prompt_tokens"] for t in turns[:2]] == [120, 240]


def test_a_session_is_stored_once_and_within_the_contract(
    observe: Callable[..., LivekitObserve], rows: Rows
) -> None:
    """The sandbox checks every record; start and end share one row."""
    for name in NORMAL:
        observer, session = observe(name), RecordedSession(name)
        session_id = observer.start_session(session, phone_number="+15555550123", city="Bonn")
        session.play()
        result = observer.export_sync(session_id)
        assert (result.state, result["success"]) == ("sent", True), result
        [row] = rows(name)
        assert (row["session_id"], row["status"]) == (session_id, "completed")
        assert row["metadata"]["phone_number"] == "+15555550123"
        assert row["metadata"]["city"] == "Bonn"
        assert rows.transcript(row)[:2] == [("user", TURNS[0][0]), ("agent", TURNS[0][1])]


def test_the_record_is_compact(played: Any) -> None:
    """No prompts, history or configuration, not even once per turn."""
    data = played("1.8.9-normal")
    assert len(json.dumps(data)) < 8_000
    assert "complete_configuration" not in data["metadata"]
    assert not [t for t in data["transcript_with_metrics"] if "turn_configuration" in t]


def test_the_least_capture_keeps_no_words(played: Any) -> None:
    """Measurements alone: no speech, and no arguments or results of tools."""
    text = json.dumps(played("1.8.9-normal", capture="metrics"))
    for words in ("hello there", "shipped", "order 42", "euros"):
        assert words not in text
    assert '"llm_prompt_tokens": 720' in text
