"""The requests of one flow, counted from the SDK's log records."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Self

from rich.table import Table

if TYPE_CHECKING:
    from collections.abc import Iterable
    from types import TracebackType


class FlowLog(logging.Handler):
    """Counts the requests and retries of a flow.

    Attributes:
        title: the provider's name.
        steps: how many steps held.
        failure: what did not hold, if anything.
        request_id: the last request id that the provider sent.
    """

    def __init__(self, title: str) -> None:
        super().__init__(logging.DEBUG)
        self.title = title
        self.steps = self.requests = self.retries = 0
        self.operations: set[str] = set()
        self.request_id = ""
        self.failure = ""
        self._log = logging.getLogger("trunkline")

    @property
    def held(self) -> bool:
        return not self.failure and self.steps > 0

    def emit(self, record: logging.LogRecord) -> None:
        """Count an attempt; its record has method, path and the attempt's number."""
        if record.msg.startswith("%s %s attempt=") and isinstance(record.args, tuple):
            method, path, attempt = record.args[:3]
            self.operations.add(f"{method} {path}")
            self.requests += 1
            self.retries += attempt != 1

    def __enter__(self) -> Self:
        self._log.setLevel(logging.DEBUG)
        self._log.addHandler(self)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._log.removeHandler(self)

    @staticmethod
    def table(logs: Iterable[FlowLog]) -> Table:
        table = Table("provider", "operations", "requests", "retries", "request id", "result")
        for log in logs:
            table.add_row(
                log.title,
                str(len(log.operations)),
                str(log.requests),
                str(log.retries),
                log.request_id or "none sent",
                f"{log.steps} steps held" if log.held else f"[red]{log.failure}[/red]",
            )
        return table
