"""Run the contract check on seeded changes of the repository; ``make soak`` does 400."""

from __future__ import annotations

import argparse
import secrets
import sys
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[1]
#: The share of the changes noticeable to a user that must be named.
SHARE: Final = 0.98


def main() -> int:
    """Return 0 when enough changes were named, and no harmless one."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--mutations", type=int, default=400, help="changes that matter")
    parser.add_argument("--controls", type=int, default=40, help="changes that do not")
    parser.add_argument("--seed", type=int, default=None, help="repeat an earlier choice")
    parser.add_argument("--part", default="1/1", help="such as 2/4: the second quarter alone")
    options = parser.parse_args()
    part, parts = map(int, options.part.split("/"))
    sys.path[:0] = [str(ROOT)]
    from tests.pipeline.mutations.run import chosen, outcomes

    seed = secrets.randbelow(10**9) if options.seed is None else options.seed
    print(f"check soak: --seed {seed}", flush=True)
    counts = {True: [0, 0], False: [0, 0]}
    every = chosen(seed, options.mutations, options.controls)
    for mutation, found in outcomes(every[part - 1 :: parts]):
        counts[mutation.noticeable][bool(found)] += 1
        if mutation.noticeable != bool(found):
            rules = ", ".join(sorted({each.rule for each in found}))
            verdict = f"named by {rules}" if found else "not named"
            print(f"{mutation.kind}: {mutation.place}: {verdict}", flush=True)
    missed, named = counts[True]
    silent, wrong = counts[False]
    print(f"{named} of {missed + named} changes named, {wrong} of {silent + wrong} harmless ones")
    return 0 if named >= SHARE * (missed + named) and not wrong else 1


if __name__ == "__main__":
    sys.exit(main())
