"""Compare the pinned contracts with what their vendors publish today (`make drift`)."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from trunkline_pipeline import program
from trunkline_pipeline.errors import PipelineError
from trunkline_pipeline.inputs import manifest

_FILE = Path(__file__).parents[1] / "api-contracts" / "contracts.toml"


def main(arguments: list[str] | None = None) -> int:
    """Run it: 0 when nothing has changed, 1 on drift or when a document cannot be fetched."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--contracts", type=Path, default=_FILE)
    options = parser.parse_args(arguments)
    return program.run(lambda: _compare(manifest.load(options.contracts)))


def _compare(pinned: manifest.ContractSet) -> int:
    published = [contract for contract in pinned.contracts if contract.source]
    # Every contract gets its line, also after one that cannot be fetched.
    return max([_report(contract) for contract in published], default=0)


def _report(contract: manifest.Contract) -> int:
    from trunkline_pipeline.checks import drift

    try:
        lines = drift.drift(contract)
    except PipelineError as error:
        lines = [str(error)]
    print(f"{contract.name}: {'differs' if lines else 'unchanged'} ({contract.source})")
    print("".join(f"{line}\n" for line in lines), end="")
    return 1 if lines else 0


if __name__ == "__main__":
    sys.exit(main())
