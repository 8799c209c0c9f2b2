"""Compare the SDK with plain httpx and other SDKs (`make bench`).

Only the ratios of CPU time within one interleaved run matter: figures in microseconds hold only
for the machine that they were measured on.
"""

from __future__ import annotations

import sys

from trunkline_bench import extras

if __name__ == "__main__":
    extras.disable()
    from trunkline_bench import cli

    sys.exit(cli.main())
