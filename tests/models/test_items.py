"""Items of a page share parts of their JSON, and still return all that was received."""

from __future__ import annotations

import copy
import gc
import json
import pickle
import time
import tracemalloc
from typing import TYPE_CHECKING, Any

import pytest
from tests.pipeline.scripted_server import ScriptedServer

from trunkline import Pamela
from trunkline.pamela import CallStatusResponse
from trunkline_bench.fixtures import PAMELA_PAGE, encoded

if TYPE_CHECKING:
    from collections.abc import Callable

    from trunkline_generated.pamela.models.call_metadata import CallMetadata

SENT: list[dict[str, Any]] = [
    {"id": "c1", "status": "completed", "summary": None, "new": [1], "metadata": {"order": 1}},
    {"status": "queued", "id": "c2", "created_at": "2026-11-02T10:00:00Z"},
    {"status": "queued", "id": "c3", "created_at": None},
    {"id": "c4", "transcript": [{"text": "Hi"}, "Ho"]},
    {},
]


@pytest.fixture
def items() -> list[CallStatusResponse]:
    with ScriptedServer() as server:
        server.answer(200, json.dumps({"items": SENT, "has_more": False}).encode())
        with Pamela("k" * 20, base_url=server.url) as pamela:
            return list(pamela.calls.list().items)


def test_each_gives_back_what_came(items: list[CallStatusResponse]) -> None:
    """Nulls, unknown fields, text of dates and the order of keys, whichever is read first."""
    texts = [json.dumps(each) for each in SENT]
    assert [each.to_json() for each in copy.deepcopy(items)] == texts
    assert [json.dumps(each.raw) for each in pickle.loads(pickle.dumps(items))] == texts
    assert [list(each.additional_properties) for each in items] == [["new"], [], [], [], []]
    assert items == [CallStatusResponse.from_dict(each) for each in SENT]
    assert [json.dumps(each.raw) for each in items] == texts
    assert items[0].raw is items[0].raw


def test_a_changed_item_still_tells_what_came(items: list[CallStatusResponse]) -> None:
    """Assigned values are in ``to_dict()``, and ``raw`` is unchanged."""
    first = items[0]
    first["summary"], first["new"] = "Done", 2
    first.additional_properties["more"] = 3
    assert first.raw == SENT[0]
    assert first.to_dict() == {**SENT[0], "summary": "Done", "new": 2, "more": 3}


def test_a_dictionary_may_be_used_again() -> None:
    """A model made from a program's own dictionary does not follow later changes to it."""
    mine: dict[str, Any] = {"id": "c1", "status": "queued", "new": 1, "metadata": {"order": 1}}
    call = CallStatusResponse.from_dict(mine)
    mine["new"] = mine["metadata"]["order"] = 2
    del mine["id"]
    metadata: CallMetadata | None = call.metadata
    assert (call.additional_properties, metadata and metadata["order"]) == ({"new": 1}, 1)
    assert (call.raw["id"], call.raw["new"]) == ("c1", 1)


def test_a_page_takes_hardly_more_memory_than_its_json() -> None:
    """A hundred calls as models, compared with the dictionaries of ``json.loads``."""
    body = encoded(PAMELA_PAGE)
    with ScriptedServer() as server:
        server.answer(200, body)
        with Pamela("k" * 20, base_url=server.url) as pamela:
            models = kept(lambda: list(pamela.calls.list().items))
    assert models < 1.15 * kept(lambda: json.loads(body))


def kept(make: Callable[[], object]) -> int:
    """Return the memory in bytes; the smallest of three, since other threads only add to it."""
    first = make()
    return min(_kept(first, make) for _ in range(3))


def _kept(first: object, make: Callable[[], object]) -> int:
    gc.collect()
    tracemalloc.start()
    held = first, make()
    gc.collect()
    sizes: list[int] = []
    for _ in range(20):  # the server's thread may still hold what it has sent
        sizes.append(tracemalloc.get_traced_memory()[0])
        time.sleep(0.01)
    tracemalloc.stop()
    assert held
    return min(sizes)
