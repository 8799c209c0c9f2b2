"""The benchmark program works and reports every row; its measurements depend on the machine."""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest

from trunkline_bench import chart, cli, report
from trunkline_bench.results import BY_KEY, OURS, ROWS, Results

if TYPE_CHECKING:
    from pathlib import Path


def test_a_quick_run_measures_every_row(tmp_path: Path) -> None:
    """Each row is in the JSON and in the table with its limit, or omitted with a reason."""
    output = tmp_path / "bench.json"
    assert cli.main(["--quick", "--output", str(output)]) == 0
    ET.parse(output.with_suffix(".svg"))
    found = json.loads(output.read_text(encoding="utf-8"))
    assert list(found["rows"]) == [row.key for row in ROWS]
    for key, entry in found["rows"].items():
        values = entry["contenders"].get(OURS)
        assert key in found["skipped"] if values is None else all(map(math.isfinite, values))
    assert {"python", "system", "cpus", "versions"} <= set(found["environment"])
    assert {"httpx", "h11"} <= set(found["environment"]["versions"])
    lines = report.table(found).splitlines()[2:]
    measured = [row for row in ROWS if row.key not in found["skipped"]]
    assert all(row.bound() in line for row, line in zip(measured, lines, strict=True))


def test_a_missed_limit_is_called_missed() -> None:
    """The verdict is based on the median of the runs."""
    runs = [Results({"async_50": {OURS: [value], "httpx2": [0.5]}}) for value in (0.2, 0.05, 0.3)]
    line = next(
        text for text in report.table(report.document(runs)).splitlines() if "50 at" in text
    )
    assert "**missed**" in line
    assert "0.050 to 0.30" in line
    assert "httpx2 0.50" in line


@pytest.mark.parametrize(("value", "holds"), [(0.58, True), (0.57, False)])
def test_a_limit_may_be_a_lower_one(value: float, *, holds: bool) -> None:
    """The useful share must be large."""
    assert BY_KEY["herd_useful"].holds(value) is holds


def test_names_in_the_picture_are_escaped() -> None:
    """A contender may have any name."""
    runs = [Results({"async_50": {OURS: [0.1], "<&>": [0.2]}})]
    ET.fromstring(chart.draw(report.document(runs)))
