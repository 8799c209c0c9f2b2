"""How calls ended, as far as the provider's API reports it."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from trunkline.errors import TrunklineError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from trunkline.campaigns.storage.values import AcceptedCall

__all__ = ["End", "Ends", "ends_at"]

_log: Final = logging.getLogger("trunkline.campaigns")
#: Call logs per page (the most in requests that StateSet documents), and pages per reading.
_PAGE, _PAGES = 50, 20
_MOST: Final = 1e9
#: By how much the clocks of StateSet and PostgreSQL may differ.
_SKEW: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class End:
    """How a call ended."""

    call_id: str
    outcome: str
    seconds: float | None = None
    cost: Any = None


class Ends:
    """The ends of calls at a provider that does not report them.

    Attributes:
        most: how many calls are read in one step.
        every: seconds between two readings of a running call.
        is_list: whether one reading covers all calls, so that ``every`` applies to all together.
    """

    most, every, is_list = 0, 10.0, False

    def of(self, calls: Sequence[AcceptedCall]) -> Iterator[End]:  # noqa: ARG002 - for subclasses
        """Yield the ends of those calls that have ended.

        Raises:
            APIError: the request to the provider failed.
        """
        yield from ()


class _PamelaEnds(Ends):
    most = 20

    def __init__(self, client: Any) -> None:
        self._client = client

    def of(self, calls: Sequence[AcceptedCall]) -> Iterator[End]:
        from trunkline.pamela import billing
        from trunkline.pamela._states import is_over

        for each in calls:
            try:
                call = self._client.calls.get(each.call_id)
            except TrunklineError as error:  # one call that cannot be read must not hide the others
                _log.warning("a call could not be read: %s", error)
                continue
            if is_over(call):
                minutes, seconds = _figure(call.billed_minutes), _figure(call.duration_seconds)
                is_whole = minutes is not None and minutes == int(minutes)
                cost = billing.cost(int(minutes or 0)) if is_whole else None
                yield End(each.call_id, str(call.status.value), seconds, cost)


class _StateSetEnds(Ends):
    most, every, is_list = 10_000, 60.0, True

    def __init__(self, client: Any) -> None:
        self._client = client

    def of(self, calls: Sequence[AcceptedCall]) -> Iterator[End]:
        from trunkline.stateset_voice._evidence import is_over

        wanted = {call.call_id for call in calls}
        since = min(call.accepted_at for call in calls) - _SKEW
        logs = self._client.call_logs.list(direction="outbound", from_=since, limit=_PAGE)
        for number, page in enumerate(logs.pages(), 1):
            for log in page.items:
                if log.call_sid in wanted and is_over(log):
                    seconds = _figure(log.get("duration_seconds"))
                    yield End(log.call_sid, str(log.get("status")), seconds)
                wanted.discard(log.call_sid)
            if not wanted or number == _PAGES:
                return


def _figure(value: object) -> float | None:
    """Return a vendor's number; None for a value that it sends by mistake."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return value if 0 <= value <= _MOST else None


def ends_at(provider: str, client: Any) -> Ends:
    """Return the reader of how calls ended at a provider; Phone.ai has no API for it."""
    known = {"pamela": _PamelaEnds, "stateset_voice": _StateSetEnds}
    return known[provider](client) if provider in known else Ends()
