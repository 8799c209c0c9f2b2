"""Kill, load and compare the session observer; part of ``make soak``."""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import secrets
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

ROOT = Path(__file__).parents[1]
#: The most that the observer may add to the 99th percentile of the event loop's lag, in ms.
ALLOWED = 2.0
VERSIONS = {"1.5.17": "livekit-1.5.17", "1.6.10": "livekit-1.6.10", "1.8.9": "livekit"}

if TYPE_CHECKING:
    from tests.observe.soaking.loading import Load


def main() -> int:
    """Return 0 if every promise was kept."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=200, help="how many processes to kill")
    parser.add_argument("--sessions", type=int, default=200, help="sessions at once")
    parser.add_argument("--texts", type=int, default=20, help="real text sessions at once")
    parser.add_argument("--seconds", type=float, default=60.0, help="how long the load lasts")
    parser.add_argument("--seed", type=int, default=None, help="repeat earlier kills")
    parser.add_argument("--grace", type=float, default=0.35, help="seconds: window and commit")
    chosen = parser.parse_args()
    sys.path[:0] = [str(ROOT), str(ROOT / "overlay"), str(ROOT / "generated")]
    seed = secrets.randbelow(10**9) if chosen.seed is None else chosen.seed
    print(f"soak: {chosen.kills} kills, --seed {seed}", flush=True)
    broken = kills(chosen.kills, seed, chosen.grace)
    broken += loads(chosen.sessions, chosen.seconds) if chosen.sessions else 0
    broken += sum(live(version, folder) for version, folder in VERSIONS.items())
    broken += together(chosen.texts)
    return 1 if broken else 0


def kills(number: int, seed: int, grace: float) -> int:
    """Kill processes that send to a file or a server; return how many promises were broken."""
    from tests.observe.soaking.crashes import PROCESSES, Crash, crash

    from trunkline.sandbox.server import Sandbox

    total = Crash()
    with Sandbox() as sandbox:
        for each in range(number // PROCESSES):
            target = sandbox if each % 2 else None
            with tempfile.TemporaryDirectory() as folder:
                found = crash(Path(folder), seed + each, sandbox=target, grace=grace)
            total += found
            for fault in found.faults:
                print(f"  seed {seed + each}: {fault}", flush=True)
    print(f"{number} kills: {total}", flush=True)
    return len(total.faults)


def loads(sessions: int, seconds: float) -> int:
    """Play sessions with and without an observer; return how many promises were broken."""
    from tests.observe.soaking.loading import load

    from trunkline.observe import LivekitObserve
    from trunkline.sandbox.server import Sandbox

    short = min(10.0, seconds)
    with Sandbox() as sandbox, tempfile.TemporaryDirectory() as folder:
        observer = LivekitObserve(
            "agent-1", "pype_sandbox", sandbox.whispey_ingest_url, journal=folder, recover=False
        )
        bare = asyncio.run(load(None, sessions, short))
        seen = asyncio.run(load(observer, sessions, seconds))
        bare.late += asyncio.run(load(None, sessions, short)).late
        observer.close()
    return _judged(bare, seen, sessions)


def _judged(bare: Load, seen: Load, sessions: int) -> int:
    for name, each in (("without", bare), ("with", seen)):
        p50, p99, top = (each.percentile(share) for share in (0.5, 0.99, 1.0))
        print(f"{name:8} late p50 {p50:.2f} p99 {p99:.2f} max {top:.1f} ms")
    added = seen.percentile(0.99) - bare.percentile(0.99)
    print(f"added p99 {added:.2f} ms; {seen.events} events, {seen.states}, {seen.memory:.1f} MiB")
    return int(added > ALLOWED) + int(seen.states != {"sent": sessions})


def live(version: str, folder: str) -> int:
    """Observe a real session, also with the published package where it is installed."""
    packages = ROOT / ".venv" / folder
    compare = ["compare"] if (packages / "whispey").exists() else []
    with tempfile.TemporaryDirectory() as temporary:
        target = Path(temporary, "calls.jsonl")
        found = _with_livekit(folder, "live_session.py", temporary, *compare)
        if found is None:
            return 1
        call = json.loads(target.read_text(encoding="utf-8").splitlines()[0])
    differences = _differences(found, call)
    print(f"livekit-agents {version}: {found['states']}, differences {differences}", flush=True)
    return len(differences) + int(found["states"] != ["sent", "sent"])


def together(sessions: int) -> int:
    """Observe concurrent real sessions in one process; return 1 if one was not delivered."""
    with tempfile.TemporaryDirectory() as temporary:
        found = _with_livekit("livekit", "live_load.py", temporary, str(sessions))
    if found is None:
        return 1
    print(
        f"{sessions} text sessions at once: late p99 {found['without']:.1f} ms without,"
        f" {found['with']:.1f} ms with an observer; {found['states']}"
    )
    return int(set(found["states"]) != {"sent"})


def _with_livekit(folder: str, script: str, temporary: str, *arguments: str) -> Any:
    packages = ROOT / ".venv" / folder
    if not (packages / ".ready").exists():
        print(f"not installed: make .venv/{folder}/.ready")
        return None
    paths = (packages, ROOT, ROOT / "overlay", ROOT / "generated")
    program: list[str | Path] = [sys.executable, ROOT / "tests/observe/soaking" / script]
    done = subprocess.run(
        [*program, f"{temporary}/journal", f"{temporary}/calls.jsonl", *arguments],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(map(str, paths))},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        print(f"{folder}: {done.stderr[-2000:]}")
        return None
    return json.loads(done.stdout.splitlines()[-1])


def _differences(found: dict[str, Any], call: dict[str, Any]) -> list[str]:
    """Compare with the published package, except for its known defects."""
    if "published" not in found:
        return []
    theirs = [text for turn in found["published"]["turns"] for text in turn if text]
    ours = [message["content"] for message in call["transcript_json"]]
    differences = [] if theirs == ours else [f"transcript {theirs} {ours}"]
    for name, value in found["published"]["usage"].items():
        own = call["metadata"]["usage"].get(name)
        if own != value and not (own is None and value == 0):  # it has 0 for what was not counted
            differences.append(f"{name}: {value} {own}")
    return differences


if __name__ == "__main__":
    sys.exit(main())
