from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING

from voice_client.api import calls as calls_api
from voice_client.api.calls import list_calls
from voice_client.client import AuthenticatedClient
from voice_client.models.call_status import CallStatus
from voice_client.types import UNSET, Unset

from .store import Cache, Recent

if TYPE_CHECKING:
    from voice_client.models.call import Call


@dataclass
class Line:
    call: Call
    discount: Decimal = Decimal(0)

    @property
    def amount(self) -> Decimal:
        return Decimal(self.call.price) - self.discount  # hit: price

    def label(self) -> str:
        return f"{self.call.to} ({self.call.duration} s)"  # hit: duration


@dataclass
class Invoice:
    lines: list[Line] = field(default_factory=list)
    notes: dict[str, str] = field(default_factory=dict)

    def add(self, call: Call) -> None:
        self.lines.append(Line(call))
        if call.recording_url:  # hit: recordingUrl
            self.notes[call.id] = call.recording_url  # hit: recordingUrl

    @property
    def total(self) -> Decimal:
        return sum((line.amount for line in self.lines), Decimal(0))

    def longest(self) -> Line:
        return max(self.lines, key=lambda line: line.call.duration)  # hit: duration


def fetcher(client: AuthenticatedClient):
    def fetch(call_id: str) -> Call:
        response = calls_api.get_call.sync_detailed(call_id, client=client)
        if response.parsed is None:
            raise LookupError(call_id)
        return response.parsed

    return fetch


class Biller:
    def __init__(self, client: AuthenticatedClient) -> None:
        self.client = client
        self.cache: Cache[str, Call] = Cache(fetcher(client))
        self.recent: Recent[Call] = Recent()

    def price_of(self, call_id: str) -> str:
        return self.cache.get(call_id).price  # hit: price

    def remember(self, call: Call) -> int:
        return self.recent.push(call).duration  # hit: duration

    def prices(self) -> list[str]:
        return [call.price for call in self.cache]  # hit: price

    def last_price(self) -> str:
        return self.recent.items[-1].price  # hit: price

    def page(self, size: int | Unset = UNSET) -> list[Call]:
        found = list_calls.sync(client=self.client, status=CallStatus.COMPLETED, page_size=size)  # hit: page_size
        return found.items if found else []

    def invoice(self) -> Invoice:
        made = Invoice()
        for call in self.page(50):
            made.add(call)
        return made

    def word(self, call: Call) -> str:
        if call.status is CallStatus.QUEUED or call.status is CallStatus.RINGING:  # hit: blocked
            return "waiting"
        elif call.status is CallStatus.ACTIVE:
            return "talking"
        return "over"
