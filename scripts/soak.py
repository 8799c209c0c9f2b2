"""Run random faults against the engine for as long as it takes; ``make soak`` does it in full."""

from __future__ import annotations

import argparse
import gc
import secrets
import sys
import time
import warnings
from pathlib import Path

ROOT = Path(__file__).parents[1]


def main() -> int:
    """Return 0 when every promise was kept."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=6000, help="how many calls to make")
    parser.add_argument("--seed", type=int, default=None, help="repeat the runs of an earlier soak")
    chosen = parser.parse_args()
    sys.path[:0] = [str(ROOT), str(ROOT / "overlay"), str(ROOT / "generated")]
    from tests.fault.soaking import soak

    seed = secrets.randbelow(10**9) if chosen.seed is None else chosen.seed
    print(f"soak: {chosen.runs} runs, --seed {seed}", flush=True)
    warnings.simplefilter("error")
    lost: list[str] = []
    sys.unraisablehook = lambda found: lost.append(repr(found.exc_value))
    started = time.monotonic()
    done = soak(chosen.runs, seed)
    gc.collect()
    done.faults += lost
    print(done.summary())
    print(f"{time.monotonic() - started:7.1f}  seconds")
    return 1 if done.faults else 0


if __name__ == "__main__":
    sys.exit(main())
