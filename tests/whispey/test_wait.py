"""Waiting for an export, on a clock that the test moves."""

from __future__ import annotations

import pickle
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest
from tests.providers import Reply
from tests.whispey import page
from tests.whispey.page import success

from trunkline.errors import InvalidArgumentError, NotFoundError, WaitTimeoutError
from trunkline.whispey import Export, ExportCreated, ExportFailedError
from trunkline.whispey._exports import first_pause

if TYPE_CHECKING:
    from tests.providers import Backend, Scripted
    from tests.whispey.conftest import Hands


def state(status: str | None) -> Reply:
    return Reply(200, success({"id": "export-456", "status": status}))


def created(due: Any) -> ExportCreated:
    return ExportCreated.from_dict({**page.EXPORT_CREATED, "estimated_completion": due})


def test_an_export_is_waited_for(whispey: Backend, server: Scripted, hands: Hands) -> None:
    """Pauses start at 2 s and grow; undocumented states are waited out."""
    server.then(state("queued"), state("processing"), state("archiving"), state(None))
    server.then(Reply(200, success(page.EXPORT)))
    done = whispey(lambda client: client.exports.wait("export-456"), runtime=hands.runtime())
    assert done.record_count == 1250
    assert hands.pauses == [2.0, 3.0, 4.5, 6.75]


def test_a_moment_of_trouble_is_waited_out(
    whispey: Backend, server: Scripted, hands: Hands
) -> None:
    """A 503 between two polls does not end the wait."""
    server.then(state("processing"), Reply(503), Reply(200, success(page.EXPORT)))
    whispey(
        lambda client: client.exports.wait("export-456", interval=5),
        runtime=hands.runtime(),
        max_retries=0,
    )
    assert hands.pauses[0] == 5.0


@pytest.mark.parametrize("status", ["failed", "ERROR", "cancelled", "expired"])
def test_a_failed_export_ends_the_waiting(
    whispey: Backend, server: Scripted, hands: Hands, status: str
) -> None:
    """The failure status is undocumented, so the usual words are recognised."""
    server.then(state("processing"), state(status))
    with pytest.raises(ExportFailedError, match=r"export-456.*create another") as caught:
        whispey(lambda client: client.exports.wait("export-456"), runtime=hands.runtime())
    error = caught.value
    assert (error.export_id, error.status) == ("export-456", status)
    assert error.last is not None
    again = pickle.loads(pickle.dumps(error))
    assert (again.export_id, again.status, again.last) == ("export-456", status, None)


def test_time_runs_out(whispey: Backend, server: Scripted, hands: Hands) -> None:
    """The error of a wait that timed out holds the latest state."""
    server.then(*(state("processing") for _ in range(9)))
    with pytest.raises(WaitTimeoutError, match="export-456") as caught:
        whispey(
            lambda client: client.exports.wait("export-456", timeout=10), runtime=hands.runtime()
        )
    assert caught.value.last.status == "processing"
    assert 8 <= sum(hands.pauses) <= 10


def test_a_final_answer_ends_the_waiting(whispey: Backend, server: Scripted, hands: Hands) -> None:
    """An export that existed and is gone is an error at once."""
    server.then(state("processing"), Reply(404, {"error": "no"}))
    with pytest.raises(NotFoundError):
        whispey(lambda client: client.exports.wait("export-456"), runtime=hands.runtime())


@pytest.mark.parametrize("arguments", [{"timeout": 0}, {"timeout": "x"}, {"interval": -1}])
def test_nonsense_is_refused(whispey: Backend, server: Scripted, arguments: dict[str, Any]) -> None:
    """Times must be numbers above 0."""
    with pytest.raises(InvalidArgumentError):
        whispey(lambda client: client.exports.wait("export-456", **arguments))
    assert not server.asked


def test_the_estimate_is_a_hint(whispey: Backend, server: Scripted, hands: Hands) -> None:
    """A new export with a later estimate is polled less often, but at least every 10 s."""
    server.then(state("processing"), Reply(200, success(page.EXPORT)))
    due = datetime.fromtimestamp(hands.now + 3600, UTC).isoformat()
    whispey(lambda client: client.exports.wait(created(due)), runtime=hands.runtime())
    assert hands.pauses == [10.0]


@pytest.mark.parametrize(
    ("export", "pause"),
    [
        ("export-456", 2.0),
        (Export(id="export-456"), 2.0),
        (created(None), 2.0),
        (created("soon"), 2.0),
        (created("1970-01-01T00:01:45Z"), 5.0),
        (created("1970-01-01T00:01:45"), 5.0),
        (created("1970-01-01T00:00:00Z"), 2.0),
        (created("2970-01-01T00:00:00Z"), 10.0),
    ],
)
def test_the_first_pause(export: str | Export | ExportCreated, pause: float) -> None:
    """Past, absent and unreadable estimates are ignored."""
    assert first_pause(export, 100.0) == pause
