"""``trunkline contracts check``: run the contract check of the repository around."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Final

import click

__all__ = ["check"]

_PROGRAM: Final = Path("scripts", "contract.py")
_TABLE: Final = Path("api-contracts", "contracts.toml")


@click.command("check", context_settings={"ignore_unknown_options": True, "help_option_names": []})
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def check(arguments: tuple[str, ...]) -> None:
    """Check that a repository of clients is what its contracts say; the same as `make contract`.

    It is looked for in the current folder and those above it. Arguments are those of the program:
    --json, --format, --verbose.
    """
    here = Path.cwd()
    for folder in (here, *here.parents):
        if (folder / _PROGRAM).is_file() and (folder / _TABLE).is_file():
            program = [sys.executable, str(folder / _PROGRAM), *arguments]
            done = subprocess.run(program, check=False)  # noqa: S603 - the repository's own program
            sys.exit(done.returncode)
    raise click.ClickException(
        f"no folder from {here} upwards has {_TABLE} and {_PROGRAM}: change into the repository"
    )
