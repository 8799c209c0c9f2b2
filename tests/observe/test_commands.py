"""``trunkline observe``."""

from __future__ import annotations

import json
import socket
from typing import TYPE_CHECKING, Any

import pytest
from tests.observe.support import KEY, lines

from trunkline.cli import main
from trunkline.observe import FileDestination, SessionObserver

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.observe.support import Rows

    from trunkline.observe import LivekitObserve
    from trunkline.sandbox import Sandbox


@pytest.fixture
def command(capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, Any]]:
    def run(*arguments: str) -> tuple[int, Any]:
        code = main(["observe", *arguments])
        text = capsys.readouterr().out
        return code, json.loads(text) if "--json" in arguments else text

    return run


def left_behind(folder: Path, url: str) -> None:
    """A session that was exported while there was no server."""
    observer = SessionObserver("agent-1", KEY, url, journal=folder, recover=False)
    session_id = observer.start_session()
    observer.record_turn(session_id, user="hello", agent="hi")
    with socket.create_server(("127.0.0.1", 0)):
        assert observer.export_sync(session_id, deadline=0.1).state == "queued"
    observer.close()


def test_status_and_drain(
    command: Callable[..., tuple[int, Any]],
    observe: Callable[..., LivekitObserve],
    sandbox: Sandbox,
    rows: Rows,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Records of a dead process are listed, sent by a command, and listed as sent."""
    folder = str(tmp_path / "journal")
    sandbox.control.fault("rate_limit", provider="whispey_ingest", seconds=0, times=2)
    observer = observe(call_started=False)
    session_id = observer.start_session()
    assert observer.export_sync(session_id, deadline=0.01).state == "queued"
    observer.close()
    monkeypatch.setenv("WHISPEY_API_KEY", KEY)
    monkeypatch.setenv("WHISPEY_API_URL", sandbox.whispey_ingest_url)
    code, found = command("status", "--folder", folder, "--json")
    assert (code, found["pending"]) == (0, 1)
    report = {"pending": 1}
    while report["pending"]:
        code, report = command("drain", "--folder", folder, "--json")
    assert code == 0
    code, text = command("status", "--folder", folder)
    assert code == 0
    assert "pending        0\nsent           1\n" in text
    assert len(rows()) == 1


def test_records_that_were_refused_can_be_sent_again(
    command: Callable[..., tuple[int, Any]],
    observe: Callable[..., LivekitObserve],
    sandbox: Sandbox,
    rows: Rows,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """For example after the key was corrected; a person decides."""
    folder = str(tmp_path / "journal")
    sandbox.control.fault("status", provider="whispey_ingest", status=401, times=1)
    observer = observe(call_started=False)
    assert observer.export_sync(observer.start_session(), deadline=60).state == "rejected"
    observer.close()
    code, text = command("status", "--folder", folder)
    assert code == 1
    assert "dead     20" in text
    assert command("resend", "--folder", folder)[0] == 2
    assert command("resend", "--folder", folder, "--dead")[1] == "1 records will be sent again\n"
    monkeypatch.setenv("WHISPEY_API_KEY", KEY)
    code, _ = command("drain", "--folder", folder, "--host-url", sandbox.whispey_ingest_url)
    assert code == 0
    assert len(rows()) == 1


def test_a_drain_without_a_key(command: Callable[..., tuple[int, Any]], tmp_path: Path) -> None:
    """It is refused with the remedy; files need no key."""
    folder, target = tmp_path / "journal", tmp_path / "calls.jsonl"
    assert command("drain", "--folder", str(folder))[0] == 2
    observer = SessionObserver(
        "agent-1", destinations=[FileDestination(target)], journal=folder, recover=False
    )
    observer.record_turn(observer.start_session(), user="hello")
    observer.close()
    arguments = ("drain", "--folder", str(folder), "--no-whispey", "--to-file", str(target))
    code, report = command(*arguments, "--json")
    assert (code, len(report["recovered"])) == (0, 1)
    assert lines(target)[0]["call_ended_reason"] == "interrupted"
