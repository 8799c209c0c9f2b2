"""Validate constructor arguments early."""

from __future__ import annotations

from trunkline.errors import ConfigurationError

__all__ = ["require_limit", "require_queue", "require_seconds", "require_source", "require_store"]

# Thirty years; clocks, locks and databases overflow far above it.
_MOST_SECONDS = 1e9


def require_source(source: object) -> None:
    # The value is not shown: it may be a secret.
    if not _has_methods(source, "accept", "event_types"):
        raise ConfigurationError(
            f"source is {_kind(source)}: give a PamelaWebhook(secret) or another source"
        )


def require_store(store: object) -> None:
    methods = ("claim", "renew", "confirm", "settled", "release")
    if store is not None and not _has_methods(store, *methods):
        raise ConfigurationError(
            f"store is {_kind(store)}: give a SQLiteReplayStore(path) or another ReplayStore, "
            f"which has {', '.join(methods)}"
        )


def require_queue(queue: object) -> None:
    if queue is not None and not callable(queue):
        raise ConfigurationError(
            f"queue is {_kind(queue)}: give the function that takes an event, such as put_nowait"
        )


def require_seconds(name: str, value: object, *, or_zero: bool = False) -> float:
    """Return the value if it is a number of seconds above 0, or 0 where that is allowed."""
    number = None if isinstance(value, bool) else value
    if isinstance(number, int | float) and (
        0 < number <= _MOST_SECONDS or (or_zero and number == 0)
    ):
        return number
    least = "0 or more" if or_zero else "above 0"
    raise ConfigurationError(
        f"{name} is a finite number of seconds, {least} and at most {_MOST_SECONDS:.0f}, "
        f"not {value!r}"
    )


def require_limit(max_body_bytes: object) -> int:
    limit = None if isinstance(max_body_bytes, bool) else max_body_bytes
    if isinstance(limit, int) and limit > 0:
        return limit
    raise ConfigurationError(f"max_body_bytes is an integer above 0, not {max_body_bytes!r}")


def _has_methods(thing: object, *names: str) -> bool:
    # A class has the methods too, but is not an instance.
    return not isinstance(thing, type) and all(callable(getattr(thing, one, None)) for one in names)


def _kind(thing: object) -> str:
    return f"the class {thing.__name__}" if isinstance(thing, type) else type(thing).__name__
