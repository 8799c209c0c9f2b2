"""Shared by the programs of this folder: failures become exit codes and one readable line."""

from __future__ import annotations

import atexit
import gc
import sys
from typing import TYPE_CHECKING

from trunkline_pipeline.errors import PipelineError, ToolError

if TYPE_CHECKING:
    from collections.abc import Callable


def run(action: Callable[[], int]) -> int:
    """Return the exit code of a program: its own, 1 for a wrong input, 2 for a wrong tool."""
    # The process ends within seconds; the collector would scan its syntax trees again and again,
    # also at exit.
    gc.disable()
    atexit.register(gc.freeze)
    try:
        return action()
    except ToolError as error:
        return _fail(error, 2)
    except ImportError as error:
        return _fail(f"{error}; install the locked tools with `make .venv/.ready`", 2)
    except PipelineError as error:
        return _fail(error, 1)
    finally:
        gc.enable()


def _fail(message: object, code: int) -> int:
    print(f"error: {message}", file=sys.stderr)
    return code
