"""Objects of a list are read as they would be alone, whatever keys earlier ones had."""

from __future__ import annotations

import json
import pickle
from typing import Any

import pytest

from trunkline_generated.pamela.models import CallStatusResponse
from trunkline_generated.pamela.types import Reading

CALL = {
    "id": "call_1",
    "status": "completed",
    "summary": None,
    "created_at": "2026-01-05T12:00:00Z",
}
OBJECTS: list[Any] = [
    CALL,
    CALL,
    {**CALL, "message": "ok", "unknown": [1]},
    dict(reversed(CALL.items())),
    CALL,
    {"id": "call_1"},
    {**CALL, "duration_seconds": "long"},
    {**CALL, **{f"key_{number}": number for number in range(80)}},
    {},
    "text",
    CALL,
]


def test_each_is_read_as_if_it_were_alone() -> None:
    """Fields, raw data, deviations and the JSON are those of `from_dict`."""
    read = CallStatusResponse.item_reader(Reading())
    for came in OBJECTS:
        item, alone = read(came), CallStatusResponse.from_dict(came)
        assert item == alone
        assert item.deviations == alone.deviations
        assert json.dumps(item.raw) == json.dumps(alone.raw)
        assert item.to_json() == alone.to_json()
        assert pickle.loads(pickle.dumps(read(came))) == alone


def test_an_item_does_not_change_with_the_next() -> None:
    """Later lookups do not use data that was read since."""
    read = CallStatusResponse.item_reader(Reading())
    first = read({"status": "failed", "id": "call_2"})
    read(CALL)
    assert list(first.raw) == ["status", "id"]
    assert first.summary is None
    assert "summary" not in first


@pytest.mark.parametrize("other", [{**CALL, "status": "failed"}, {**CALL, "more": 1}])
def test_equality_is_of_all_fields(other: dict[str, Any]) -> None:
    """Models are equal if each field is, unknown ones too; other types and `hash` are refused."""
    model = CallStatusResponse.from_dict(CALL)
    assert model == CallStatusResponse.from_dict(CALL)
    assert model != CallStatusResponse.from_dict(other)
    assert model != CALL
    with pytest.raises(TypeError):
        hash(model)
