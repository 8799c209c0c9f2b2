"""Find a wrong part of an endpoint when it is built, not when the first delivery arrives."""

from __future__ import annotations

from trunkline.errors import ConfigurationError

__all__ = ["require_source", "require_store"]


def require_source(source: object) -> None:
    """Raise unless this is a source of deliveries.

    Raises:
        ConfigurationError: whose text has no part of the value, which may be a secret.
    """
    if not _has_methods(source, "accept", "event_types"):
        raise ConfigurationError(
            f"source is {_kind(source)}: give a PamelaWebhook(secret) or one of its siblings"
        )


def require_store(store: object) -> None:
    """Raise unless this is a replay store, or None.

    Raises:
        ConfigurationError: for anything else.
    """
    if store is not None and not _has_methods(store, "claim", "confirm", "settled", "release"):
        raise ConfigurationError(
            f"store is {_kind(store)}: give a SQLiteReplayStore(path) or another ReplayStore"
        )


def _has_methods(thing: object, *names: str) -> bool:
    # A class has them too, but was not called.
    return not isinstance(thing, type) and all(callable(getattr(thing, one, None)) for one in names)


def _kind(thing: object) -> str:
    return f"the class {thing.__name__}" if isinstance(thing, type) else type(thing).__name__
