from abc import ABC, abstractmethod
from collections import defaultdict
from typing import Generic, TypeVar

import voice_client.api.recordings.delete_recording as erase  # hit: delete_recording
from voice_client import AuthenticatedClient
from voice_client.api.calls import create_call, hangup_call, list_calls
from voice_client.models import Call, CallStatus, CreateCall

T = TypeVar("T")


class Repository(ABC, Generic[T]):
    @abstractmethod
    def find(self, key: str) -> T | None: ...

    def need(self, key: str) -> T:
        found = self.find(key)
        if found is None:
            raise KeyError(key)
        return found


class CallRepository(Repository[Call]):
    def __init__(self, calls: list[Call]) -> None:
        self._by_id = {call.id: call for call in calls}
        self._by_number: dict[str, list[Call]] = defaultdict(list)
        for call in calls:
            self._by_number[call.to].append(call)

    def find(self, key: str) -> Call | None:
        return self._by_id.get(key)

    def cost(self, number: str) -> float:
        return sum(float(call.price) for call in self._by_number[number])  # hit: price


class VoiceGateway:
    def __init__(self, base_url: str, token: str) -> None:
        self._client = AuthenticatedClient(base_url=base_url, token=token)

    @property
    def calls(self) -> CallRepository:
        page = list_calls.sync(client=self._client, status=CallStatus.COMPLETED)
        return CallRepository(page.items if page else [])

    def start(self, request: CreateCall) -> Call:
        request.machine_detection = True  # hit: machine_detection
        call = create_call.sync(client=self._client, body=request)
        assert call
        return call

    def stop(self, call: Call) -> None:
        hangup_call.sync(call.id, client=self._client)

    def forget(self, call: Call) -> None:
        erase.sync(call.id, client=self._client)  # hit: delete_recording
