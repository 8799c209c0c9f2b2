"""The results as JSON and as a table."""

from __future__ import annotations

import json
import os
import platform
import sys
from importlib.metadata import PackageNotFoundError, version
from statistics import median
from typing import TYPE_CHECKING, Any, Final

from .results import BY_KEY, OURS, ROWS

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from .results import Results, Row

Json = dict[str, Any]

_PACKAGES: Final = (
    *("trunkline", "httpx", "httpcore", "h11", "anyio", "attrs", "httptools", "msgspec"),
    *("aiohttp", "pycurl", "pyqwest", "pyreqwest", "urllib3", "httpx2"),
    *("thisispamela", "stripe", "openai", "githubkit", "opentelemetry-api"),
    *("redis", "limits", "pyrate-limiter"),
)


def document(runs: Sequence[Results]) -> Json:
    """Return everything that was measured: each contender's median, run by run."""
    rows = {row.key: _row(row, runs) for row in ROWS}
    skipped = {name: why for run in runs for name, why in run.skipped.items()}
    return {"environment": _environment(), "rows": rows, "skipped": skipped}


def _row(row: Row, runs: Sequence[Results]) -> Json:
    contenders: dict[str, list[float]] = {}
    for run in runs:
        for name, value in run.medians(row.key).items():
            contenders.setdefault(name, []).append(round(value, 4))
    return {"what": row.what, "limit": row.limit, "unit": row.unit, "contenders": contenders}


def _environment() -> Json:
    return {
        "python": platform.python_version(),
        "implementation": sys.implementation.name,
        "system": f"{platform.system()} {platform.machine()}",
        "cpus": os.cpu_count(),
        "versions": {name: found for name in _PACKAGES if (found := _version(name))},
    }


def _version(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None


def save(found: Json, file: Path) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def table(found: Json) -> str:
    """Return a Markdown table: our median of the runs' medians and their range, and the others.

    A row that is recorded as skipped has no line.
    """
    lines = ["| what | limit | trunkline | range | | others |", "|---|---:|---:|---:|---|---|"]
    for key, entry in found["rows"].items():
        if key not in found["skipped"]:
            lines.append(_line(BY_KEY[key], entry["contenders"]))
    return "\n".join(lines)


def _line(row: Row, contenders: dict[str, list[float]]) -> str:
    values = contenders.get(OURS)
    if not values:
        return f"| {row.what} | {row.bound()} | not measured | | | {_others(row, contenders)} |"
    middle = median(values)
    verdict = "holds" if row.holds(middle) else "**missed**"
    spread = f"{row.text(min(values))} to {row.text(max(values))}"
    cells = (row.what, row.bound(), row.text(middle), spread, verdict, _others(row, contenders))
    return f"| {' | '.join(cells)} |"


def _others(row: Row, contenders: dict[str, list[float]]) -> str:
    others = {name: median(values) for name, values in contenders.items() if name != OURS}
    texts = (f"{name} {row.text(value)}" for name, value in others.items())
    return ", ".join(texts).replace(f"{OURS}, ", "our ")
