"""Write everything that is derived: the generated packages and the sync twins (`make generate`)."""

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
    """Run it: 0 when all is written, 1 when an input is wrong, 2 when a tool is."""
    options = _parser().parse_args(arguments)
    return program.run(lambda: _generate(options))


def _generate(options: argparse.Namespace) -> int:
    if options.only != "twins":
        _packages(options.contracts, options.output)
    if options.only != "packages" and options.contracts == _CONTRACTS:
        _twins()
    return 0


def _packages(file: Path, output: Path) -> None:
    # The generator is imported late: its absence is a failure to report, not a traceback.
    from trunkline_pipeline.generation import packages

    rendered = packages.render(manifest.load(file))
    files.replace_tree(output, rendered.files)
    for name, problems in rendered.problems.items():
        for problem in problems:
            print(f"{name}: {problem}")
    print(f"{output}: {len(rendered.files)} files")


def _twins() -> None:
    from trunkline_pipeline.unasync import unasync

    rendered = unasync.render(_OVERLAY, manifest.load(_CONTRACTS))
    for name in set(unasync.twin_names(_OVERLAY)) - rendered.keys():
        (_OVERLAY / name).unlink()
    files.replace_files(_OVERLAY, rendered)
    print(f"{_OVERLAY}: {len(rendered)} sync twins")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--contracts", type=Path, default=_CONTRACTS)
    parser.add_argument("--output", type=Path, default=_ROOT / "generated" / "trunkline_generated")
    parser.add_argument("--only", choices=["packages", "twins"], help="leave out the rest")
    return parser


if __name__ == "__main__":
    sys.exit(main())
