"""Counters of requests, and the last requests."""

from __future__ import annotations

import re
from collections import Counter, deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

__all__ = ["LogEntry", "RequestLog"]

#: Headers whose values are credentials; only their presence is kept.
SECRET_HEADERS = frozenset({"authorization", "x-pype-token", "cookie", "proxy-authorization"})
#: The vendor's package writes its API key into uploads.
SECRET_MEMBER = re.compile(r'("(?:token|api_?key)"\s*:\s*)"[^"]*"?', re.IGNORECASE)
PRESENT = "(present)"
KEPT_REQUESTS = 1000
KEPT_BODY_CHARACTERS = 20_000


@dataclass(slots=True)
class LogEntry:
    """One request and its response; `notes` names what the contract does not describe."""

    provider: str
    operation_id: str | None
    method: str
    path: str
    query: str = ""
    headers: dict[str, str] = field(default_factory=dict[str, str])
    body: str = ""
    status: int | None = None
    response: str = ""
    response_type: str = ""
    fault: str | None = None
    is_accepted: bool = False
    notes: list[str] = field(default_factory=list[str])

    def matches(self, provider: str | None = None, operation: str | None = None) -> bool:
        return provider in {None, self.provider} and operation in {None, self.operation_id}

    def record_request(
        self, query: str, headers: Mapping[str, str], raw: bytes, secrets: Collection[str]
    ) -> None:
        """Keep the request; of credentials (`secrets`: names in lower case) only their presence."""
        hidden = SECRET_HEADERS | {*secrets}
        self.query = "&".join(_without_secret(part, hidden) for part in query.split("&"))
        self.headers = {
            name: PRESENT if name in hidden else value for name, value in headers.items()
        }
        body = raw[:KEPT_BODY_CHARACTERS].decode("utf-8", "replace")
        self.body = SECRET_MEMBER.sub(rf'\1"{PRESENT}"', body)

    def record_response(self, status: int, media_type: str, raw: bytes) -> None:
        """Keep the response, without the keys in it."""
        self.status, self.response_type = status, media_type
        body = raw[:KEPT_BODY_CHARACTERS].decode("utf-8", "replace")
        self.response = SECRET_MEMBER.sub(rf'\1"{PRESENT}"', body)


class RequestLog:
    """Counts by provider and operation, and the most recent entries."""

    def __init__(self) -> None:
        self.entries: deque[LogEntry] = deque(maxlen=KEPT_REQUESTS)
        self._seen: Counter[tuple[str, str]] = Counter()
        self._accepted: Counter[tuple[str, str]] = Counter()

    def add(self, provider: str, operation_id: str | None, method: str, path: str) -> LogEntry:
        entry = LogEntry(provider, operation_id, method, path)
        self.entries.append(entry)
        self._seen[_key(entry)] += 1
        return entry

    def accept(self, entry: LogEntry) -> None:
        """Count a request that has taken effect, even if its sender gets no response."""
        entry.is_accepted = True
        self._accepted[_key(entry)] += 1

    def counters(
        self, provider: str | None = None, operation: str | None = None
    ) -> dict[str, dict[str, dict[str, int]]]:
        counted: dict[str, dict[str, dict[str, int]]] = {}
        for (name, operation_id), seen in sorted(self._seen.items()):
            if provider in {None, name} and operation in {None, operation_id}:
                accepted = self._accepted[name, operation_id]
                counted.setdefault(name, {})[operation_id] = {"seen": seen, "accepted": accepted}
        return counted


def _without_secret(part: str, hidden: Collection[str]) -> str:
    name, equals, _ = part.partition("=")
    return f"{name}={PRESENT}" if equals and name.lower() in hidden else part


def _key(entry: LogEntry) -> tuple[str, str]:
    return entry.provider, entry.operation_id or "(unknown)"
