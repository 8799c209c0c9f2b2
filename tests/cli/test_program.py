"""The program itself: help, missing packages, signals, pipes and terminals."""

from __future__ import annotations

import os
import pty
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.cli.documents import OLD, saved

from trunkline._version import __version__

if TYPE_CHECKING:
    from tests.cli.documents import Run

ROOT = Path(__file__).parents[2]
PATH = os.pathsep.join(str(ROOT / name) for name in ("overlay", "generated"))
PYTHON = {**os.environ, "PYTHONPATH": PATH}


def python(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments],
        env={**PYTHON, **environment},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def test_the_module_is_the_command() -> None:
    """``python -m trunkline`` behaves like the script."""
    done = python("-m", "trunkline", "--version")
    assert (done.returncode, done.stdout) == (0, f"trunkline {__version__}\n")


def test_help_imports_no_engine() -> None:
    """Completion runs the program at every Tab, so help loads neither the engine nor rich."""
    code = (
        "import sys; from trunkline.cli import main; main(['contracts', '--help']); "
        "heavy = ('trunkline.contracts', 'rich', 'httpx'); "
        "print(sorted(name for name in sys.modules if name.startswith(heavy)))"
    )
    done = python("-c", code)
    assert "diff" in done.stdout
    assert done.stdout.endswith("[]\n")


@pytest.mark.parametrize("arguments", [["contrcts"], ["contracts", "dif"], ["contracts", "diff"]])
def test_a_command_that_does_not_exist_is_status_2(run: Run, arguments: list[str]) -> None:
    """Usage goes to standard error."""
    assert run(*arguments) == ""
    assert run.status == 2
    assert "Usage: trunkline" in run.err


def test_without_click_the_remedy_is_named() -> None:
    """One line instead of a traceback."""
    code = (
        "import sys; sys.modules['click'] = None; "
        "from trunkline.cli import main; sys.exit(main([]))"
    )
    done = python("-c", code)
    assert done.returncode == 2
    assert done.stderr == "trunkline: the command needs click: pip install 'trunkline[cli]'\n"


def test_another_missing_module_is_not_mistaken_for_click() -> None:
    """That message does not hide a broken installation."""
    code = (
        "import sys; sys.modules['trunkline.cli.app'] = None; "
        "from trunkline.cli import main; sys.exit(main([]))"
    )
    assert "ModuleNotFoundError" in python("-c", code).stderr


def test_a_closed_pipe_ends_the_program_silently() -> None:
    """``trunkline ... | head -1`` shows one line and no traceback."""
    command = [sys.executable, "-m", "trunkline", "contracts", "rules", "--json"]
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(command, env=PYTHON, stdout=writing, stderr=subprocess.PIPE, check=False)
    os.close(writing)
    assert done.stderr == b""


@pytest.mark.untraced  # an interrupt while coverage holds its lock makes the process hang
def test_an_interrupt_is_status_130(run: Run) -> None:
    """Control-C while a document is read ends the program without a traceback."""
    pipe = run.folder / "never.json"
    os.mkfifo(pipe)
    command = [sys.executable, "-m", "trunkline", "contracts", "diff", str(pipe), run.new]
    process = subprocess.Popen(
        command, env={**os.environ, "PYTHONPATH": PATH}, stderr=subprocess.PIPE
    )
    with pipe.open("wb"):  # returns once the program opens it
        process.send_signal(signal.SIGINT)
        _, stderr = process.communicate(timeout=60)
    assert (process.returncode, stderr.strip()) == (130, b"")


def on_terminal(
    *arguments: str, program: tuple[str, ...] = ("-m", "trunkline"), **environment: str
) -> str:
    """Return what the program writes to a real terminal."""
    master, slave = pty.openpty()
    command = [sys.executable, *program, *arguments]
    env = {**PYTHON, "TERM": "xterm-256color", "COLUMNS": "120", **environment}
    env.pop("NO_COLOR", None) if "NO_COLOR" not in environment else None
    with subprocess.Popen(command, env=env, stdout=slave, stderr=slave, close_fds=True) as process:
        os.close(slave)
        written = bytearray()
        while chunk := _read(master):
            written += chunk
        process.wait(timeout=60)
    os.close(master)
    return written.decode()


def _read(master: int) -> bytes:
    try:
        return os.read(master, 65536)
    except OSError:  # the other end was closed
        return b""


def test_a_terminal_gets_colours(run: Run) -> None:
    """Levels are coloured, and the words are those of the plain text."""
    text = on_terminal("contracts", "diff", run.old, run.new)
    assert "\x1b[1;31mbreaking" in text
    assert "maxLength" in text


@pytest.mark.parametrize("variable", [{"NO_COLOR": "1"}, {"TERM": "dumb"}])
def test_colours_and_progress_can_be_turned_off(run: Run, variable: dict[str, str]) -> None:
    """NO_COLOR and TERM=dumb: no colour, no spinner."""
    text = on_terminal("contracts", "diff", run.old, run.new, **variable)
    assert "breaking" in text
    assert "\x1b[3" not in text
    assert "\x1b[1;31m" not in text
    assert "Reading" not in text


def test_without_rich_a_terminal_gets_plain_text(run: Run) -> None:
    """Other packages often install click, but rarely rich."""
    code = (
        "import sys; sys.modules['rich'] = None; from trunkline.cli import main; sys.exit(main())"
    )
    text = on_terminal("contracts", "diff", run.old, run.new, program=("-c", code))
    assert "breaking" in text
    assert "Traceback" not in text
    assert "\x1b" not in text


def test_a_terminal_that_lacks_a_character_shows_its_code(run: Run) -> None:
    """A document may have characters that the terminal's encoding lacks."""
    document = {**OLD, "info": {"title": "T\u00e9l\u00e9phone \u260e", "version": "1"}}
    path = saved(run.folder, "title.json", document)
    text = on_terminal("contracts", "diff", run.old, path, PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert "T\\xe9l\\xe9phone \\u260e" in text


def test_progress_is_shown_on_a_terminal(run: Run) -> None:
    """Long steps show their progress on standard error."""
    assert "Reading" in on_terminal("contracts", "diff", run.old, run.new)
