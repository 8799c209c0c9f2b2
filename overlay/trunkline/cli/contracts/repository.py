"""``trunkline contracts check``, ``adopt`` and ``refresh``: programs of the repository."""

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
    """Check that a repository of clients matches its contracts; the same as `make contract`.

    It is searched for in the current folder and its parents. Arguments are passed to the program:
    --json, --format, --verbose.
    """
    _run("contract.py", arguments)


@click.command("adopt", context_settings=_SETTINGS)
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def adopt(arguments: tuple[str, ...]) -> None:
    """Adopt a changed document: NAME --from FILE.

    The enclosing repository follows it, and one list shows what is left to do. --drop-stale removes
    actions of patches that no longer select anything; NAME --undo reverts the last adoption.
    """
    _run("adopt.py", ("adopt", *arguments))


@click.command("refresh", context_settings=_SETTINGS)
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def refresh(arguments: tuple[str, ...]) -> None:
    """Adopt what a vendor publishes: NAME, and --accept to keep it.

    --offline uses the copy that was fetched last.
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
