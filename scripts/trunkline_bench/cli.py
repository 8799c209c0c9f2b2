"""Runs the sections and writes what they found."""

from __future__ import annotations

import argparse
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from . import chart, report
from .results import Results
from .sections import (
    calls,
    cold_start,
    concurrency,
    contract_diff,
    contract_impact,
    fast,
    ledger,
    lists,
    observe,
    shapes,
    shared_limit,
    telemetry,
    thundering_herd,
    webhook,
)
from .settings import FULL, QUICK

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from .settings import Settings

_ROOT: Final = Path(__file__).parents[2]
_DOCS: Final = _ROOT / "docs"
#: The table in the documentation is between these two lines.
_BEGIN: Final = "<!-- measured: begin -->"
_END: Final = "<!-- measured: end -->"

SECTIONS: Final[dict[str, Callable[[Results, Settings], None]]] = {
    "calls": calls.measure_sync,
    "lists": lists.measure,
    "concurrency": concurrency.measure,
    "cold_start": cold_start.measure,
    "fast": fast.measure,
    "thundering_herd": thundering_herd.measure,
    "webhook": webhook.measure,
    "telemetry": telemetry.measure,
    "shapes": shapes.measure,
    "observe": observe.measure,
    "ledger": ledger.measure,
    "shared_limit": shared_limit.measure,
    "contract_diff": contract_diff.measure,
    "contract_impact": contract_impact.measure,
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and report; a missed limit is not a failure, because machines differ."""
    options = _parser().parse_args(arguments)
    settings = QUICK if options.quick else FULL
    if options.documents:
        settings = replace(settings, documents=options.documents)
    runs = [_run(options.only or list(SECTIONS), settings) for _ in range(options.runs)]
    found = report.document(runs)
    report.save(found, options.output)
    options.output.with_suffix(".svg").write_text(chart.draw(found), encoding="utf-8")
    print(report.table(found))
    for name, why in found["skipped"].items():
        print(f"left out: {name}: {why}")
    if options.quick:
        print("a quick run only shows that everything works: its figures mean nothing")
    if options.publish:
        _publish(found)
    return 0


def _run(sections: Sequence[str], settings: Settings) -> Results:
    results = Results()
    for name in sections:
        began = time.monotonic()
        SECTIONS[name](results, settings)
        print(f"{name}: {time.monotonic() - began:.0f} s", flush=True)
    return results


def _publish(found: report.Json) -> None:
    report.save(found, _DOCS / "assets" / "performance.json")
    (_DOCS / "assets" / "performance.svg").write_text(chart.draw(found), encoding="utf-8")
    page = _DOCS / "performance.md"
    before, _, rest = page.read_text(encoding="utf-8").partition(_BEGIN)
    after = rest.partition(_END)[2]
    text = f"{before}{_BEGIN}\n\n{report.table(found)}\n\n{_END}{after}"
    page.write_text(text, encoding="utf-8")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", nargs="+", choices=SECTIONS, help="sections; default: all")
    parser.add_argument("--runs", type=int, default=1, help="the table has their range")
    parser.add_argument(
        "--documents", type=Path, help="folder of contracts NAME.DATE.EXT to compare as well"
    )
    parser.add_argument("--quick", action="store_true", help="only see whether everything works")
    parser.add_argument("--output", type=Path, default=_ROOT / "build" / "bench.json")
    parser.add_argument("--publish", action="store_true", help="write into docs/ as well")
    return parser
