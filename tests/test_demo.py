"""`make demo` as a new user runs it."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
DEMO = ROOT / "scripts" / "demo.py"
LOCK = ROOT / "requirements" / "demo.txt"
#: Only guards against hanging: the machine may be busy.
PATIENT = 240


def start() -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-X", "faulthandler", "-u", str(DEMO)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        env={**os.environ, "COLUMNS": "200"},
    )


def rest_of(process: subprocess.Popen[str]) -> tuple[str, str]:
    """The output until the process ends; a hanging demo shows where it hangs."""
    try:
        return process.communicate(timeout=PATIENT)
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGABRT)
        process.wait(PATIENT)
        os.killpg(process.pid, signal.SIGKILL)  # a stopped sandbox keeps standard error open
        raise AssertionError(process.communicate(timeout=PATIENT)) from None


def first_lines(process: subprocess.Popen[str]) -> str:
    """The output up to the line with the sandbox's process id."""
    assert process.stdout is not None
    return process.stdout.readline() + process.stdout.readline()


def sandbox_pid(text: str) -> int:
    found = re.search(r"\(pid (\d+)\)", text)
    assert found
    return int(found.group(1))


def is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_every_step_of_the_demo_holds() -> None:
    """The demo exits with 0, lists every provider in its table, and leaves no process behind."""
    process = start()
    output, errors = rest_of(process)
    assert process.returncode == 0, output + errors
    assert errors == ""
    for title in ("Pamela", "Whispey", "StateSet Voice", "Phone.ai"):
        assert re.search(rf"{title}\s.*steps held", output)
    assert not is_running(sandbox_pid(output))


def test_the_demo_runs_on_the_versions_that_are_tested() -> None:
    """The demo's lock has only packages and versions of the development lock."""
    pins = [
        set(re.findall(r"^[\w.-]+==[\w.]+", file.read_text(encoding="utf-8"), re.MULTILINE))
        for file in (LOCK, LOCK.with_name("dev.txt"))
    ]
    assert pins[0] < pins[1]


@pytest.mark.untraced  # an interrupt while coverage holds its lock makes the process wait forever
@pytest.mark.skipif(os.name == "nt", reason="Windows has no process groups to interrupt")
def test_an_interrupted_demo_leaves_nothing_behind() -> None:
    """Ctrl-C, sent to the whole process group, ends the demo and its sandbox."""
    process = start()
    first = first_lines(process)
    os.killpg(process.pid, signal.SIGINT)
    rest, errors = rest_of(process)
    assert process.returncode == 130, rest + errors
    assert "Traceback" not in errors
    assert not is_running(sandbox_pid(first))


@pytest.mark.untraced  # as above
@pytest.mark.skipif(os.name == "nt", reason="Windows has neither signal")
@pytest.mark.parametrize(("number", "status"), [(signal.SIGKILL, 1), (signal.SIGSTOP, 130)])
def test_a_sandbox_that_dies_or_hangs_leaves_no_traceback(number: int, status: int) -> None:
    """The demo says what failed, exits with an error, and leaves no process behind."""
    process = start()
    pid = sandbox_pid(first_lines(process))
    os.kill(pid, number)
    if number == signal.SIGSTOP:
        os.kill(process.pid, signal.SIGINT)
    output, errors = rest_of(process)
    assert process.returncode == status, output + errors
    assert "Traceback" not in errors
    assert not is_running(pid)
