"""The ``trunkline`` command; it needs the extra ``cli`` (click and rich)."""

from __future__ import annotations

import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["main"]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit status.

    Args:
        arguments: the arguments after the program's name; this process's by default.
    """
    try:
        from trunkline.cli.runner import run
    except ModuleNotFoundError as error:
        if error.name != "click":
            raise
        sys.stderr.write("trunkline: the command needs click: pip install 'trunkline[cli]'\n")
        return 2
    return run(sys.argv[1:] if arguments is None else list(arguments))
