"""Our models equal the generator's own, for every valid document."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Any

import attrs
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

if TYPE_CHECKING:
    from types import ModuleType

TEXT = st.text(max_size=8)
MOODS = st.sampled_from(["calm", "wild", "in_between"])
TIMES = st.datetimes(timezones=st.timezones()).map(lambda moment: moment.isoformat())
DAYS = st.dates().map(str)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | TEXT,
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(TEXT, inner, max_size=2),
    max_leaves=4,
)
UNKNOWN = st.dictionaries(TEXT.map("x_{}".format), JSON, max_size=2)


def with_unknown(required: dict[str, Any], optional: dict[str, Any]) -> st.SearchStrategy[Any]:
    known = st.fixed_dictionaries(required, optional=optional)
    return st.tuples(known, UNKNOWN).map(lambda parts: parts[0] | parts[1])


def boxes(things: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    sizes = st.dictionaries(TEXT, DAYS, max_size=2)
    # Our templates keep unknown fields of a closed schema; the generator's drop them.
    closed = st.fixed_dictionaries({}, optional={"a": st.integers()})
    required = {"things": st.lists(things, max_size=2)}
    return with_unknown(required, {"sizes": sizes, "closed": closed})


def things(parents: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    either = TEXT | boxes(parents) | st.lists(MOODS | st.integers() | TEXT, max_size=2)
    return with_unknown(
        {"id": TEXT, "mood": MOODS, "made_at": TIMES, "maybe": st.none() | TIMES | TEXT},
        {
            "strict": st.sampled_from(["calm", "wild"]),
            "level": st.sampled_from([0, 1, 2]),
            "moods": st.lists(MOODS, max_size=2),
            "table": st.lists(st.lists(DAYS, max_size=2), max_size=2),
            "day": DAYS,
            "ended_at": st.none() | TIMES | TEXT,
            "key": st.uuids().map(str),
            "size": st.integers(),
            "ratio": st.floats(allow_nan=False),
            "done": st.booleans(),
            "kind": st.just("thing"),
            "from": TEXT,
            "keys": st.lists(TEXT, max_size=2),
            "get": TEXT,
            "anything": JSON,
            "parent": parents,
            "box": boxes(parents),
            "either": either,
        },
    )


SIMPLE = st.fixed_dictionaries({"id": TEXT, "mood": MOODS, "made_at": TIMES, "maybe": st.none()})
THINGS = st.recursive(SIMPLE, things, max_leaves=3)


def attribute(model: Any, name: str) -> Any:
    renamed = f"{name}_"  # such as `keys`, one of our methods
    return getattr(model, renamed if hasattr(model, renamed) else name)


def same(ours: Any, stock: Any) -> bool:
    if attrs.has(type(stock)):
        return all(
            same(attribute(ours, field.name), getattr(stock, field.name))
            for field in attrs.fields(type(stock))
        )
    if type(stock).__name__ == "Unset":
        return ours is None
    if isinstance(stock, Enum):
        return isinstance(ours, Enum) and bool(ours.value == stock.value)
    if isinstance(stock, list):
        return len(ours) == len(stock) and all(map(same, ours, stock))
    if isinstance(stock, dict):
        return ours.keys() == stock.keys() and all(same(ours[key], stock[key]) for key in stock)
    # Ours may be an open enum member where the generator's is a plain string.
    return isinstance(ours, type(stock)) and bool(ours == stock)


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(wire=THINGS)
def test_ours_equals_the_stock_generator(
    models: ModuleType, stock_models: ModuleType, wire: dict[str, Any]
) -> None:
    """All attributes are equal, and the JSON round-trips unchanged."""
    ours, stock = models.Thing.from_dict(wire), stock_models.Thing.from_dict(wire)
    assert same(ours, stock), (ours.to_dict(), stock.to_dict())
    assert ours.to_dict() == ours.raw == wire
