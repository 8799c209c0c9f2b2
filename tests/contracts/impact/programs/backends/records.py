from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Generic, NamedTuple, NewType, Protocol, TypeVar

import attrs

from voice_client import Client
from voice_client.api.calls import get_call, list_calls
from voice_client.models import Call, CallStatus, Leg

CallId = NewType("CallId", str)
T = TypeVar("T")


class Cost(NamedTuple):
    call: Call
    price: float


@dataclass(frozen=True, slots=True)
class Result(Generic[T]):
    value: T
    warnings: list[str] = field(default_factory=list)

    def unwrap(self) -> T:
        return self.value


@attrs.define
class Conversation:
    inner: Call
    notes: list[str] = attrs.Factory(list)

    @property
    def minutes(self) -> float:
        return self.inner.duration / 60  # hit: duration

    @property
    def legs(self) -> list[Leg]:
        return self.inner.legs

    def __getattr__(self, name: str) -> object:
        return getattr(self.inner, name)


class Calls(Protocol):
    def one(self, call_id: CallId) -> Result[Call]: ...

    def open(self) -> Iterator[Conversation]: ...


class VendorCalls(Calls):
    def __init__(self, client: Client) -> None:
        self.client = client.with_timeout(5).with_headers({"accept": "application/json"})

    def one(self, call_id: CallId) -> Result[Call]:
        call = get_call.sync(call_id, client=self.client)
        assert call is not None
        return Result(call)

    def open(self) -> Iterator[Conversation]:
        for status in (CallStatus.QUEUED, CallStatus.RINGING, CallStatus.ACTIVE):  # hit: ringing
            page = list_calls.sync(client=self.client, status=status)
            yield from (Conversation(call) for call in page.items)


def invoice(calls: Calls, call_id: CallId) -> Cost:
    call = calls.one(call_id).unwrap()
    return Cost(call, float(call.price))  # hit: price


def codecs(calls: Calls) -> list[str]:
    return [leg.codec for each in calls.open() for leg in each.legs]  # hit: codec


def total(costs: list[Cost]) -> float:
    return sum(cost.price for cost in costs)


def dearest(costs: list[Cost]) -> str:
    found = max(costs, key=lambda cost: cost.price)
    return f"{found.call.id}: {found.call.price}"  # hit: price


def minutes(calls: Calls) -> float:
    return sum(each.minutes for each in calls.open())


def is_waiting(call: Call) -> bool:
    return call.status.name in ("QUEUED", "ACTIVE") or call.status == CallStatus["RINGING"]  # hit: ringing


def sample() -> Call:
    return Call(id="1", status=CallStatus.FAILED, to="+1", duration=1, price="0", recording_url="", legs=[])  # hit: price
