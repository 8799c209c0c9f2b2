"""``trunkline contracts check``, ``adopt`` and ``refresh``: programs of the repository around."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Final

import click

__all__ = ["adopt", "check", "refresh"]

_PROGRAMS: Final = Path("scripts")
_SETTINGS: Final = {"ignore_unknown_options": True, "help_option_names": list[str]()}
_TABLE: Final = Path("api-contracts", "contracts.toml")


@click.command("check", context_settings=_SETTINGS)
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def check(arguments: tuple[str, ...]) -> None:
    """Check that a repository of clients is what its contracts say; the same as `make contract`.

    It is looked for in the current folder and those above it. Arguments are those of the program:
    --json, --format, --verbose.
    """
    _run("contract.py", arguments)


@click.command("adopt", context_settings=_SETTINGS)
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def adopt(arguments: tuple[str, ...]) -> None:
    """Take a changed document in: NAME --from FILE.

    The repository around follows it, and one list says what is left to do. --drop-stale removes
    actions of patches that select nothing any more; NAME --undo takes the last adoption back.
    """
    _run("adopt.py", ("adopt", *arguments))


@click.command("refresh", context_settings=_SETTINGS)
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def refresh(arguments: tuple[str, ...]) -> None:
    """Adopt what a vendor publishes: NAME, and --accept to keep it.

    --offline takes the copy that was fetched last.
    """
    _run("adopt.py", ("refresh", *arguments))


def _run(name: str, arguments: tuple[str, ...]) -> None:
    here = Path.cwd()
    for folder in (here, *here.parents):
        if (folder / _PROGRAMS / name).is_file() and (folder / _TABLE).is_file():
            program = [sys.executable, str(folder / _PROGRAMS / name), *arguments]
            done = subprocess.run(program, check=False)  # noqa: S603 - the repository's own program
            sys.exit(done.returncode)
    raise click.ClickException(
        f"no folder from {here} upwards has {_TABLE} and {_PROGRAMS / name}: change into the "
        "repository"
    )
