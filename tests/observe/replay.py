"""Recorded LiveKit sessions, replayed to listeners without LiveKit."""

from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

FIXTURES = Path(__file__).parent / "fixtures"
#: Members that are dicts in LiveKit too.
_DICTS = ({"started_speaking_at"}, {"stopped_speaking_at"}, {"stt_metadata"}, {"llm_node_ttft"})


class RecordedSession:
    """Stands in for an ``AgentSession``: ``on``, ``off`` and the events of one session."""

    def __init__(self, name: str = "1.8.9-normal") -> None:
        self.handlers: dict[str, dict[Callable[[Any], None], None]] = {}
        self.events = list(_events(FIXTURES / f"{name}.jsonl"))
        if any(event.event == "session_usage_updated" for event in self.events):
            self.usage = None  # as in sessions that emit it

    def on(self, name: str, handler: Callable[[Any], None]) -> Callable[[Any], None]:
        self.handlers.setdefault(name, {})[handler] = None
        return handler

    def off(self, name: str, handler: Callable[[Any], None]) -> None:
        self.handlers.get(name, {}).pop(handler, None)

    def emit(self, name: str, event: Any) -> None:
        for handler in list(self.handlers.get(name, {})):
            handler(event)

    def play(self, *, until: int | None = None) -> RecordedSession:
        for event in self.events[:until]:
            self.emit(event.event, event)
        return self


def _events(path: Path) -> Iterator[Any]:
    for line in path.read_text(encoding="utf-8").splitlines():
        yield json.loads(line, object_hook=_namespace)


def _namespace(found: dict[str, Any]) -> Any:
    is_dict = not found or any(names <= set(found) for names in _DICTS)
    return found if is_dict else SimpleNamespace(**found)
