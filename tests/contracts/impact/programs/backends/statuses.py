from __future__ import annotations

import enum
from collections import Counter, OrderedDict
from dataclasses import dataclass, field
from typing import Any, Final, Literal, Optional, Union

import voice_client.models
from voice_client.api.calls import list_calls
from voice_client.models.call import Call
from voice_client.models.call_status import CallStatus as S

RINGING: Final = S.RINGING  # hit: ringing
ORDER = OrderedDict((status, index) for index, status in enumerate([S.QUEUED, S.RINGING, S.ACTIVE]))  # hit: ringing
Open = Literal[S.QUEUED, S.RINGING]  # hit: ringing
Maybe = Optional["Call"]
CallsByStatus = "dict[S, list[Call]]"


class Phase(enum.Enum):
    RINGING = "ringing"
    OVER = "over"


@dataclass
class Filter:
    status: S = S.RINGING  # hit: ringing
    others: set[S] = field(default_factory=lambda: {S.QUEUED, S.RINGING})  # hit: ringing
    phase: Phase = Phase.RINGING

    def matches(self, call: Call) -> bool:
        return call.status == self.status or call.status in self.others


def waiting(call: Call, status: S = voice_client.models.CallStatus.RINGING) -> bool:  # hit: ringing
    return call.status is status


def phase(call: Call) -> Phase:
    if call.status in (S.COMPLETED, S.FAILED):
        return Phase.OVER
    return Phase.RINGING if call.status == RINGING else Phase("over")


def parse(row: dict[str, Any]) -> S:
    word = row.get("status") or "ringing"
    try:
        return S(word)
    except ValueError:
        return S("ringing")  # hit: ringing


def named() -> S:
    return getattr(S, "RINGING")  # hit: ringing


def label(call: Call) -> str:
    if call.status.value == S.RINGING.value:  # hit: ringing
        return f"{S.RINGING.name.title()}: {call.duration}"  # hit: ringing, duration
    return str(call.status)


def count(calls: list[Call]) -> Counter[S]:
    counter = Counter(call.status for call in calls)
    counter.pop(S.RINGING, None)  # hit: ringing
    return counter


def ringing(client) -> list[Call]:
    page = list_calls.sync(client=client, status=RINGING)
    return list(filter(lambda call: call.status is not S.FAILED, page.items))


def costs(calls: CallsByStatus) -> dict[S, float]:
    return {status: sum(float(c.price) for c in found) for status, found in calls.items()}  # hit: price


def price(call: Maybe) -> Union[str, None]:
    return call.price if call is not None else None  # hit: price


def every() -> list[str]:
    return [status.value for status in S if status is not S["RINGING"]]  # hit: ringing


class Panel:
    statuses = S
    shown = (S.ACTIVE,)

    def first(self) -> S:
        return self.statuses.RINGING  # hit: ringing

    def colour(self, call: Call) -> str:
        return {S.ACTIVE: "green", S.RINGING: "yellow"}.get(call.status, "grey")  # hit: ringing
