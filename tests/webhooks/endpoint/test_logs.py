"""Foreign text in log records: it cannot start new lines."""

from __future__ import annotations

import io
import logging
from typing import TYPE_CHECKING, Any

import pytest
from tests.webhooks.deliveries import SECRET
from tests.webhooks.endpoints import Receive, delivery

from trunkline.webhooks import PamelaWebhook, WebhookEndpoint

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

FORGED = "no such order\n2026-11-28 CRITICAL the door is open\x1b[2J\u2028end"
SHOWN = "no such order\\n2026-11-28 CRITICAL the door is open\\x1b[2J\\u2028end"


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """The output of a standard library handler, with a mark before each record."""
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(logging.Formatter("## %(message)s"))
    logger = logging.getLogger("trunkline.webhooks")
    logger.addHandler(handler)
    yield written
    logger.removeHandler(handler)


def failing(error: Callable[[], BaseException]) -> WebhookEndpoint[Any]:
    webhook = WebhookEndpoint(PamelaWebhook(SECRET))

    @webhook.on("call.completed")
    def handle(_: Any) -> None:
        raise error()

    return webhook


def chained() -> BaseException:
    made = LookupError(FORGED)
    made.add_note(FORGED)
    made.__cause__ = KeyError(FORGED)
    return made


def grouped() -> BaseException:
    return ExceptionGroup("several", [ValueError(FORGED), OSError(5, FORGED)])


class UnprintableError(Exception):
    def __str__(self) -> str:
        raise RuntimeError(FORGED)


def endless() -> BaseException:
    first = error = ValueError(FORGED)
    for _ in range(5000):
        error.__cause__ = ValueError("again")
        error = error.__cause__
    error.__cause__ = first
    return first


@pytest.mark.parametrize(
    ("error", "parts"),
    [
        (lambda: ValueError(FORGED), [f"ValueError: {SHOWN}\n"]),
        (chained, ["LookupError: ", SHOWN, "direct cause", "KeyError: "]),
        (grouped, ["several (2 sub-exceptions)", f"ValueError: {SHOWN}", "OSError: [Errno 5]"]),
        (UnprintableError, ["UnprintableError: <no text>"]),
        (endless, [SHOWN, "ValueError: again"]),
    ],
)
def test_the_text_of_an_exception_stays_on_its_line(
    receive: Receive, log: io.StringIO, error: Callable[[], BaseException], parts: list[str]
) -> None:
    """Also for causes, notes and members of groups; the traceback is still there."""
    assert receive(failing(error), delivery()).outcome == "failed"
    text = log.getvalue()
    assert text.startswith("## the handler of call.completed failed\n")
    assert "Traceback (most recent call last):\n  File " in text
    for part in parts:
        assert part in text
    assert not any(line.startswith("2026") for line in text.splitlines())
    assert "\x1b" not in text


def test_the_record_still_has_the_exception(
    receive: Receive, caplog: pytest.LogCaptureFixture
) -> None:
    """Error collectors that read log records get the exception itself."""
    receive(failing(lambda: ValueError(FORGED)), delivery())
    (record,) = caplog.records
    assert record.exc_info is not None
    assert str(record.exc_info[1]) == FORGED
