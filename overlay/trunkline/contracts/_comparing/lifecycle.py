"""Compare the lifecycle of a value: deprecation, sunset, stability."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from .walk import At, Walk

_STABILITY: Final = ("draft", "alpha", "beta", "stable")
_SUNSET: Final = "x-sunset"
_LEVEL: Final = "x-stability-level"
KEYWORDS: Final = frozenset({"deprecated", _SUNSET, _LEVEL})


def lifecycle(walk: Walk, old: dict[str, Any], new: dict[str, Any], at: At) -> None:
    """Record changes of `deprecated`, `x-sunset` and `x-stability-level`."""
    before, after = old.get("deprecated") is True, new.get("deprecated") is True
    if before != after:
        kind = "deprecated" if after else "reactivated"
        guards = ("with-sunset",) if new.get(_SUNSET) is not None else ()
        walk.emit(kind, at.down("deprecated"), before, after, guards=guards)
    if old.get(_SUNSET) != new.get(_SUNSET):
        _sunset(walk, old.get(_SUNSET), new.get(_SUNSET), at.down(_SUNSET))
    if old.get(_LEVEL) != new.get(_LEVEL):
        _stability(walk, old.get(_LEVEL), new.get(_LEVEL), at.down(_LEVEL))


def announced(node: dict[str, Any]) -> tuple[str, ...]:
    """Return the guards for a removed value: the deprecation and sunset announced before."""
    if node.get("deprecated") is not True:
        return ()
    day = sunset_date(node.get(_SUNSET))
    return ("deprecated",) if day is None else (f"sunset:{day.isoformat()}", "deprecated")


def sunset_date(value: Any) -> date | None:
    """Return the day of an RFC 3339 date or date-time; None if it is neither."""
    try:
        return datetime.fromisoformat(str(value)).date()
    except ValueError:
        return None


def _sunset(walk: Walk, before: Any, after: Any, at: At) -> None:
    first, second = sunset_date(before), sunset_date(after)
    if after is None:
        walk.emit("sunset-removed", at, before, after)
    elif second is None:
        walk.emit("sunset-invalid", at, before, after)
    elif first is None:
        walk.emit("sunset-set", at, before, after)
    else:
        kind = "sunset-moved-closer" if second < first else "sunset-moved-away"
        if first != second:
            walk.emit(kind, at, before, after)


def _stability(walk: Walk, before: Any, after: Any, at: At) -> None:
    if after is not None and after not in _STABILITY:
        walk.emit("stability-invalid", at, before, after)
        return
    first, second = _rank(before), _rank(after)
    if first != second:
        kind = "stability-decreased" if second < first else "stability-increased"
        walk.emit(kind, at, before, after)


def _rank(level: Any) -> int:
    """A missing level means stable; an unknown one ranks below draft."""
    if level is None:
        return len(_STABILITY) - 1
    return _STABILITY.index(level) if level in _STABILITY else -1
