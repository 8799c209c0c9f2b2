"""Each rule of the most complete existing tool, with a change that triggers only that rule."""

from __future__ import annotations

from typing import Any

import pytest
from tests.contracts import documents
from tests.contracts.compat.operation_pairs import PAIRS
from tests.contracts.compat.schema_pairs import (
    OBJECTS,
    SCHEMAS,
    Pair,
    answers,
    heads,
    obj,
    sends,
    takes,
)

from trunkline import contracts
from trunkline.contracts._rules.compat import mappings

#: Where a rule's schema is used, by the prefix of its name; the most specific first.
PLACES: dict[str, Any] = {
    "request-read-only-property": lambda it: sends(obj(a={**it, "readOnly": True})),
    "response-write-only-property": lambda it: answers(obj(a={**it, "writeOnly": True})),
    "request-parameter-property": lambda it: takes(obj(a=it)),
    "request-property": lambda it: sends(obj(a=it)),
    "response-property": lambda it: answers(obj(a=it)),
    "request-body": sends,
    "response-body": answers,
    "request-parameter": takes,
    "response-header": heads,
}


def _pair(name: str) -> Pair:
    if name in PAIRS:
        return PAIRS[name]
    for place, made in PLACES.items():
        if name.startswith(f"{place}-"):
            word = name[len(place) + 1 :]
            if place in {"request-property", "response-property"} and word in OBJECTS:
                break
            old, new = SCHEMAS[word]
            return made(old), made(new)
    role, _, word = name.partition("-")
    old, new = OBJECTS[word if word in OBJECTS else word.removeprefix("property-")]
    made = sends if role == "request" else answers
    return made(old), made(new)


RULES = [mapping for mapping in mappings() if not mapping.reason]


@pytest.mark.parametrize("rule", RULES, ids=[rule.id for rule in RULES])
def test_the_smallest_change_of_a_rule_is_that_rule_alone(rule: Any) -> None:
    """Its id and level are listed at the operation that changed, with no other error."""
    old, new = _pair(rule.id)
    found = contracts.compat_ids(documents.compare(old, new))
    items = (pair for side in (old, new) for pair in side["paths"].items())
    places = {(method.upper(), path) for path, item in items for method in item}
    own = [line for line in found if line["id"] == rule.id]
    assert [line["level"] for line in own] == [rule.level], found
    place = own[0]["operation"], own[0]["path"]
    assert place in places | {("", ""), ("POST", "x")}
    assert not [line for line in found if line["level"] == "error" and line not in own]
