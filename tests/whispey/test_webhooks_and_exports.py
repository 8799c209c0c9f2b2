"""Whispey's webhooks and exports."""

from __future__ import annotations

import pickle
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import pytest
from tests.providers import Reply
from tests.whispey import page
from tests.whispey.page import success

from trunkline import Secret
from trunkline.errors import BadRequestError, InvalidArgumentError
from trunkline.whispey import EventName, ExportFormat

if TYPE_CHECKING:
    from tests.providers import Backend, Scripted


def test_a_webhook_is_created(whispey: Backend, server: Scripted) -> None:
    """The body is the page's, and 201 is accepted like 200."""
    server.then(Reply(201, success(page.WEBHOOK)))
    hook = whispey(
        lambda client: client.webhooks.create(
            url="https://your-app.com/webhooks/obsera",
            events=["call.completed", EventName.COST_ALERT],
            secret=Secret("your_webhook_secret"),
        )
    )
    assert (hook.id, hook.events) == ("webhook-123", ["call.completed", "cost.alert"])
    assert server.asked[0].json == {
        "url": "https://your-app.com/webhooks/obsera",
        "events": ["call.completed", "cost.alert"],
        "secret": "your_webhook_secret",
    }


def test_a_webhook_without_a_secret(whispey: Backend, server: Scripted) -> None:
    """The secret is optional."""
    server.then(Reply(200, success(page.WEBHOOK)))
    whispey(lambda client: client.webhooks.create(url="https://a.example", events=("cost.alert",)))
    assert server.asked[0].json == {"url": "https://a.example", "events": ["cost.alert"]}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ({"url": "ftp://a.example"}, "url"),
        ({"url": "a.example"}, "url"),
        ({"url": None}, "url"),
        ({"url": "http://[::1"}, "url"),
        ({"events": "call.completed"}, "a list"),
        ({"events": None}, "a list"),
        ({"events": ["call.started"]}, "must be one of"),
        ({"events": [None]}, "must be one of"),
        ({"secret": ""}, "secret"),
        ({"secret": Secret("")}, "pickled"),
    ],
)
def test_unusable_webhooks_are_refused(
    whispey: Backend, server: Scripted, arguments: dict[str, Any], said: str
) -> None:
    """Each argument is checked before anything is sent."""
    usable: dict[str, Any] = {"url": "https://a.example", "events": ["cost.alert"]}
    with pytest.raises(InvalidArgumentError, match=said):
        whispey(lambda client: client.webhooks.create(**{**usable, **arguments}))
    assert not server.asked


def test_a_webhook_s_secret_stays_hidden(whispey: Backend, server: Scripted) -> None:
    """Even if a server echoes it, it is not in the error's text, details or pickle."""
    details = {"hunter2": ["hunter2 is short", 3, None], "b": {"c": "xhunter2x"}}
    server.then(
        Reply(400, {"error": {"code": "X", "message": "bad 'hunter2'", "details": details}}),
        Reply(400, {"error": "bad hunter2"}),
    )

    def create(client: Any, secret: str | None = "hunter2") -> Any:
        return client.webhooks.create(url="https://a.example", events=[], secret=secret)

    with pytest.raises(BadRequestError, match="bad") as caught:
        whispey(create)
    again = pickle.loads(pickle.dumps(caught.value))
    for error in (caught.value, again):
        assert "hunter2" not in f"{error}{error!r}{error.details}"
    assert again.details["b"] == {"c": "x[secret]x"}
    with pytest.raises(BadRequestError, match="bad hunter2"):
        whispey(lambda client: create(client, None))


@pytest.mark.parametrize(
    ("body", "kept"),
    [
        ({"error": {"code": "whsec-4711-9", "message": "bad"}}, "bad"),
        ({"error": "x" * 495 + " whsec-4711-9"}, "xxx"),
    ],
    ids=["code", "cut off"],
)
def test_no_part_of_a_webhook_s_secret_is_shown(
    whispey: Backend, server: Scripted, body: Any, kept: str
) -> None:
    """Neither as a code, nor its first half where a long message was cut off."""
    server.then(Reply(400, body))
    with pytest.raises(BadRequestError, match=kept) as caught:
        whispey(
            lambda client: client.webhooks.create(
                url="https://a.example", events=[], secret="whsec-4711-9"
            )
        )
    assert "whsec" not in f"{caught.value}{caught.value.code}"


def test_a_short_secret_mangles_no_message(whispey: Backend, server: Scripted) -> None:
    """It is masked only where it stands alone; details may nest to any depth."""
    deep: Any = "e"
    for _ in range(900):
        deep = {"e": deep}
    server.then(Reply(400, {"error": {"code": "X", "message": "the event e", "details": deep}}))
    with pytest.raises(BadRequestError, match=r"the event \[secret\]"):
        whispey(
            lambda client: client.webhooks.create(url="https://a.example", events=[], secret="e")
        )


def test_an_export_is_created(whispey: Backend, server: Scripted) -> None:
    """The body is the page's; a date is its first instant and a time without a zone is UTC."""
    server.then(Reply(202, success(page.EXPORT_CREATED)))
    made = whispey(
        lambda client: client.exports.create(
            agent_id="agent-123",
            format="csv",
            start=date(2024, 1, 1),
            end=datetime(2024, 1, 31, 23, 59, 59),  # noqa: DTZ001 - naive on purpose
            include_transcripts=True,
            include_metrics=False,
        )
    )
    assert (made.export_id, made.status, made["export_id"]) == (
        "export-456",
        "processing",
        "export-456",
    )
    assert server.asked[0].path == "/v1/export/calls"
    assert server.asked[0].json == {
        "agent_id": "agent-123",
        "format": "csv",
        "date_range": {"start": "2024-01-01T00:00:00+00:00", "end": "2024-01-31T23:59:59+00:00"},
        "include_transcripts": True,
        "include_metrics": False,
    }


def test_an_export_may_name_any_format_and_half_a_range(whispey: Backend, server: Scripted) -> None:
    """The vendor's list of formats is incomplete, and a range may have one end."""
    server.then(Reply(200, success(page.EXPORT_CREATED)), Reply(200, success(page.EXPORT_CREATED)))
    whispey(lambda client: client.exports.create(format="xlsx", end="2024-02-01"))
    assert server.asked[0].json == {
        "format": "xlsx",
        "date_range": {"end": "2024-02-01T00:00:00+00:00"},
    }
    whispey(lambda client: client.exports.create(format=ExportFormat.JSON))
    assert server.asked[1].json == {"format": "json"}


@pytest.mark.parametrize(
    "arguments", [{"format": 5}, {"format": [[]]}, {"start": "yesterday"}, {"end": "2024-13-01"}]
)
def test_unusable_exports_are_refused(
    whispey: Backend, server: Scripted, arguments: dict[str, Any]
) -> None:
    """What is not a format or not a date is refused before sending."""
    with pytest.raises(InvalidArgumentError, match=next(iter(arguments))):
        whispey(lambda client: client.exports.create(**arguments))
    assert not server.asked


def test_the_state_of_an_export(whispey: Backend, server: Scripted) -> None:
    """The size is human-readable text; the export is passed as its id or as the object."""
    server.then(Reply(200, success(page.EXPORT)), Reply(200, success(page.EXPORT)))
    found = whispey(lambda client: client.exports.get("export-456"))
    assert (found.file_size, found.record_count) == ("2.5MB", 1250)
    assert whispey(lambda client: client.exports.get(found)).id == "export-456"
    assert {asked.path for asked in server.asked} == {"/v1/exports/export-456"}
