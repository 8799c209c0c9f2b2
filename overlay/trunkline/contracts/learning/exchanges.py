"""Read HAR files and request journals of the sandbox; bodies are counted and dropped."""

from __future__ import annotations

import base64
import json
import re
from contextlib import suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final, NamedTuple
from urllib.parse import urlsplit

from trunkline._json import is_array, is_object
from trunkline._shapes.contract import ContractShapes, body_class

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from trunkline._shapes.contract import Statuses
    from trunkline._shapes.counts import Counts

__all__ = ["is_har", "is_journal", "recorded"]

_STATUSES: Final = range(100, 600)
_MINUTES_OF_A_DAY: Final = 24 * 60


class _Exchange(NamedTuple):
    """A request and its response."""

    provider: str
    operation: str
    method: str
    host: str
    path: str
    status: int
    media: str
    body: str
    at: float


def is_har(contents: Any) -> bool:
    """Return whether JSON is a HAR file."""
    log = contents.get("log") if is_object(contents) else None
    return is_object(log) and is_array(log.get("entries"))


def is_journal(contents: Any) -> bool:
    """Return whether JSON is the response of the sandbox to ``GET /_control/requests``."""
    needed = {"operation_id", "status", "response"}
    return (
        is_array(contents)
        and bool(contents)
        and all(is_object(each) and needed <= each.keys() for each in contents)
    )


def recorded(
    contents: Any, documents: Mapping[str, dict[str, Any]]
) -> Iterator[tuple[str, Counts]]:
    """Yield the counts of a file, by contract.

    If any request went to a server of the contract, those to other hosts are not counted for it.
    """
    exchanges = list(_har(contents) if is_har(contents) else _journal(contents))
    for name, document in documents.items():
        recorder = _Recorder(name, document)
        theirs = [each for each in exchanges if each.host in recorder.hosts]
        for each in theirs or exchanges:
            recorder.add(each)
        counts = recorder.shapes.counts()
        if counts["operations"]:
            yield name, counts


class _Recorder:
    def __init__(self, name: str, document: dict[str, Any]) -> None:
        self._package = name.replace("-", "_")
        self.shapes = ContractShapes(document)
        self._paths = [
            (each.operation.method, _pattern(each.operation.path), each)
            for each in sorted(
                self.shapes.operations.values(), key=lambda each: each.operation.path.count("{")
            )
        ]
        servers = document.get("servers")
        urls = [_split(str(each.get("url", ""))) for each in servers or () if is_object(each)]
        self._prefixes = {path.rstrip("/") for _, path in urls} | {""}
        self.hosts = {host for host, _ in urls if host}

    def add(self, exchange: _Exchange) -> None:
        statuses = self._statuses(exchange)
        if statuses is None:
            return
        statuses.count(exchange.status)
        kind = body_class(exchange.media, is_empty=not exchange.body)
        day = datetime.fromtimestamp(exchange.at, UTC).date().isoformat()
        answer = self.shapes.begin(statuses, exchange.status, kind, exchange.at, day)
        answer.is_whole = True
        if kind == "json":
            with suppress(ValueError, RecursionError):  # truncated, or nested too deeply
                self.shapes.record(statuses, exchange.status, json.loads(exchange.body), answer)

    def _statuses(self, exchange: _Exchange) -> Statuses | None:
        if exchange.operation:
            known = self._package.startswith(exchange.provider)
            return self.shapes.operations.get(exchange.operation) if known else None
        paths = {exchange.path.removeprefix(prefix) for prefix in self._prefixes}
        return next(
            (
                statuses
                for method, pattern, statuses in self._paths
                if method == exchange.method and any(map(pattern.fullmatch, paths))
            ),
            None,
        )


def _split(url: str) -> tuple[str, str]:
    """Return the host and the path of a URL; empty strings for a text that is not a URL."""
    with suppress(ValueError):
        parts = urlsplit(url)
        return parts.hostname or "", parts.path
    return "", ""


def _pattern(template: str) -> re.Pattern[str]:
    return re.compile("[^/]+".join(map(re.escape, re.split(r"{[^}]*}", template))))


def _har(contents: Any) -> Iterator[_Exchange]:
    for number, entry in enumerate(contents["log"]["entries"]):
        try:
            request, response = entry["request"], entry["response"]
            content: Any = response.get("content") or {}
            yield _Exchange(
                "",
                "",
                str(request["method"]).lower(),
                *_split(str(request["url"])),
                _status(response["status"]),
                str(content.get("mimeType", "")),
                _text(content),
                _moment(entry.get("startedDateTime"), number),
            )
        except (KeyError, TypeError, ValueError, AttributeError, OverflowError):
            continue  # an incomplete entry is not evidence


def _status(value: Any) -> int:
    status = int(value)
    if status not in _STATUSES:  # browsers write 0 for a request without a response
        raise ValueError
    return status


def _text(content: Mapping[str, Any]) -> str:
    text = content.get("text") or ""
    if not isinstance(text, str):
        raise TypeError
    if content.get("encoding") == "base64":
        return base64.b64decode(text, validate=True).decode("utf-8", "replace")
    return text


def _moment(text: Any, number: int) -> float:
    """Return the time in seconds since the epoch; a minute of today for an entry without one."""
    try:
        return datetime.fromisoformat(str(text)).astimezone(UTC).timestamp()
    except (ValueError, OverflowError):
        today = datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
        return today.timestamp() + 60.0 * (number % _MINUTES_OF_A_DAY)


def _journal(contents: Any) -> Iterator[_Exchange]:
    for number, entry in enumerate(contents):
        status = entry["status"]
        is_whole = entry["operation_id"] and isinstance(status, int) and status in _STATUSES
        if is_whole and not entry.get("fault"):  # the response to an injected fault is not evidence
            yield _Exchange(
                str(entry.get("provider", "")),
                str(entry["operation_id"]),
                *("", "", ""),
                status,
                str(entry.get("response_type", "")),
                str(entry["response"]),
                _moment(entry.get("at"), number),
            )
