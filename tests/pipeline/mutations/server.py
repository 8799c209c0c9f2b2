"""Checks one tree again and again: a line on standard input asks, lines of findings answer.

Each check is a fork of this process, which has imported everything but the tree's own packages and
has parsed the modules of the tree as it was at first.
"""

from __future__ import annotations

import gc
import os
import sys
from pathlib import Path
from typing import Final

import anyio._backends._asyncio
import attrs
import dateutil.parser
import h11
import httpx

from trunkline_pipeline.checks.inputs import facts_of
from trunkline_pipeline.checks.probe import __main__ as probe
from trunkline_pipeline.checks.static.check import findings
from trunkline_pipeline.inputs import manifest

END: Final = "end "
_WARM: Final = (anyio._backends._asyncio, attrs, dateutil.parser, h11, httpx)


def main(tree: Path) -> None:
    """Answer until standard input is closed."""
    list(findings(facts_of(manifest.load(tree / "api-contracts" / "contracts.toml"), tree)))
    gc.freeze()
    for _ in sys.stdin:
        if (child := os.fork()) == 0:
            _forget_packages()
            sys.path[:0] = [str(tree / name) for name in ("overlay", "generated")]
            sys.dont_write_bytecode = True
            os._exit(_checked(tree))
        _, status = os.waitpid(child, 0)
        sys.stdout.write(f"{END}{os.waitstatus_to_exitcode(status)}\n")
        sys.stdout.flush()


def _forget_packages() -> None:
    # The pipeline reads patches with the package's own code: it is that of this repository.
    for name in [name for name in sys.modules if name.partition(".")[0] == "trunkline"]:
        del sys.modules[name]


def _checked(tree: Path) -> int:
    try:
        return probe.main(tree)
    except BaseException:  # noqa: BLE001  # a fork ends here, whatever happens
        return 1


if __name__ == "__main__":
    main(Path(sys.argv[1]))
