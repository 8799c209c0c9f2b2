"""Whispey's exports in the sandbox."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Any

import pytest
from tests.sandbox.support import whispey_data as data
from tests.sandbox.support import whispey_error as code

from trunkline.sandbox.providers.whispey.exports import _size

if TYPE_CHECKING:
    import httpx

    from trunkline.sandbox import Control


def export(whispey: httpx.Client, **fields: Any) -> dict[str, Any]:
    response = whispey.post("/export/calls", json=fields)
    assert response.status_code == 202
    return dict(data(response))


def test_an_export_takes_a_while(whispey: httpx.Client, control: Control) -> None:
    """An export is processing and cannot be downloaded; once complete, it can."""
    made = export(whispey, format="csv", agent_id="agent-sales")
    path = f"/exports/{made['export_id']}"
    assert made["status"] == "processing"
    assert made["download_url"].endswith(f"/whispey/v1{path}/download")
    early = data(whispey.get(path))
    assert (early["status"], early["file_size"], early["record_count"]) == (
        "processing",
        None,
        None,
    )
    assert code(whispey.get(f"{path}/download")) == (409, "EXPORT_IN_PROGRESS")
    assert control.advance(5) >= made["estimated_completion"]
    done = data(whispey.get(path))
    assert (done["id"], done["status"], done["record_count"]) == (
        made["export_id"],
        "completed",
        40,
    )
    assert done["file_size"].endswith("KB")
    response = whispey.get(f"{path}/download")
    assert response.headers["content-type"] == "text/csv"
    rows = list(csv.DictReader(io.StringIO(response.text)))
    assert len(rows) == 40
    assert json.loads(rows[0]["metadata"])["conversation_type"] == "support"
    assert "transcript" not in rows[0]


def test_exports_as_json_with_everything(whispey: httpx.Client, control: Control) -> None:
    """JSON, a date range, transcripts and measurements."""
    start = data(whispey.get("/calls?limit=5"))[4]["created_at"]
    made = export(
        whispey,
        format="json",
        date_range={"start": start},
        include_transcripts=True,
        include_metrics=True,
    )
    control.advance(5)
    response = whispey.get(f"/exports/{made['export_id']}/download")
    assert response.headers["content-type"] == "application/json"
    rows = response.json()
    assert len(rows) == 5
    assert rows[0]["transcript"][0]["speaker"] == "user"
    assert "stt_accuracy" in rows[0]


def test_csv_cells_hold_structures_as_json(whispey: httpx.Client, control: Control) -> None:
    """Transcripts in a CSV file are JSON text; an empty export still has its header."""
    made = export(whispey, include_transcripts=True)
    control.advance(5)
    text = whispey.get(f"/exports/{made['export_id']}/download").text
    assert json.loads(next(csv.DictReader(io.StringIO(text)))["transcript"])
    none = export(whispey, agent_id="agent-survey")
    control.advance(5)
    text = whispey.get(f"/exports/{none['export_id']}/download").text
    assert text.splitlines()[0].startswith("id,agent_id,")


def test_one_export_at_a_time(whispey: httpx.Client, control: Control) -> None:
    """A second export is a 409 until the first is complete."""
    export(whispey)
    assert code(whispey.post("/export/calls", json={})) == (409, "EXPORT_IN_PROGRESS")
    control.advance(5)
    export(whispey)


def test_exports_that_cannot_be(whispey: httpx.Client, control: Control) -> None:
    """Unknown agents, reversed ranges, unknown formats and unknown ids are refused."""
    later = {"start": "2026-06-02T00:00:00Z", "end": "2026-06-01T00:00:00Z"}
    cases: list[tuple[dict[str, Any], tuple[int, str]]] = [
        ({"agent_id": "nope"}, (404, "AGENT_NOT_FOUND")),
        ({"date_range": later}, (400, "INVALID_DATE_RANGE")),
        ({"date_range": {"start": "soon"}}, (400, "INVALID_DATE_RANGE")),
        ({"format": "excel"}, (400, "INVALID_REQUEST")),
    ]
    for body, expected in cases:
        assert code(whispey.post("/export/calls", json=body)) == expected
    assert code(whispey.get("/exports/nope")) == (404, "EXPORT_NOT_FOUND")
    control.configure(whispey={"download_base": "https://api.obsera.ai"})
    assert export(whispey)["download_url"].startswith("https://api.obsera.ai/v1/exports/")


@pytest.mark.parametrize(
    ("count", "text"),
    [(12, "12B"), (2048, "2.0KB"), (2621440, "2.5MB"), (5 * 1024**3, "5.0GB")],
)
def test_file_sizes_are_for_people(count: int, text: str) -> None:
    """The size of a file is text, as in the vendor's example."""
    assert _size(count) == text
