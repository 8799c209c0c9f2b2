"""Adopt a changed contract: edit the repository to match it, and list what is left to do.

`trunkline contracts adopt NAME --from FILE` and `trunkline contracts refresh NAME` run it.
"""

from __future__ import annotations

import argparse
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from trunkline_pipeline import program

if TYPE_CHECKING:
    from trunkline_pipeline.adopting.adoption import Outcome

_ROOT = Path(__file__).parents[1]


def main(arguments: list[str] | None = None) -> int:
    """Run it: return 0 if all is done, 1 if it cannot be, 2 for a wrong tool, 130 on Ctrl-C."""
    options = _parser().parse_args(arguments)
    try:
        return program.run(lambda: _run(options))
    except KeyboardInterrupt:
        print("error: interrupted; nothing is half done", file=sys.stderr)
        return 130


def _run(options: argparse.Namespace) -> int:
    # The generator and libcst are imported late, so that a missing one is reported as an error.
    from trunkline_pipeline.adopting.todo import listed

    outcome = _outcome(options, options.root.resolve())
    print("\n".join([*outcome.said, *listed(outcome.todo)]))
    return 0


def _outcome(options: argparse.Namespace, root: Path) -> Outcome:
    from trunkline_pipeline.adopting import adoption, incoming, published, steps

    if options.undo:
        return adoption.undo(root)
    if options.command == "provider":
        from trunkline_pipeline.adopting.provider import provider

        return provider.create(root, options.name, incoming.read(options.file))
    if options.command == "refresh":
        contract = steps.contract_of(root, options.name)
        new = published.fetch(root, contract, offline=options.offline)
    else:
        new = incoming.read(options.file)
    return adoption.adopt(
        root,
        options.name,
        new,
        today=datetime.now(UTC).date().isoformat(),
        drop_stale=options.drop_stale,
        keep=options.command == "adopt" or options.accept,
    )


def _parser() -> argparse.ArgumentParser:
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("name", help="the contract, as contracts.toml names it")
    common.add_argument("--root", type=Path, default=_ROOT, help="the repository")
    common.add_argument("--drop-stale", action="store_true", help="remove stale actions of patches")
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    commands = parser.add_subparsers(dest="command", required=True)
    adopt = commands.add_parser("adopt", parents=[common], help="adopt a file")
    source = adopt.add_mutually_exclusive_group(required=True)
    source.add_argument("--from", dest="file", type=Path, help="the new document")
    source.add_argument("--undo", action="store_true", help="undo the last adoption")
    refresh = commands.add_parser("refresh", parents=[common], help="adopt the published document")
    refresh.add_argument("--accept", action="store_true", help="keep the changes; else only show")
    refresh.add_argument("--offline", action="store_true", help="use the last fetched copy")
    refresh.set_defaults(undo=False)
    provider = commands.add_parser("provider", parents=[common], help="write a new provider")
    provider.add_argument("--from", dest="file", type=Path, required=True, help="its document")
    provider.set_defaults(undo=False)
    return parser


if __name__ == "__main__":
    sys.exit(main())
