"""Output of commands: data to standard output, everything else to standard error."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from importlib.util import find_spec
from typing import TYPE_CHECKING, Final

import click

from trunkline.contracts.reports.visible import visible
from trunkline.errors import LocalFileError

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable
    from typing import TextIO

    from trunkline.contracts.reports.text import Span

__all__ = ["on_terminal", "progress", "write", "write_file", "write_spans", "write_stderr"]

_STYLES: Final = {
    "title": "bold",
    "unit": "bold underline",
    "totals": "bold",
    "breaking": "bold red",
    "warning": "yellow",
    "info": "blue",
    "doc": "dim",
    "rule": "dim",
    "name": "dim",
}


def on_terminal(stream: TextIO) -> bool:
    """Return whether a stream is a terminal that can move its cursor, and rich is installed."""
    return stream.isatty() and os.environ.get("TERM") != "dumb" and find_spec("rich") is not None


def write(text: str) -> None:
    """Write to standard output, in UTF-8 if it is not a terminal."""
    click.echo(text if sys.stdout.isatty() else text.encode(), nl=False)


def write_spans(lines: Iterable[list[Span]]) -> None:
    """Write a report to a terminal, in colours unless NO_COLOR is set."""
    from rich.console import Console
    from rich.text import Text

    console = Console(highlight=False, soft_wrap=True)
    for line in lines:
        console.print(Text.assemble(*((text, _STYLES.get(role, "")) for text, role in line)))


def write_file(path: str, text: str) -> None:
    """Write a file atomically, in UTF-8.

    Raises:
        LocalFileError: it cannot be written.
    """
    part = f"{path}.part"
    try:
        with open(part, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
        os.replace(part, path)
    except OSError as error:
        raise LocalFileError(error.errno, f"cannot write: {error.strerror}", path) from error


def write_stderr(message: str) -> None:
    """Write a line to standard error."""
    click.echo(visible(message), err=True)


@contextmanager
def progress(message: str) -> Generator[None]:
    """Show a spinner on a terminal; elsewhere, and with NO_COLOR, show nothing."""
    if not on_terminal(sys.stderr) or os.environ.get("NO_COLOR"):
        yield
        return
    from rich.console import Console

    with Console(stderr=True).status(visible(message)):
        yield
