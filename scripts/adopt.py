"""Adopt a changed contract: `trunkline contracts adopt`, and `refresh` from where it is published."""

from __future__ import annotations

import argparse
import sys
from datetime import UTC, datetime
from pathlib import Path

from trunkline_pipeline import program

_ROOT = Path(__file__).parents[1]


def main(arguments: list[str] | None = None) -> int:
    """Run it: 0 when the contract was adopted, 1 when it cannot be, 2 when a tool is missing."""
    options = _parser().parse_args(arguments)
    return program.run(lambda: _adopt(options))


def _adopt(options: argparse.Namespace) -> int:
    # The generator and libcst are imported late: their absence is a failure to report.
    from trunkline_pipeline.adopting import adoption, incoming
    from trunkline_pipeline.adopting.todo import listed

    root = options.root.resolve()
    if options.undo:
        outcome = adoption.undo(root)
    else:
        new = incoming.read(options.file)
        today = datetime.now(UTC).date().isoformat()
        outcome = adoption.adopt(
            root, options.name, new, today=today, drop_stale=options.drop_stale
        )
    print("\n".join([*outcome.said, *([] if options.undo else listed(outcome.todo))]))
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("name", nargs="?", help="the contract, as contracts.toml names it")
    parser.add_argument("--from", dest="file", type=Path, help="the new document")
    parser.add_argument("--root", type=Path, default=_ROOT, help="the repository")
    parser.add_argument("--drop-stale", action="store_true", help="remove stale actions of patches")
    parser.add_argument("--undo", action="store_true", help="take the last adoption back")
    return parser


if __name__ == "__main__":
    sys.exit(main())
