"""A consumer of a message queue that keeps a ledger, as in a larger service."""

import logging
import typing as t
from abc import ABC, abstractmethod
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from threading import local

import voice_client as vc
from voice_client import models as m
from voice_client.api import calls, messages, recordings
from voice_client.types import Response

log = logging.getLogger(__name__)
P = t.ParamSpec("P")
R = t.TypeVar("R")
Page = t.Dict[str, "m.Call"]
Pair: t.TypeAlias = "tuple[m.Call, m.Leg]"


def logged(function: t.Callable[P, R]) -> t.Callable[P, R]:
    def wrapper(*args: P.args, **kwargs: P.kwargs) -> R:
        log.info("%s", function.__name__)
        return function(*args, **kwargs)

    return wrapper


class Gateway(ABC):
    _local = local()

    @property
    def client(self) -> vc.AuthenticatedClient:
        if not hasattr(self._local, "client"):
            self._local.client = vc.AuthenticatedClient(base_url="https://voice.example", token="t")
        return self._local.client

    @abstractmethod
    def handle(self, message: dict) -> None: ...


class CallGateway(Gateway):
    @logged
    def fetch(self, call_id: str) -> "t.Optional[m.Call]":
        response: "Response[m.Call]" = calls.get_call.sync_detailed(call_id, client=self.client)
        return response.parsed if response.status_code == 200 else None

    def handle(self, message: dict) -> None:
        call = self.fetch(message["call_id"])
        if not call:
            return
        with ExitStack() as stack:
            ledger = stack.enter_context(open("ledger.csv", "a"))
            ledger.write(f"{call.id},{call.price},{message['price']}\n")  # hit: price
        for leg in reversed(call.legs):
            self.codec((call, leg))

    def codec(self, pair: Pair) -> str:
        call, leg = pair
        return f"{call.id}/{leg.codec}"  # hit: codec

    def many(self, ids: t.List[str]) -> Page:
        with ThreadPoolExecutor(4) as pool:
            found = pool.map(self.fetch, ids)
        return {call.id: call for call in found if call}

    def spend(self, ids: t.List[str]) -> float:
        return sum(float(call.price) for call in self.many(ids).values())  # hit: price

    def clean(self, ids: t.Iterable[str]) -> None:
        for each in ids:
            _ = recordings.delete_recording.sync_detailed(call_id=each, client=self.client)  # hit: delete_recording

    def greet(self, *numbers: str, **kwargs: t.Any) -> int:
        texts = [m.SendMessage(to=n, text="Hello", **kwargs) for n in numbers]  # maybe: sender
        sent = [messages.send_message.sync(client=self.client, body=body) for body in texts]
        return len([message.segments for message in sent])

    def dial(self, to: str) -> "m.Call":
        body = m.CreateCall.from_dict({"to": to, "from": "+1", "machine_detection": True})  # hit: machine_detection
        body.additional_properties["price"] = "0"
        return calls.create_call.sync(client=self.client, body=body)


def longest(gateway: CallGateway, ids: t.List[str]) -> t.Optional[int]:
    durations = [call.duration for call in gateway.many(ids).values() if call.duration]  # hit: duration
    return max(durations, default=None)
