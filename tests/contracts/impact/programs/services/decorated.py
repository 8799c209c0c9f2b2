import functools
import time
from collections.abc import Callable
from typing import ParamSpec, TypeVar

from trunkline import APIError, Pamela
from trunkline.pamela import CallStatus, CallStatusResponse

P = ParamSpec("P")
T = TypeVar("T")


def patient(function: Callable[P, T]) -> Callable[P, T]:
    @functools.wraps(function)
    def inner(*args: P.args, **kwargs: P.kwargs) -> T:
        try:
            return function(*args, **kwargs)
        except APIError:
            time.sleep(1)
            return function(*args, **kwargs)

    return inner


def tagged(name: str):
    def decorate(function):
        function.tag = name
        return function

    return decorate


class Gateway:
    def __init__(self, client: Pamela | None = None):
        self._client = client or Pamela()

    @functools.cached_property
    def calls(self):
        return self._client.calls

    @patient
    def fetch(self, call_id: str) -> CallStatusResponse:
        return self.calls.get(call_id)

    @tagged("slow")
    def fetch_plain(self, call_id):
        return self.calls.get(call_id)

    def cancel(self, call_id: str):
        return self.calls.cancel(call_id)  # hit: cancel_call

    @property
    def month(self):
        return self._client.usage.get(time.strftime("%Y-%m"))

    def __enter__(self):
        return self

    def __exit__(self, *exc):
        self._client.close()


def describe(gateway: Gateway, call_id: str) -> str:
    text = gateway.fetch(call_id).summary  # hit: summary
    again = gateway.fetch_plain(call_id).summary  # hit: summary
    return f"{text} {again}"


def quota(gateway: Gateway) -> bool:
    return gateway.month.call_count > 100  # hit: call_count


def stop(call_id: str) -> None:
    with Gateway() as gateway:
        gateway.cancel(call_id)


class Order:
    def __init__(self) -> None:
        self.summary = ""
        self.country = "US"

    def cancel(self, reason: str) -> None:
        self.summary = reason


def unrelated(order: Order) -> str:
    order.cancel("late")
    return order.summary + order.country


FINISHED = {CallStatus.COMPLETED, CallStatus.FAILED, CallStatus.CANCELLED}


def finished(call: CallStatusResponse) -> bool:
    return call.status in FINISHED
