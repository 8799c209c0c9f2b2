"""Write the generated packages and derived files of overlay and docs (`make generate`)."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from trunkline_pipeline import files, program
from trunkline_pipeline.inputs import manifest

_ROOT = Path(__file__).parents[1]
_CONTRACTS = _ROOT / "api-contracts" / "contracts.toml"
_OVERLAY = _ROOT / "overlay" / "trunkline"


def main(arguments: list[str] | None = None) -> int:
    """Run it: return 0 if all is written, 1 for a wrong input, 2 for a wrong tool."""
    options = _parser().parse_args(arguments)
    return program.run(lambda: _generate(options))


def _generate(options: argparse.Namespace) -> int:
    if options.only != "overlay":
        _packages(options.contracts, options.output)
    if options.only != "packages" and options.contracts == _CONTRACTS:
        _overlay()
    return 0


def _packages(file: Path, output: Path) -> None:
    # The generator is imported late: if it is missing, report an error, not a traceback.
    from trunkline_pipeline.generation import packages

    pinned = manifest.load(file)
    rendered = packages.render(pinned)
    rendered.refuse_warnings(pinned)
    files.replace_tree(output, rendered.files)
    for name, problems in rendered.problems.items():
        for problem in problems:
            print(f"{name}: {problem}")
    print(f"{output}: {len(rendered.files)} files")


def _overlay() -> None:
    from trunkline_pipeline.adopting import steps

    steps.derive(_ROOT)
    print(f"{_OVERLAY}: tables, resources, sync twins and pages")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--contracts", type=Path, default=_CONTRACTS)
    parser.add_argument("--output", type=Path, default=_ROOT / "generated" / "trunkline_generated")
    parser.add_argument("--only", choices=["packages", "overlay"], help="leave out the rest")
    return parser


if __name__ == "__main__":
    sys.exit(main())
