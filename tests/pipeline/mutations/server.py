"""Checks one tree repeatedly: reads a line with the changed file, writes lines of findings.

Each check is a fork of this process, which has imported everything but the tree's own packages and
has parsed the original modules of the tree. A check skips what the change cannot affect.
"""

from __future__ import annotations

import gc
import os
import sys
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Final

import anyio._backends._asyncio
import attrs
import dateutil.parser
import h11
import httpx

from trunkline_pipeline.checks.inputs import facts_of
from trunkline_pipeline.checks.probe import __main__ as probe
from trunkline_pipeline.checks.probe import events, sandbox
from trunkline_pipeline.checks.static.check import findings
from trunkline_pipeline.inputs import manifest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from trunkline_pipeline.checks.findings import Finding
    from trunkline_pipeline.checks.source.facts import Facts

END: Final = "end "
_WARM: Final = (anyio._backends._asyncio, attrs, dateutil.parser, h11, httpx)
_OVERLAY: Final = "overlay/trunkline/"


def main(tree: Path) -> None:
    """Run a check per line until standard input is closed."""
    list(findings(_facts(tree)))
    gc.freeze()
    for line in sys.stdin:
        if (child := os.fork()) == 0:
            os._exit(_checked(tree, *line.strip().split(" ")))
        _, status = os.waitpid(child, 0)
        sys.stdout.write(f"{END}{os.waitstatus_to_exitcode(status)}\n")
        sys.stdout.flush()


def _facts(tree: Path) -> Facts:
    return facts_of(manifest.load(tree / "api-contracts" / "contracts.toml"), tree)


def _checked(tree: Path, file: str, package: str = "") -> int:
    # The pipeline reads patches with this repository's package; the tree's is imported anew.
    for name in [name for name in sys.modules if name.partition(".")[0] == "trunkline"]:
        del sys.modules[name]
    sys.path[:0] = [str(tree / name) for name in ("overlay", "generated")]
    sys.dont_write_bytecode = True
    try:
        facts = _facts(tree)
        probe.show(chain(findings(facts), _probed(facts, file, package)))
    except BaseException:  # noqa: BLE001  # the fork must end here
        return 1
    return 0


def _probed(facts: Facts, file: str, package: str) -> Iterator[Finding]:
    """Yield what the probe finds in the parts that a change can affect."""
    part = file.removeprefix(_OVERLAY).partition("/")[0]
    providers = facts.sources.providers()
    if part in providers:
        yield from probe.methods(facts, [part])
    elif part == "webhooks":
        yield from events.check(facts)
    elif part == "sandbox":
        yield from sandbox.check(facts)
    elif package:
        yield from probe.methods(
            facts, [each for each in providers if package in facts.packages(each)]
        )
        yield from events.check(facts)
        yield from sandbox.check(facts)
    elif not file.startswith("docs/"):
        yield from probe.findings(facts)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
