"""The fold from entries to a session, over any entries in any order."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trunkline.observe import DEFAULT_PRICES, Price
from trunkline.observe._recording.bounds import bounded_text
from trunkline.observe._recording.payload import ended_record
from trunkline.observe._recording.prices import cost_of
from trunkline.observe._recording.recorder import Head, SessionRecord, replayed
from trunkline.observe._recording.redaction import MAX_TEXT, Redaction
from trunkline.observe._sending.records import head_text, read_head
from trunkline.whispey.ingest import CallEnded

IDS = st.sampled_from(["a", "b", "c", None])
TEXTS = st.text(max_size=8)
TIMES = st.floats(1e9, 2e9)
ENTRIES = st.one_of(
    st.fixed_dictionaries(
        {"k": st.just("speech"), "id": IDS, "source": st.sampled_from(["say", None])}
    ),
    st.fixed_dictionaries(
        {
            "k": st.just("message"),
            "id": IDS,
            "role": st.sampled_from(["user", "assistant"]),
            "text": TEXTS,
            "interrupted": st.booleans(),
        }
    ),
    st.fixed_dictionaries({"k": st.just("heard"), "text": TEXTS}),
    st.fixed_dictionaries(
        {"k": st.just("done"), "id": IDS, "items": st.lists(IDS), "calls": st.lists(IDS)}
    ),
    st.fixed_dictionaries(
        {"k": st.just("tool"), "call_id": IDS, "name": TEXTS, "started_at": TIMES}
    ),
    st.fixed_dictionaries(
        {
            "k": st.just("metric"),
            "type": st.sampled_from(["llm", "tts", "stt", "eou"]),
            "speech_id": IDS,
            "values": st.fixed_dictionaries({"prompt_tokens": st.integers(0, 9)}),
        }
    ),
    st.fixed_dictionaries(
        {"k": st.just("state"), "who": st.just("user"), "new": TEXTS, "at": TIMES}
    ),
    st.fixed_dictionaries({"k": st.just("agent"), "name": TEXTS}),
    st.just({"k": "from a later version"}),
)
HEAD = Head("s-1", "agent-1", 1e9, metadata={"a": 1})


def timed(entries: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{**entry, "t": 1e9 + number} for number, entry in enumerate(entries)]


@given(st.lists(ENTRIES, max_size=30).map(timed))
def test_a_record_read_back_is_the_record(entries: list[dict[str, Any]]) -> None:
    """The journal's entries give the same record as the process itself."""
    live = SessionRecord(HEAD)
    for entry in entries:
        live.apply(entry)
    live.apply({"k": "end", "t": live.last_at, "reason": "interrupted"})
    kept = [json.loads(json.dumps(entry)) for entry in entries]
    head, _, _ = read_head(head_text(HEAD, (), "at_most_once"))
    again = replayed(head, kept, "interrupted")
    assert json.dumps(ended_record(live)) == json.dumps(ended_record(again))


@given(st.lists(ENTRIES, max_size=30).map(timed))
def test_no_word_is_lost_and_none_doubled(entries: list[dict[str, Any]]) -> None:
    """Every message ends up in exactly one turn."""
    said = sorted(e["text"] for e in entries if e["k"] == "message" and e["text"])
    record = ended_record(replayed(HEAD, entries, "completed"))
    heard: list[str] = [m["content"] for m in record["transcript_json"]]
    for text in said:
        heard.remove(text)
    assert len(heard) <= sum(e["k"] == "heard" for e in entries)


@given(st.lists(ENTRIES, max_size=30).map(timed), st.integers(900, 5_000))
def test_records_fit_the_contract_and_the_bound(entries: list[dict[str, Any]], limit: int) -> None:
    """However small the limit, the record still fits the contract."""
    record = json.loads(bounded_text(ended_record(replayed(HEAD, entries, "completed")), limit))
    model = CallEnded.from_dict(record)
    assert not model.deviations
    assert record["call_id"] == "s-1"


def test_what_is_left_out_first_is_what_is_needed_least() -> None:
    """Prompts, states and tools are dropped before measurements, and those before turns."""
    record = SessionRecord(HEAD)
    record.apply({"k": "configure", "t": 1e9, "values": {"instructions": "p" * 5_000}})
    for number in range(20):
        record.apply({"k": "speech", "t": 1e9, "id": f"s{number}"})
        record.apply({"k": "tool", "t": 1e9, "call_id": f"c{number}", "output": "o" * 200})
        record.apply(
            {"k": "message", "t": 1e9, "id": f"m{number}", "role": "user", "text": "words"}
        )
        record.apply({"k": "state", "t": 1e9, "who": "user", "new": "speaking", "at": 1e9})
    sizes = (100_000, 17_000, 13_000, 8_500, 3_000)
    found = [json.loads(bounded_text(ended_record(record), size)) for size in sizes]
    left_out = [list(each["metadata"]["trunkline"].get("left_out", {})) for each in found]
    assert left_out[0] == []
    assert left_out[1] == ["configuration"]
    assert left_out[2] == ["configuration", "states"]
    assert left_out[3] == ["configuration", "states", "tools"]
    assert left_out[4][-1] == "turns"
    assert found[4]["transcript_with_metrics"][-1]["turn_id"] == "turn_20"


def test_a_long_text_is_cut_and_counted() -> None:
    """Its end is cut off."""
    redaction = Redaction("transcript", None)
    entry = redaction.prepare({"k": "message", "t": 0.0, "text": "x" * 50_000})
    assert entry["text"] == "x" * MAX_TEXT + " [cut]"
    assert redaction.cut == 1


@pytest.mark.parametrize(
    ("used", "cost"),
    [
        ({"input_tokens": 1_000_000}, 0.15),
        ({"input_tokens": 1_000_000, "input_cached_tokens": 1_000_000}, 0.075),
        ({"output_tokens": 1_000_000, "model": "gpt-4o-mini-2024-07-18"}, 0.60),
        ({"output_tokens": 1, "model": "gpt-9"}, None),
        ({"output_tokens": 1, "provider": None}, None),
        ({}, None),
    ],
)
def test_costs_come_from_a_table(used: dict[str, Any], cost: float | None) -> None:
    """A dated model has its family's price; what is not listed or counted has no cost."""
    usage = [{"provider": "openai", "model": "gpt-4o-mini", **used}]
    assert cost_of(usage, DEFAULT_PRICES) == cost


def test_prices_of_one_s_own() -> None:
    """The caller sets the price of speech."""
    prices = {("acme", "ears"): Price(audio_minutes=0.6), ("acme", "voice"): Price(characters=10)}
    usage = [
        {"provider": "acme", "model": "ears", "audio_duration": 30},
        {"provider": "acme", "model": "voice", "characters_count": 100_000},
    ]
    assert cost_of(usage, prices) == pytest.approx(0.3 + 1.0)
    assert cost_of(None, prices) is None
