"""Check that all derived files are up to date and complete; changes nothing (`make contract`)."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from trunkline_pipeline import program
from trunkline_pipeline.inputs import manifest

_ROOT = Path(__file__).parents[1]
_FILE = Path("api-contracts", "contracts.toml")


def main(arguments: list[str] | None = None) -> int:
    """Run it: return 0 if all checks pass, 1 if not, 2 if a tool is missing or wrong."""
    options = _parser().parse_args(arguments)
    action = _repin if options.repin else _release if options.release else _check
    return program.run(lambda: action(options))


def _check(options: argparse.Namespace) -> int:
    # The checks import the generator: if it is missing, report an error, not a traceback.
    from trunkline_pipeline.checks import complete, reports

    found = complete.findings(options.root.resolve())
    print(reports.FORMATS[options.format](found, verbose=options.verbose))
    return 1 if found else 0


def _release(options: argparse.Namespace) -> int:
    from trunkline_pipeline.checks.inputs import facts_of
    from trunkline_pipeline.checks.static import released

    released.write(facts_of(manifest.load(options.root / _FILE), options.root))
    print(f"{released.FILE}: written")
    return 0


def _repin(options: argparse.Namespace) -> int:
    from trunkline_pipeline.inputs import repin

    file = options.root / _FILE
    changed = repin.repin(manifest.load(file))
    print(f"{file}: {'new pins written' if changed else 'all pins hold'}")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--root", type=Path, default=_ROOT, help="the repository to check")
    parser.add_argument(
        "--repin", action="store_true", help="update the pins of changed inputs in contracts.toml"
    )
    parser.add_argument(
        "--release", action="store_true", help="record what callers of this release rely on"
    )
    parser.add_argument(
        "--format", choices=["text", "json", "github"], default="text", help="how to print findings"
    )
    parser.add_argument("--json", dest="format", action="store_const", const="json")
    parser.add_argument("--verbose", action="store_true", help="all lines of every difference")
    return parser


if __name__ == "__main__":
    sys.exit(main())
