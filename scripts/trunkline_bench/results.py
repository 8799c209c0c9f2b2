"""The rows of the table: what is measured, its limit, and how to print a value."""

from __future__ import annotations

from dataclasses import dataclass, field
from statistics import median
from typing import Final, Literal

Unit = Literal["ratio", "count", "share", "seconds", "milliseconds"]


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table.

    Attributes:
        key: its name in the JSON.
        what: its name for people; "a / b" for a ratio.
        limit: the bound that the SDK must keep.
        unit: a ratio of CPU times, a number of things, a share of a whole, seconds of CPU of a
            fresh process, or milliseconds on the clock.
        at_least: whether the bound is a lower one.
    """

    key: str
    what: str
    limit: float
    unit: Unit = "ratio"
    at_least: bool = False

    def holds(self, value: float) -> bool:
        return value >= self.limit if self.at_least else value <= self.limit

    def text(self, value: float) -> str:
        """Return a value as text."""
        if self.unit == "share":
            return f"{value:.0%}"
        if self.unit == "count":
            return f"{value:.0f}"
        if self.unit == "seconds":
            return f"{value:.2f} s"
        if self.unit == "milliseconds":
            return f"{value:.2f} ms"
        return f"{value:.3f}" if value < 0.1 else f"{value:.2f}"

    def bound(self) -> str:
        """Return the limit as text."""
        limit = f"{self.limit:.0%}" if self.unit == "share" else f"{self.limit:g}"
        limit += {"seconds": " s", "milliseconds": " ms"}.get(self.unit, "")
        return f"{'≥' if self.at_least else '≤'} {limit}"


ROWS: Final = (
    Row("sync_make_call", "sync `make_call`, typed / httpx POST + json()", 0.40),
    Row(
        "sync_fast",
        "sync `make_call` with `trunkline[fast]` / http.client POST + json.loads()",
        1.0,
    ),
    Row("sync_generated", "generated `make_call.sync` on our client / httpx POST + json()", 0.60),
    Row("async_50", "async, 50 at once, 20 ms server / httpx with raised limits", 0.10),
    Row("async_50_fast", "async, 50 at once, 20 ms server, with `trunkline[fast]` / aiohttp", 1.0),
    Row("async_50_connects", "TCP connects per 1000 requests, 50 at once", 50, "count"),
    Row("async_200", "async, 200 at once, 20 ms server / httpx with raised limits", 0.06),
    Row("list_100", "list of 100 calls, all typed / httpx GET + json()", 1.5),
    Row("list_100_fast", "list of 100 calls with `trunkline[fast]` / httpx GET + json()", 0.8),
    Row("import_root", "`import trunkline` / `import httpx`", 0.05),
    Row("import_ready", "import and a ready client / `import httpx`", 1.8),
    Row("second_client", "second client of a process / the first", 0.02),
    Row("page_memory", "memory kept per parsed page of 100 calls / json.loads", 1.1),
    Row(
        "herd_useful", "useful share of requests, 200 tasks at 200/s", 0.58, "share", at_least=True
    ),
    Row("herd_peak", "most requests in 50 ms after the start", 14, "count"),
    Row("webhook_verify", "verify 50 KB / bare hmac.digest + compare", 1.3),
    Row("webhook_import", "`import trunkline.webhooks` / `import httpx`", 0.2),
    Row("telemetry_absent", "OpenTelemetry absent / spans taken out", 1.02),
    Row("shapes_list", "list of 100 calls with `observe=` / without", 1.02),
    Row("shapes_call", "`make_call` with `observe=` / without", 1.02),
    Row("observe_import", "`import trunkline.observe` / `import httpx`", 0.3),
    Row("observe_turn", "record a turn, the journal included / json.dumps of it", 12),
    Row("observe_export", "record and export 500 turns / json.dumps of the record", 20),
    Row("contract_diff", "compare two contracts of 12 MB / json.load of both", 2.8),
    Row("contract_cycle", "the same, one cycle of 2,000 schemas / json.load of both", 5.5),
    Row("contract_documents", "slowest pair of the documents given", 1.0, "seconds"),
    Row("impact_cold", "impact on 2,000 files, one in seven a user", 5.0, "seconds"),
    Row("impact_cached", "the same from the cache", 1.0, "seconds"),
    Row("impact_all_cold", "impact on 2,000 files, all of them users", 5.0, "seconds"),
    Row("impact_all_cached", "the same from the cache", 1.0, "seconds"),
    Row("ledger_p50", "time that a ledger in SQLite adds to a call, median", 2.0, "milliseconds"),
    Row("ledger_p99", "the same, 99th percentile", 20.0, "milliseconds"),
    Row("ledger_rate_1", "calls with a key per second, one process", 300, "count", at_least=True),
    Row("ledger_rate_8", "the same, eight processes together", 300, "count", at_least=True),
    Row("ledger_lookup", "look-up of a key among 10 million records / 10 thousand", 2.0),
    Row("ledger_size", "bytes of the file per record of a call", 500, "count"),
    Row("limit_most", "requests of 100 in any window, eight processes on Redis", 100, "count"),
    Row("limit_use", "used of such a limit", 0.95, "share", at_least=True),
    Row("limit_restarted", "requests in any window, Redis killed and back", 100, "count"),
    Row("limit_restarted_use", "used from then on, for two windows", 0.80, "share", at_least=True),
)
BY_KEY: Final = {row.key: row for row in ROWS}

#: The contender whose values must keep the limits.
OURS: Final = "trunkline"


@dataclass(slots=True)
class Results:
    """For each row, each contender's values; and what was left out, and why."""

    values: dict[str, dict[str, list[float]]] = field(
        default_factory=dict[str, dict[str, list[float]]]
    )
    skipped: dict[str, str] = field(default_factory=dict[str, str])

    def add(self, key: str, contenders: dict[str, list[float]]) -> None:
        self.values.setdefault(BY_KEY[key].key, {}).update(contenders)

    def medians(self, key: str) -> dict[str, float]:
        """Return each contender's median in a row, smallest first."""
        found = {name: median(values) for name, values in self.values.get(key, {}).items()}
        return dict(sorted(found.items(), key=lambda pair: pair[1]))
