"""HAR files and request journals of the sandbox: their bodies are counted and dropped."""

from __future__ import annotations

import base64
import json
import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urlsplit

from trunkline._json import is_array, is_object
from trunkline._shapes.contract import ContractShapes, body_class

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from trunkline._shapes.contract import Statuses
    from trunkline._shapes.counts import Counts

__all__ = ["is_har", "is_journal", "recorded"]


class _Exchange(NamedTuple):
    """A request and its answer."""

    provider: str
    operation: str
    method: str
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
    """Return whether JSON is what the sandbox answers to ``GET /_control/requests``."""
    needed = {"operation_id", "status", "response"}
    return is_array(contents) and all(
        is_object(each) and needed <= each.keys() for each in contents
    )


def recorded(
    contents: Any, documents: Mapping[str, dict[str, Any]]
) -> Iterator[tuple[str, Counts]]:
    """Yield the counts of a file, by contract."""
    exchanges = list(_har(contents) if is_har(contents) else _journal(contents))
    for name, document in documents.items():
        recorder = _Recorder(name, document)
        for each in exchanges:
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
        urls = [str(each.get("url", "")) for each in servers or () if is_object(each)]
        self._prefixes = {urlsplit(url).path.rstrip("/") for url in urls} | {""}

    def add(self, exchange: _Exchange) -> None:
        statuses = self._statuses(exchange)
        if statuses is None:
            return
        statuses.count(exchange.status)
        kind = body_class(exchange.media, is_empty=not exchange.body)
        day = datetime.fromtimestamp(exchange.at, UTC).date().isoformat()
        answer = self.shapes.begin(statuses, exchange.status, kind, exchange.at, day)
        answer.is_whole = True
        try:
            body = json.loads(exchange.body) if kind == "json" else None
        except (ValueError, RecursionError):
            return
        if kind == "json":
            self.shapes.record(statuses, exchange.status, body, answer)

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
                urlsplit(str(request["url"])).path,
                int(response["status"]),
                str(content.get("mimeType", "")),
                _text(content),
                _moment(entry.get("startedDateTime"), number),
            )
        except (KeyError, TypeError, ValueError, AttributeError):
            continue  # an entry that is not whole tells nothing


def _text(content: Mapping[str, Any]) -> str:
    text = str(content.get("text") or "")
    if content.get("encoding") == "base64":
        return base64.b64decode(text).decode("utf-8", "replace")
    return text


def _moment(text: Any, number: int) -> float:
    try:
        return datetime.fromisoformat(str(text)).timestamp()
    except ValueError:
        return 60.0 * number


def _journal(contents: Any) -> Iterator[_Exchange]:
    for number, entry in enumerate(contents):
        if entry["operation_id"] and isinstance(entry["status"], int):
            yield _Exchange(
                str(entry.get("provider", "")),
                str(entry["operation_id"]),
                "",
                "",
                entry["status"],
                str(entry.get("response_type", "")),
                str(entry["response"]),
                _moment(entry.get("at"), number),
            )
