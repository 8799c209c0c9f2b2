import os
from contextlib import contextmanager
from functools import cached_property, wraps

from trunkline.pamela import CallStatus, CallStatusResponse, Pamela


@contextmanager
def session():
    pamela = Pamela(os.environ["KEY"])
    try:
        yield pamela
    finally:
        pamela.close()


def logged(function):
    @wraps(function)
    def inner(*args, **kwargs):
        print(function.__name__)
        return function(*args, **kwargs)

    return inner


@logged
def fetch(call_id: str) -> CallStatusResponse:
    with session() as pamela:
        return pamela.calls.get(call_id)


HANDLERS = {
    CallStatus.COMPLETED: lambda call: print(call.id),
    CallStatus.FAILED: lambda call: print("failed"),
}


def handle(call_id: str) -> None:
    call = fetch(call_id)
    HANDLERS[call.status](call)  # hit: no_answer
    print(getattr(call, "summary", None))  # hit: summary


def word(status: CallStatus) -> str:
    match status:  # hit: no_answer
        case CallStatus.QUEUED | CallStatus.RINGING:
            return "waiting"
        case CallStatus.IN_PROGRESS:
            return "talking"
        case CallStatus.COMPLETED | CallStatus.FAILED | CallStatus.CANCELLED:
            return "over"


def short(status: CallStatus) -> str:
    match status:
        case CallStatus.COMPLETED:
            return "ok"
        case _:
            return "?"


class Desk:
    @cached_property
    def pamela(self) -> Pamela:
        return Pamela()

    def dial(self, numbers: list[str]) -> None:
        arguments = {"task": "Remind of the appointment.", "country": "US"}
        for number in numbers:
            self.pamela.calls.create(to=number, **arguments)  # hit: country, consent

    def stop(self, *ids: str) -> None:
        for call_id in ids:
            self.pamela.calls.cancel(call_id)  # hit: cancel_call

    def is_over(self, call_id: str) -> bool:
        status = self.pamela.calls.get(call_id).status
        return status in (CallStatus.COMPLETED, CallStatus.FAILED)
