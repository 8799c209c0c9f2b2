"""The states of a record: sent, retried, unknown, dead."""

from __future__ import annotations

import asyncio
import socket
from typing import TYPE_CHECKING, Any

import pytest
from tests.observe.replay import RecordedSession
from tests.observe.support import KEY, lines

from trunkline.observe import (
    FileDestination,
    LivekitObserve,
    WhispeyDestination,
    drain_folder,
    status,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.observe.support import Rows

    from trunkline.sandbox import Sandbox

LONG = 60.0


def played(observer: LivekitObserve) -> str:
    session = RecordedSession()
    session_id = observer.start_session(session)
    session.play()
    return session_id


def fault(sandbox: Sandbox, kind: str, **options: Any) -> None:
    sandbox.control.fault(kind, provider="whispey_ingest", **options)


def test_exports_say_what_they_came_to(observe: Callable[..., LivekitObserve], rows: Rows) -> None:
    """A second export does not send anything again."""
    observer = observe()
    session_id = played(observer)
    first = asyncio.run(observer.export(session_id, deadline=LONG))
    again = asyncio.run(observer.export(session_id, deadline=LONG))
    assert (first.state, again.state) == ("sent", "already_sent")
    assert first.destinations == {"whispey": "sent"}
    assert len(rows()) == 1


def test_a_recording_that_comes_too_late_is_refused_clearly(
    observe: Callable[..., LivekitObserve], rows: Rows
) -> None:
    """The server cannot change a call, and a second record would be a second call."""
    observer = observe()
    session_id = played(observer)
    observer.export_sync(session_id, deadline=LONG)
    result = observer.export_sync(session_id, "https://recordings.example/1", deadline=LONG)
    assert result.state == "rejected"
    assert "recording_url" in result["error"]
    assert len(rows()) == 1


def test_a_file_takes_a_recording_late(
    observe: Callable[..., LivekitObserve], tmp_path: Path
) -> None:
    """It is a line of its own, after the call's."""
    path = tmp_path / "calls.jsonl"
    observer = observe(destinations=[FileDestination(path)])
    session_id = played(observer)
    assert observer.export_sync(session_id, deadline=LONG).state == "sent"
    late = observer.export_sync(session_id, "https://recordings.example/1", deadline=LONG)
    assert late.state == "sent"
    ended, recording = lines(path)
    assert (ended["wcall_event"], recording["wcall_event"]) == ("call_ended", "recording_ready")
    assert recording["recording_url"] == "https://recordings.example/1"
    assert path.stat().st_mode & 0o777 == 0o600


def test_several_destinations_are_served_apart(
    observe: Callable[..., LivekitObserve], sandbox: Sandbox, tmp_path: Path, rows: Rows
) -> None:
    """A destination that refuses does not stop the other from getting its copy."""
    fault(sandbox, "status", status=413, times=9)
    path = tmp_path / "calls.jsonl"
    whispey = WhispeyDestination(KEY, sandbox.whispey_ingest_url)
    observer = observe(destinations=[whispey, FileDestination(path)])
    result = observer.export_sync(played(observer), deadline=LONG)
    assert result.state == "rejected"
    assert result.destinations == {"whispey": "rejected", "file": "sent"}
    assert len(lines(path)) == 1
    assert not rows()


@pytest.mark.parametrize("refusal", [400, 401, 403, 413])
def test_a_refusal_is_final_and_visible(
    observe: Callable[..., LivekitObserve], sandbox: Sandbox, tmp_path: Path, refusal: int
) -> None:
    """It becomes a dead letter with its reason, without the key."""
    fault(sandbox, "status", status=refusal, times=9)
    observer = observe(call_started=False)
    result = observer.export_sync(played(observer), deadline=LONG)
    assert result.state == "rejected"
    found = status(tmp_path / "journal")
    assert (found.dead, found.pending) == (1, 0)
    [letter] = found.letters
    assert letter.kind == "ended"
    assert letter.reason
    assert KEY not in repr(found)
    assert sandbox.control.seen("whispey_ingest", "sendCallLog") == 1


def test_a_rate_limit_is_waited_for(
    observe: Callable[..., LivekitObserve], sandbox: Sandbox, rows: Rows
) -> None:
    """A 429 means that nothing was stored, so the record is sent again."""
    fault(sandbox, "rate_limit", seconds=1, times=1)
    observer = observe(call_started=False)
    assert observer.export_sync(played(observer), deadline=LONG).state == "sent"
    assert len(rows()) == 1
    assert sandbox.control.seen("whispey_ingest", "sendCallLog") == 2


@pytest.mark.parametrize(("policy", "expected"), [("at_most_once", 1), ("at_least_once", 2)])
@pytest.mark.parametrize("kind", ["reset", "status"])
def test_how_often_is_the_caller_s_choice(
    observe: Callable[..., LivekitObserve],
    sandbox: Sandbox,
    rows: Rows,
    policy: str,
    expected: int,
    kind: str,
) -> None:
    """The server stores the record and its response is lost: either unknown, or stored twice."""
    options = {"status": 500} if kind == "status" else {}
    fault(sandbox, kind, when="after", times=1, **options)
    observer = observe(call_started=False, delivery=policy)
    result = observer.export_sync(played(observer), deadline=LONG)
    assert result.state == ("unknown" if expected == 1 else "sent")
    assert len(rows()) == expected


def test_a_server_that_is_away_costs_no_more_than_the_deadline(
    observe: Callable[..., LivekitObserve], sandbox: Sandbox, tmp_path: Path, rows: Rows
) -> None:
    """The session is kept, and a drain delivers it when the server is back."""
    with socket.create_server(("127.0.0.1", 0)) as nobody:
        port = nobody.getsockname()[1]
    url = f"http://127.0.0.1:{port}/whispey-ingest/send-call-log"
    observer = observe(host_url=url)
    result = observer.export_sync(played(observer), deadline=0.2)
    assert (result.state, result.success) == ("queued", True)
    observer.close()
    folder = tmp_path / "journal"
    elsewhere = [WhispeyDestination(KEY, sandbox.whispey_ingest_url)]
    # A record for one server is not sent to another.
    assert drain_folder(str(folder), elsewhere).attempted == 0
    found = status(folder)
    assert (found.pending, found.sent) == (2, 0)
    assert not rows()


def test_the_start_is_sent_before_the_end(
    observe: Callable[..., LivekitObserve], sandbox: Sandbox, rows: Rows
) -> None:
    """The end is not sent while the start still waits for the server."""
    fault(sandbox, "rate_limit", seconds=1, times=1)
    observer = observe()
    assert observer.export_sync(played(observer), deadline=LONG).state == "sent"
    asked = sandbox.control.requests(provider="whispey_ingest")
    assert len(asked) == 3
    assert len(rows()) == 1


def test_only_whispey_learns_the_key(
    observe: Callable[..., LivekitObserve], tmp_path: Path
) -> None:
    """The key is in no file of the journal."""
    observer = observe()
    played(observer)
    observer.close()
    for path in (tmp_path / "journal").iterdir():
        assert KEY.encode() not in path.read_bytes()
        assert path.stat().st_mode & 0o777 == 0o600
    assert (tmp_path / "journal").stat().st_mode & 0o777 == 0o700
