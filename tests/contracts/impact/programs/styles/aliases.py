import functools as ft
import operator
from typing import NamedTuple, TypeAlias

import trunkline as tl
from trunkline import pamela as voice

Client: TypeAlias = tl.Pamela
Outcome = voice.CallStatusResponse
api = tl.Pamela
client = api()
calls = client.calls
place = calls.create
cancel = client.calls.cancel  # hit: cancel_call


class Pair(NamedTuple):
    client: Client
    last: Outcome | None = None


def ring(number: str) -> str:
    return place(to=number, task="Ring.").id  # hit: consent


def stop_all(ids: list[str]) -> None:
    for each in map(cancel, ids):  # hit: cancel_call
        print(each)


def with_partial(number: str) -> None:
    domestic = ft.partial(calls.create, country="US", task="Ring.")  # hit: country
    domestic(to=number)  # hit: consent


def from_pair(pair: Pair) -> str | None:
    if pair.last is not None:
        return pair.last.summary  # hit: summary
    (other, last) = pair
    other.calls.cancel("c1")  # hit: cancel_call
    return last and last.summary  # hit: summary


def minutes(months: list[str]) -> list[object]:
    get = client.usage.get
    return [operator.attrgetter("api_minutes")(get(month)) for month in months]  # hit: api_minutes


def walrus(call_id: str) -> str:
    if (found := calls.get(call_id)) and (text := found.summary):  # hit: summary
        return text
    return ""
