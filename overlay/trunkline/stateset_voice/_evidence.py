"""Whether a call was placed, as far as call logs show it."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from trunkline._engine.client.ledgers import KeyedRequest, ReconcileReport, arguments_of
from trunkline._json import text_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from trunkline._engine.client.ledgers import Unknown
    from trunkline.ledger import Ledger
    from trunkline_generated.stateset_voice_public.models.call_log import CallLog

#: The operation's name in ledgers: with another one every key would be new and dialled again.
RECORDED_AS: Final = "make_call"
#: Send-by, the latest acceptance, and the longest call: a running one may be missing from the logs.
QUIET: Final = 5.0 + 120.0 + 7200.0
_KEPT: Final = ("call_sid", "ok", "status")
#: Twilio's words for a call that has ended.
_OVER: Final = frozenset({"completed", "failed", "busy", "no-answer", "canceled"})


class LogFinding(NamedTuple):
    """Which outbound calls a number had, as far as the logs show them.

    Attributes:
        calls: the calls whose log names the number.
        nameless: how many outbound calls are logged without a number: each may be to this one.
        complete: whether the logs were read to their end.
    """

    calls: tuple[CallLog, ...]
    nameless: int
    complete: bool


class Logs(NamedTuple):
    """The result of reading the outbound call logs."""

    calls: list[CallLog]
    complete: bool


def keyed_call(
    key: str,
    attempt: int,
    own: Mapping[str, Any],
    extra: Mapping[str, Any],
    *,
    retry_rejected: bool,
) -> KeyedRequest:
    """Return a call's request as the ledger needs it."""
    fields = arguments_of(own, extra)
    return KeyedRequest(RECORDED_AS, key, attempt, retry_rejected, fields, _sid_of, _KEPT)


def _sid_of(answer: Any) -> str | None:
    found = answer.get("call_sid")
    return found if isinstance(found, str) and found else None


def is_over(log: CallLog | None) -> bool:
    """Return whether a logged call has ended."""
    return text_of(log, "status") in _OVER


def log_of(calls: Iterable[CallLog], call_sid: str) -> CallLog | None:
    """Return the log of a call, None where there is none."""
    return next((call for call in calls if text_of(call, "call_sid") == call_sid), None)


def finding(logs: Logs, number: str) -> LogFinding:
    """Return what logs show about a number."""
    calls = tuple(call for call in logs.calls if text_of(call, "to_number") == number)
    nameless = sum(not text_of(call, "to_number") for call in logs.calls)
    return LogFinding(calls, nameless, logs.complete)


def decide(ledger: Ledger, rows: list[Unknown], logs: Logs) -> ReconcileReport:
    """Record what a reading of the logs shows about unknown calls."""
    if not logs.complete:
        return ReconcileReport(undecided=len(rows), reason="the logs changed while they were read")
    report, lines = ReconcileReport(), _unclaimed(ledger, rows[0][0].ns, logs)
    wanted = Counter(_number_of(row.fields) for row, _ in rows)
    for row, left in rows:
        number = _number_of(row.fields)
        same = lines.get(number, [])
        if ledger.settings.exclusive_account and 0 < wanted[number] == len(same):
            wanted[number] -= 1  # each line is one of these calls; which one does not matter
            line = same.pop()
            ledger.record_found(row, line.call_sid, {"call_sid": line.call_sid})
            report.found += 1
        elif same or "" in lines:
            report.undecided += 1
            report.reason = "the logs show calls that may be these"
        elif left > 0:
            report.wait(left)
        elif ledger.record_absent(row, {"logs": len(logs.calls)}):
            report.absent += 1
    return report


def _number_of(fields: str) -> str:
    import json

    digests: dict[str, str] = json.loads(fields)
    return digests.get("to", "")


def _unclaimed(ledger: Ledger, ns: str, logs: Logs) -> dict[str, list[CallLog]]:
    """Return the logs of calls without a key, by the digest of their number; "" for none."""
    sids = [text_of(call, "call_sid") for call in logs.calls]
    claimed = ledger.claimed(ns, [sid for sid in sids if sid])
    lines: dict[str, list[CallLog]] = {}
    for sid, call in zip(sids, logs.calls, strict=True):
        if sid not in claimed:
            # A log without an id shows that there was a call, but cannot be assigned to a key.
            number = text_of(call, "to_number") if sid else None
            digest = ledger.digests_of({"to": number})["to"] if number else ""
            lines.setdefault(digest, []).append(call)
    return lines
