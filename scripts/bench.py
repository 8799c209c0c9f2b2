"""Measure the SDK beside plain httpx and other SDKs (`make bench`).

Ratios of CPU time in one interleaved run are what counts: figures in microseconds hold only for
the machine that they were taken on.
"""

from __future__ import annotations

import sys

from trunkline_bench import extras

if __name__ == "__main__":
    extras.disable()
    from trunkline_bench import cli

    sys.exit(cli.main())
