"""Where a response differs from its contract: an error in strict mode, otherwise a log record."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Protocol

    class Deviation(Protocol):
        """What generated code notes; ``pattern`` is the pointer with ``*`` for indexes."""

        @property
        def pointer(self) -> str: ...
        @property
        def pattern(self) -> str: ...
        @property
        def expected(self) -> str: ...
        @property
        def found(self) -> str: ...


_log: Final = logging.getLogger("trunkline")

#: Bounded, because a server decides how many kinds there are.
_LIMIT: Final = 1000
_logged: set[tuple[str, str | None, str, str]] = set()


class ContractMismatchError(ValueError):
    """A body that is JSON but not what the contract promises; the message holds no values of it."""

    def __init__(self, message: str, deviations: Sequence[Deviation] = ()) -> None:
        super().__init__(message)
        self.deviations = deviations


def mismatch(deviations: Sequence[Deviation]) -> ContractMismatchError:
    """Return the error that names the first three deviations."""
    texts = [f"{_shown_pointer(each.pointer)}: {_types(each)}" for each in deviations[:3]]
    more = f"; {len(deviations) - 3} more" if len(deviations) > 3 else ""
    return ContractMismatchError("; ".join(texts) + more, deviations)


def log_once(
    provider: str, operation: str | None, deviations: Sequence[Deviation], within: str = ""
) -> None:
    """Log each kind of deviation once in this process.

    Args:
        provider: the API's short name; its logger is used.
        operation: the contract's operationId.
        deviations: where the response differs.
        within: the pointer of the object that they were found in.
    """
    for each in deviations:
        pattern = within + each.pattern
        kind = (provider, operation, pattern, each.found)
        if kind in _logged or len(_logged) >= _LIMIT:
            continue
        _logged.add(kind)
        _log.getChild(provider).warning(
            "%s: the response differs from the contract at %s: %s; it is returned as it came",
            operation,
            _shown_pointer(pattern),
            _types(each),
        )


def _shown_pointer(pointer: str) -> str:
    return pointer or "the top"


def _types(each: Deviation) -> str:
    return f"expected {each.expected}, found {each.found}"
