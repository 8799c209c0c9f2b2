"""The impact analysis over a large code base: 2,000 files, cold and from the cache.

Each run is a process of its own, so that imports count. Two code bases: in `usual`, one file in
seven uses the client and some others only import those; in `all`, every file uses it.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

from trunkline_bench.extras import installed
from trunkline_bench.results import OURS

if TYPE_CHECKING:
    from trunkline_bench.results import Results
    from trunkline_bench.settings import Settings

_CONTRACT: Final = (
    Path(__file__).parents[3] / "generated" / "trunkline_generated" / "pamela" / "openapi.json"
)

_PROBE: Final = """
import json, sys, time
began = time.perf_counter()
from trunkline.contracts import diff, load
from trunkline.contracts.impact import analyse
old, new, code, cache = sys.argv[1:]
base = load(old)
report = analyse(diff(base, load(new, base=base)), [code], generator=False, cache=cache)
seconds = time.perf_counter() - began
try:
    import resource
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
except ImportError:
    peak = 0.0
sites = sum(len(finding.used) for finding in report.findings)
cpu = time.process_time()
print(json.dumps({"seconds": seconds, "cpu": cpu, "mib": peak, "sites": sites}))
"""

_USER: Final = '''
"""Calls customers about order {n}."""

from __future__ import annotations

import logging
from dataclasses import dataclass

from trunkline import APIError, Pamela
from trunkline.pamela import CallStatus, CallStatusResponse

log = logging.getLogger(__name__)


@dataclass
class Order{n}:
    number: str
    customer: str
    total: float


class Service{n}:
    def __init__(self, client: Pamela) -> None:
        self.client = client
        self.calls: dict[str, CallStatusResponse] = {{}}

    def remind(self, order: Order{n}) -> str:
        try:
            call = self.client.calls.create(
                to=order.number, task=f"Remind {{order.customer}}.", country="US"
            )
        except APIError:
            log.exception("no call for %s", order.customer)
            raise
        return call.id

    def refresh(self, call_id: str) -> CallStatusResponse:
        call = self.client.calls.get(call_id)
        self.calls[call.id] = call
        return call

    def word(self, call_id: str) -> str:
        call = self.refresh(call_id)
        if call.status == CallStatus.COMPLETED:
            return call.summary or "done"
        elif call.status in (CallStatus.FAILED, CallStatus.CANCELLED):
            return "over"
        return "running"

    def overview(self) -> list[str]:
        return [f"{{call.id}}: {{call.summary}}" for call in self.calls.values()]
'''
_PLAIN: Final = '''
"""Figures of order {n}."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
{imported}

@dataclass
class Basket{n}:
    items: list[str] = field(default_factory=list)
    prices: dict[str, float] = field(default_factory=dict)

    def add(self, item: str, price: float) -> None:
        self.items.append(item)
        self.prices[item] = price

    def total(self) -> float:
        return sum(self.prices[item] for item in self.items)

    def most(self) -> str | None:
        found = Counter(self.items).most_common(1)
        return found[0][0] if found else None


def parse(text: str) -> Basket{n}:
    basket = Basket{n}()
    for line in text.splitlines():
        name, _, price = line.partition("=")
        try:
            basket.add(name.strip(), float(price))
        except ValueError:
            continue
    return basket
'''


def write(folder: Path, files: int, *, every: int) -> None:
    """Write the code base; each ``every``-th file uses the client."""
    for number in range(files):
        package = folder / f"area{number % 40}"
        package.mkdir(exist_ok=True)
        if not number % every:
            text = _USER.format(n=number)
        else:
            # A few files reach the client only through another.
            near = number - number % every
            is_near = not number % 11 and near % 40 == number % 40
            text = _PLAIN.format(n=number, imported=f"from .file{near} import *" if is_near else "")
        (package / f"file{number}.py").write_text(text * 2 if number % every else text)


def documents(folder: Path) -> tuple[Path, Path]:
    """Write the two contracts: a removed parameter, a removed field, a new value of an enum."""
    old = json.loads(_CONTRACT.read_text(encoding="utf-8"))
    paths = folder / "old.json", folder / "new.json"
    paths[0].write_text(json.dumps(old))
    schemas = old["components"]["schemas"]
    del schemas["CreateCallRequest"]["properties"]["country"]
    del schemas["CallStatusResponse"]["properties"]["summary"]
    schemas["CallStatus"]["enum"].append("no_answer")
    paths[1].write_text(json.dumps(old))
    return paths


def measure(results: Results, settings: Settings) -> None:
    """Measure both code bases, each cold and from the cache of that run."""
    with tempfile.TemporaryDirectory() as root:
        old, new = documents(Path(root))
        for name, every in (("impact", 7), ("impact_all", 1)):
            code = Path(root) / name
            code.mkdir()
            write(code, settings.files, every=every)
            runs: dict[str, list[float]] = {"cold": [], "cached": []}
            for number in range(settings.comparisons):
                cache = Path(root) / f"cache-{name}-{number}"
                for seconds in runs.values():
                    seconds.append(_run(old, new, code, cache)["cpu"])
            for state, seconds in runs.items():
                results.add(f"{name}_{state}", {OURS: seconds})


def _run(*arguments: Path) -> dict[str, float]:
    command = [sys.executable, "-c", _PROBE, *map(str, arguments)]
    done = subprocess.run(command, check=True, capture_output=True, text=True, env=installed())
    result: dict[str, float] = json.loads(done.stdout)
    return result
