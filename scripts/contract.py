"""Check that everything derived is up to date and complete; changes nothing (`make contract`)."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from trunkline_pipeline import program
from trunkline_pipeline.inputs import manifest

_ROOT = Path(__file__).parents[1]
_FILE = Path("api-contracts", "contracts.toml")


def main(arguments: list[str] | None = None) -> int:
    """Run it: 0 when all holds, 1 when something does not, 2 when a tool is missing or wrong."""
    options = _parser().parse_args(arguments)
    return program.run(lambda: _repin(options.root) if options.repin else _check(options.root))


def _check(root: Path) -> int:
    # The checks import the generator, whose absence is a failure to report, not a traceback.
    from trunkline_pipeline.checks import checks

    pinned = manifest.load(root / _FILE)
    findings = [
        *checks.check_pins(pinned),
        *checks.check_facts(pinned),
        *checks.check_packages(pinned, root / "generated"),
        *checks.check_resources(pinned, root / "overlay" / "trunkline"),
        *checks.check_twins(pinned, root / "overlay" / "trunkline"),
        *checks.check_diagram(root),
        *checks.check_retry_table(root),
        *checks.check_reach(pinned, root),
    ]
    for finding in findings:
        print(*finding.lines, f"\nTo repair: {finding.repair}\n", sep="\n")
    print("contract check: failed" if findings else "contract check: all is up to date")
    return 1 if findings else 0


def _repin(root: Path) -> int:
    from trunkline_pipeline.inputs import repin

    file = root / _FILE
    changed = repin.repin(manifest.load(file))
    print(f"{file}: {'new pins written' if changed else 'all pins hold'}")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--root", type=Path, default=_ROOT, help="the repository to check")
    parser.add_argument(
        "--repin", action="store_true", help="pin changed inputs anew in contracts.toml"
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())
