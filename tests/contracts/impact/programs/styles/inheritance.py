from __future__ import annotations

import abc
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from trunkline import Pamela
from trunkline.pamela import CallStatus, CallStatusResponse, UsageResponse

T = TypeVar("T")


class Base(abc.ABC):
    def __init__(self, pamela: Pamela) -> None:
        self._pamela = pamela

    @property
    def calls(self):
        return self._pamela.calls

    @abc.abstractmethod
    def run(self) -> None: ...

    def fetch(self, call_id: str) -> CallStatusResponse:
        return self.calls.get(call_id)


class Reminder(Base):
    def run(self) -> None:
        self.calls.create(to="+1", task="Remind.", country="US")  # hit: country, consent

    def report(self, call_id: str) -> str:
        return super().fetch(call_id).summary or "-"  # hit: summary


class Canceller(Reminder):
    def run(self) -> None:
        super().run()
        self.calls.cancel("c1")  # hit: cancel_call


class Store(Generic[T]):
    def __init__(self) -> None:
        self.items: list[T] = []

    def add(self, item: T) -> T:
        self.items.append(item)
        return item

    def __iter__(self) -> Iterator[T]:
        return iter(self.items)


@dataclass(slots=True)
class Office:
    pamela: Pamela = field(default_factory=Pamela)
    calls_of_today: Store[CallStatusResponse] = field(default_factory=Store)
    usage: UsageResponse | None = None

    def refresh(self, call_id: str) -> None:
        self.calls_of_today.add(self.pamela.calls.get(call_id))
        self.usage = self.pamela.usage.get("2026-11")

    def lines(self) -> list[str]:
        return [f"{call.id} {call.summary!r}" for call in self.calls_of_today]  # hit: summary

    def total(self) -> int:
        return self.usage.call_count + 1 if self.usage else 0  # hit: call_count


class Status:
    def __init__(self, call: CallStatusResponse) -> None:
        self.call = call

    def __str__(self) -> str:
        return self.call.summary or ""  # hit: summary

    @staticmethod
    def word(status: CallStatus) -> str:
        if status is CallStatus.QUEUED:  # hit: no_answer
            return "waiting"
        elif status is CallStatus.COMPLETED:
            return "done"
        elif status is CallStatus.FAILED:
            return "failed"
        raise AssertionError(status)

    @classmethod
    def of(cls, pamela: Pamela, call_id: str) -> Status:
        return cls(pamela.calls.get(call_id))


def show(pamela: Pamela) -> None:
    print(Status.of(pamela, "c1").call.summary)  # hit: summary
