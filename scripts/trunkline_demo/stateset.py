"""StateSet Voice: an outbound call, its log, its session and its events."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from trunkline import StateSetVoice

if TYPE_CHECKING:
    from collections.abc import Callable

    from .runner import Runner

TO, FROM = "+15555555678", "+15555551234"


def run(runner: Runner) -> None:
    """Call, find it in the logs, receive its events; survive a 429, a 503 and a lost response."""
    control = runner.sandbox.control
    control.configure(stateset={"webhook_url": f"{runner.receiver.url}/stateset"})
    with StateSetVoice("ssv_sandbox", base_url=runner.sandbox.urls["stateset"]) as stateset:
        _call(runner, stateset)

        def place_call() -> object:
            return stateset.make_call(to=TO, from_=FROM, agent_key="support_primary")

        control.fault("status", provider="stateset", operation="list_call_logs", status=503)
        runner.step("list through a 503", stateset.call_logs.list)
        runner.survive_faults("stateset", "make_call", place_call)
        runner.check_ambiguous("stateset", "make_call", place_call)


def _call(runner: Runner, stateset: StateSetVoice) -> None:
    runner.step("ask whether the service is ready", stateset.health.ready)
    made = runner.step(
        "make a call",
        lambda: stateset.calls.with_raw_response.make(
            to=TO, from_=FROM, agent_key="support_primary", key="ticket-17"
        ),
    )
    runner.log.request_id = made.request_id or ""
    sid = made.parsed.call_sid

    def ended() -> bool:
        return any(
            log.call_sid == sid and log.status == "completed" for log in stateset.call_logs.list()
        )

    runner.step("follow it in the call logs", lambda: until(ended))
    sessions = runner.step(
        "list voice sessions", lambda: list(stateset.voice_sessions.list(limit=1))
    )
    runner.check("its session is among them", any(found.call_sid == sid for found in sessions))
    runner.sandbox.control.deliveries(provider="stateset")
    events = runner.receiver.events["stateset"]
    runner.check(f"{len(events)} events arrived", "voice.call.completed" in events)


def until(holds: Callable[[], bool], timeout: float = 20.0) -> None:
    """Poll until a condition holds; the API has no operation that reads one call."""
    ends = time.monotonic() + timeout
    while not holds() and time.monotonic() < ends:
        time.sleep(0.1)
