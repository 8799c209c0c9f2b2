"""The cost of starting: imports and clients, each in a fresh process."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from importlib.util import find_spec
from typing import TYPE_CHECKING, Final

from trunkline_bench import peers
from trunkline_bench.extras import DISABLE
from trunkline_bench.results import OURS
from trunkline_bench.server import running_server
from trunkline_bench.settings import QUICK
from trunkline_bench.timing import ratios, rotated

if TYPE_CHECKING:
    from trunkline_bench.results import Results
    from trunkline_bench.settings import Settings
    from trunkline_bench.timing import Costs

_REFERENCE: Final = "httpx alone"
_ROOT: Final = "root"
_WEBHOOKS: Final = "webhooks"
_OBSERVE: Final = "observe"
_READY: Final = "ready"

_PROGRAMS: Final = {
    _REFERENCE: "import httpx",
    _ROOT: "import trunkline",
    _WEBHOOKS: "import trunkline.webhooks",
    _OBSERVE: "import trunkline.observe",
    _READY: "from trunkline import StateSetVoice; c = StateSetVoice('x')",
    f"{OURS}, async": "from trunkline import AsyncStateSetVoice; c = AsyncStateSetVoice('x')",
}

#: The same with a first response: includes costs that are only deferred. ``{0}`` is the server.
_FIRST: Final = {
    "httpx, with a first answer": "import httpx; "
    "httpx.Client().post('{0}/api/v1/make-call').json()",
    f"{OURS}, with a first answer": "from trunkline import StateSetVoice; "
    "StateSetVoice('x', base_url='{0}').make_call(to='+15555550123')",
}

_PROBE: Final = f"""
{DISABLE}
import time
_began = time.process_time()
exec(sys.argv[1])
print(time.process_time() - _began)
"""

# The first TLS connection loads the TLS settings; here they are loaded without one, so that a
# client that only defers their cost has no advantage.
_TWO: Final = {
    OURS: "k = StateSetVoice('x', base_url='https://h'); ssl_context(True)",
    "httpx": "k = httpx.Client()",
}
_TWO_PROBE: Final = f"""
{DISABLE}
import time, httpx
from statistics import median
from trunkline import StateSetVoice
from trunkline._engine.transport.tls import ssl_context
def make():
    began = time.process_time()
    exec(sys.argv[1], globals())
    return time.process_time() - began
first = make()
print(median(make() for _ in range(5)) / first)
"""


def measure(results: Results, settings: Settings) -> None:
    """Measure imports, ready clients, and a second client."""
    if settings is QUICK:
        _imports(results, settings, dict(os.environ))
        _clients(results, settings, dict(os.environ))
        return
    # All contenders start from bytecode, regardless of how they were installed.
    with tempfile.TemporaryDirectory() as bytecode:
        environment = {**os.environ, "PYTHONPYCACHEPREFIX": bytecode}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        _imports(results, settings, environment)
        _clients(results, settings, environment)


def _imports(results: Results, settings: Settings, environment: dict[str, str]) -> None:
    known = {"thisispamela": "pamela"}
    ready = {n: code for n, code in peers.READY.items() if find_spec(known.get(n, n))}
    with running_server() as base:
        first = {name: code.format(base) for name, code in _FIRST.items()}
        costs = _costs({**_PROGRAMS, **ready, **first}, settings.starts, environment)
    found = ratios(costs, _REFERENCE)
    results.add("import_root", {OURS: found.pop(_ROOT)})
    results.add("webhook_import", {OURS: found.pop(_WEBHOOKS)})
    results.add("observe_import", {OURS: found.pop(_OBSERVE)})
    results.add("import_ready", {OURS: found.pop(_READY), **found})


def _clients(results: Results, settings: Settings, environment: dict[str, str]) -> None:
    for name, code in _TWO.items():
        second = [_run(environment, _TWO_PROBE, code) for _ in range(settings.starts)]
        results.add("second_client", {name: second})


def _costs(programs: dict[str, str], rounds: int, environment: dict[str, str]) -> Costs:
    if rounds > 1:  # the first start compiles
        for code in programs.values():
            _run(environment, _PROBE, code)
    costs: Costs = {name: [] for name in programs}
    for number in range(rounds):
        for name in rotated(programs, number):
            costs[name].append(_run(environment, _PROBE, programs[name]))
    return costs


def _run(environment: dict[str, str], *arguments: str) -> float:
    program = [sys.executable, "-c", *arguments]
    done = subprocess.run(program, capture_output=True, text=True, check=True, env=environment)
    return float(done.stdout)
