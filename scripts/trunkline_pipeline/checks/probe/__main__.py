"""Compare the overlay of one repository with its contracts; prints findings as lines of JSON."""

from __future__ import annotations

import atexit
import gc
import json
import logging
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from trunkline_pipeline.checks.contract.answers import with_unknown_values
from trunkline_pipeline.checks.findings import Finding
from trunkline_pipeline.checks.inputs import facts_of
from trunkline_pipeline.errors import PipelineError
from trunkline_pipeline.inputs import manifest

from . import events, promises, requests, responses, sandbox, security
from .clients import Probe, probes
from .recorder import Recorder

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from trunkline_pipeline.checks.source.facts import Facts


def findings(facts: Facts) -> Iterator[Finding]:
    """Yield the differences between the overlay and the contracts."""
    yield from methods(facts, facts.sources.providers())
    yield from events.check(facts)
    yield from sandbox.check(facts)


def methods(facts: Facts, providers: Iterable[str]) -> Iterator[Finding]:
    """Yield differences from the contracts in what the methods of these providers send and read."""
    # Responses differ from the contracts on purpose, and the SDK would log that.
    logging.getLogger("trunkline").addHandler(logging.NullHandler())
    unknown = {name: with_unknown_values(each) for name, each in facts.documents.items()}
    found: list[Probe] = []
    recorder, providers = Recorder(), list(providers)
    with tempfile.TemporaryDirectory() as folder:
        for each in probes(facts, providers, recorder, Path(folder)):
            if isinstance(each, Finding):
                yield each
                continue
            found.append(each)
            yield from requests.check(each)
            yield from responses.check(each, unknown[each.operation.key[0]])
        yield from security.check(found)
        yield from promises.check(facts, providers, recorder)


def main(root: Path) -> int:
    """Print the findings of a repository."""
    gc.disable()  # this process ends within seconds
    atexit.register(gc.freeze)
    try:
        facts = facts_of(manifest.load(root / "api-contracts" / "contracts.toml"), root)
    except PipelineError as error:
        show([Finding("api-contracts/contracts.toml", 0, "input/unreadable", str(error))])
        return 0
    show(findings(facts))
    return 0


def show(found: Iterable[Finding]) -> None:
    """Print each finding as soon as it is found, one per line."""
    for each in found:
        print(json.dumps(each.to_json()), flush=True)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
