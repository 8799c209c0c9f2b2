from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING

from voice_client import AuthenticatedClient
from voice_client.api.calls import create_call, get_call, hangup_call
from voice_client.models import CreateCall

if TYPE_CHECKING:
    from voice_client.models import Call

log = logging.getLogger(__name__)


@dataclass
class Receipt:
    price: str
    duration: int = 0


class CallService:
    def __init__(self, client: AuthenticatedClient | None = None) -> None:
        self._client = client or self.make_client()
        self._last: Call | None = None
        self.calls: dict[str, Call] = {}

    @classmethod
    def make_client(cls) -> AuthenticatedClient:
        return AuthenticatedClient(base_url="https://voice.example", token="t")

    def place(self, to: str, **options: object) -> Call:
        body = CreateCall(to=to, from_="+15550001000", record=True)
        body.label = "service"
        call = create_call.sync(client=self._client, body=body)
        if call is None:
            raise RuntimeError("no call")
        self._last = call
        self.calls[call.id] = call
        return call

    def refresh(self, call_id: str) -> Call | None:
        params = {"call_id": call_id, "expand": False}
        return get_call.sync(client=self._client, **params)  # hit: expand

    def receipt(self) -> Receipt:
        assert self._last is not None
        confidence = self._last.answer.confidence if self._last.answer else 0  # hit: confidence
        log.info("answered with %s", confidence)
        return Receipt(price=self._last.price, duration=3)  # hit: price

    def longest(self) -> int:
        return max(call.duration for call in self.calls.values())  # hit: duration

    def stop_all(self) -> None:
        for call_id, call in self.calls.items():
            hangup_call.sync(call_id, client=self._client)
            log.info("%s: %s", call_id, call.recording_url)  # hit: recordingUrl


def report(service: CallService) -> str:
    receipt = service.receipt()
    return f"{receipt.price} for {receipt.duration}"
