from abc import abstractmethod
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, kw_only=True)
class Outcome:
    call_id: str
    summary: str | None
    finished: bool


class Telephony(Protocol):
    @abstractmethod
    def dial(self, number: str, script: str) -> str: ...

    @abstractmethod
    def outcome(self, call_id: str) -> Outcome: ...

    @abstractmethod
    def abort(self, call_id: str) -> None: ...
