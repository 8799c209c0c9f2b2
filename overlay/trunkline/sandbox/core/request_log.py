"""Counters for proofs such as "no second call", and the last requests."""

# ruff: noqa: D102  # internal: only docstrings that give a reason
from __future__ import annotations

from collections import Counter, deque
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["LogEntry", "RequestLog"]

#: Headers whose values are credentials; only their presence is kept.
SECRET_HEADERS = frozenset({"authorization", "x-pype-token", "cookie", "proxy-authorization"})
KEPT_REQUESTS = 1000
KEPT_BODY_CHARACTERS = 20_000


class LogEntry:
    """One request and its response."""

    def __init__(self, provider: str, operation_id: str | None, method: str, path: str) -> None:
        self.provider = provider
        self.operation_id = operation_id
        self.method = method
        self.path = path
        self.query = ""
        self.headers: dict[str, str] = {}
        self.body = ""
        self.status: int | None = None
        self.fault: str | None = None
        self.is_accepted = False

    def record_request(self, query: str, headers: Mapping[str, str], raw: bytes) -> None:
        self.query = query
        self.headers = {
            name: "(present)" if name in SECRET_HEADERS else value
            for name, value in headers.items()
        }
        self.body = raw[:KEPT_BODY_CHARACTERS].decode("utf-8", "replace")

    def to_json(self) -> dict[str, Any]:
        return {name: value for name, value in vars(self).items() if not name.startswith("_")}


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
        """Count a request that has taken effect, whether or not its sender learns of it."""
        entry.is_accepted = True
        self._accepted[_key(entry)] += 1

    def counters(self) -> dict[str, dict[str, dict[str, int]]]:
        counted: dict[str, dict[str, dict[str, int]]] = {}
        for (provider, operation), seen in sorted(self._seen.items()):
            accepted = self._accepted[provider, operation]
            counted.setdefault(provider, {})[operation] = {"seen": seen, "accepted": accepted}
        return counted


def _key(entry: LogEntry) -> tuple[str, str]:
    return entry.provider, entry.operation_id or "(unknown)"
