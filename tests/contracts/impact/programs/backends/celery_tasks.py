from __future__ import annotations

import functools
import itertools
from operator import attrgetter

from celery import Celery, chain, shared_task

from voice_client import Client
from voice_client.api.calls import get_call, list_calls
from voice_client.api.recordings import delete_recording  # hit: delete_recording
from voice_client.models import Call, CallPage, CallStatus
from voice_client.types import UNSET, Unset

app = Celery("shop")


@functools.cache
def voice() -> Client:
    return Client(base_url="https://voice.example", raise_on_unexpected_status=True)


fetch = functools.partial(get_call.sync, client=voice())
page_of = functools.partial(list_calls.sync, client=voice(), page_size=50)  # hit: page_size


def pages(status: CallStatus | Unset = UNSET):
    cursor: str | Unset = UNSET
    while True:
        page = page_of(status=status, cursor=cursor)
        if not page:
            return
        yield page
        if not page.next_cursor:
            return
        cursor = page.next_cursor


@shared_task(bind=True, max_retries=3)
def purge(self, call_id: str) -> None:
    response = delete_recording.sync_detailed(call_id, client=voice())  # hit: delete_recording
    if response.status_code >= 500:
        raise self.retry(countdown=30)


@app.task
def cost(call_id: str) -> str:
    call = fetch(call_id)
    return call.price  # hit: price


@app.task
def purge_all() -> int:
    ids = [call.id for page in pages(CallStatus.COMPLETED) for call in page.items]
    for each in ids:
        chain(purge.s(each), cost.s(each)).delay()
    return len(ids)


@app.task(name="shop.stuck")
def stuck() -> list[str]:
    waiting = itertools.chain.from_iterable(p.items for p in pages(CallStatus.RINGING))  # hit: ringing
    old = [call for call in waiting if call.duration > 60]  # hit: duration
    return sorted(map(attrgetter("id"), old))


def totals(found: CallPage) -> dict[str, float]:
    by_id = {call.id: call for call in found.items}
    return {key: float(each.price) for key, each in by_id.items()}  # hit: price


def longest(calls: list[Call]) -> Call:
    return max(calls, key=attrgetter("duration"))  # hit: duration


def describe(call: Call) -> str:
    names = {
        CallStatus.QUEUED: "waiting",
        CallStatus.RINGING: "waiting",  # hit: ringing
        CallStatus.ACTIVE: "running",
    }
    return names.get(call.status, "over")
