"""Run the command tree and map every outcome to an exit status."""

from __future__ import annotations

import json
import os
import sys
from typing import TYPE_CHECKING, Any, Final

import click

from trunkline.cli.app import app
from trunkline.errors import TrunklineError

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["FOUND", "INVALID_DOCUMENT", "OK", "USAGE", "run"]

OK: Final = 0
FOUND: Final = 1
USAGE: Final = 2
INVALID_DOCUMENT: Final = 3
_INTERRUPTED: Final = 130


def run(arguments: Sequence[str]) -> int:
    """Run a command line and return the exit status."""
    as_json = "--json" in arguments
    if reconfigure := getattr(sys.stdout, "reconfigure", None):
        reconfigure(errors="backslashreplace")  # a terminal may lack characters of a document
    try:
        return _status(app.main(list(arguments), prog_name="trunkline", standalone_mode=False))
    except click.ClickException as error:
        return _fail(error, error.exit_code, as_json=as_json)
    except TrunklineError as error:
        return _fail(error, _refused(error), as_json=as_json)
    except (click.Abort, KeyboardInterrupt):
        return _INTERRUPTED
    except BrokenPipeError:
        return _closed_pipe()


def _status(result: object) -> int:
    return result if isinstance(result, int) else OK


def _refused(error: TrunklineError) -> int:
    from trunkline.contracts.errors import ContractError  # not needed for the help

    return INVALID_DOCUMENT if isinstance(error, ContractError) else USAGE


def _fail(error: Exception, status: int, *, as_json: bool) -> int:
    from trunkline.contracts.reports.visible import jsonable, visible

    if as_json:
        click.echo(json.dumps(jsonable({"error": _facts(error, status)})), err=True)
    elif isinstance(error, click.UsageError):
        error.show()
    else:
        message = error.format_message() if isinstance(error, click.ClickException) else str(error)
        click.echo(f"trunkline: {visible(message)}", err=True)
    return status


def _facts(error: Exception, status: int) -> dict[str, Any]:
    facts: dict[str, Any] = {"type": type(error).__name__, "exit_status": status}
    if isinstance(error, click.ClickException):
        return {**facts, "message": error.format_message()}
    for name in ("document", "pointer", "line", "column"):
        if hasattr(error, name):
            facts[name] = getattr(error, name)
    return {**facts, "message": str(error)}


def _closed_pipe() -> int:
    # The reader has exited (`| head`): flushing the buffer at exit must not raise again.
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return OK
