"""A document that is loaded beside another version of it."""

from __future__ import annotations

import gc
import json
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trunkline import contracts
from trunkline.contracts import ContractError

TEXTS = st.text(alphabet='aé"\\/\u2028{}[],:\n', max_size=4)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | TEXTS,
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(TEXTS, inner, max_size=2),
    max_leaves=6,
)
ITEMS = st.dictionaries(st.sampled_from(["/a", "/b/{id}", "/c"]), st.just({}) | st.just({"x-a": 1}))
DOCUMENTS = st.fixed_dictionaries(
    {"openapi": st.sampled_from(["3.0.3", "3.1.0"]), "info": st.just({"title": "T"})},
    optional={
        "paths": ITEMS,
        "webhooks": ITEMS,
        "components": st.fixed_dictionaries(
            {}, optional={"schemas": st.dictionaries(TEXTS, VALUES, max_size=4)}
        ),
        "x-any": VALUES,
    },
)
LAYOUTS = st.fixed_dictionaries(
    {
        "indent": st.sampled_from([None, 0, 2, "\t"]),
        "ensure_ascii": st.booleans(),
        "separators": st.sampled_from([(",", ":"), (", ", " : "), (" ,\r\n", ":\t")]),
    }
)
OLD = """{"openapi": "3.1.0", "info": {"title": "T", "version": "1"},
 "paths": {"/a": {"get": {"responses": {"200": {"description": "d"}}}}, "/b": {}},
 "components": {"schemas": {"S": {"type": "integer", "minimum": -1.5e2}}}, "x-list": [1, [2]]}"""


@given(old=DOCUMENTS, new=DOCUMENTS, layouts=st.tuples(LAYOUTS, LAYOUTS))
def test_the_same_values_and_places_as_alone(old: Any, new: Any, layouts: tuple[Any, Any]) -> None:
    """Whatever the two share, and however each is formatted."""
    first, text = (
        json.dumps(tree, **each).encode() for tree, each in zip((old, new), layouts, strict=True)
    )
    base = contracts.load(first)
    assert base.tree == old
    beside, alone = contracts.load(text, base=base), contracts.load(text)
    assert beside.tree == json.loads(text) == alone.tree
    assert json.dumps(beside.tree) == json.dumps(alone.tree)  # 1 is not 1.0, and the order counts
    assert found(base, beside) == found(base, alone)


def found(old: contracts.Document, new: contracts.Document) -> tuple[contracts.Finding, ...]:
    return contracts.locate(contracts.diff(old, new), old, new).findings


def test_what_is_written_alike_is_held_once() -> None:
    """Two versions of a large document need little more memory than one."""
    old = contracts.load(OLD.encode())
    new = contracts.load(OLD.replace('"/b": {}', '"/b": {"x": 1}').encode(), base=old)
    assert new.tree["paths"]["/a"] is old.tree["paths"]["/a"]
    assert new.tree["components"]["schemas"]["S"] is old.tree["components"]["schemas"]["S"]
    assert new.tree["paths"]["/b"] == {"x": 1}


def test_a_key_that_stands_twice_is_seen_in_both() -> None:
    """Also in a part that both versions share, and among the paths."""
    text = OLD.replace('{"title"', '{"title": "U", "title"').replace('"/b"', '"/a"')
    old = contracts.load(text.encode())
    new = contracts.load(text.replace("minimum", "maximum").encode(), base=old)
    for document in old, new:
        keys = [each.key for each in contracts.repeated_keys(document)]
        assert keys == ["title", "/a"]
        assert document.tree["info"]["title"] == "T"
        assert document.tree["paths"] == {"/a": {}}


@pytest.mark.parametrize("inserted", ["", ",", '"', "}", "]", ":", "1", "\\", "\x01", "\ufeff"])
def test_what_is_not_json_is_refused(inserted: str) -> None:
    """With one character added or removed anywhere, it is refused if the json module does so."""
    old = contracts.load(OLD.encode())
    for at in range(len(OLD) + 1):
        text = OLD[:at] + inserted + OLD[at + (not inserted) :]
        refused = ""
        try:
            document = contracts.load(text.encode(), base=old)
        except ContractError as error:
            refused = error.problem
        with suppress(ValueError):
            tree = json.loads(text.removeprefix("\ufeff"))
            assert not refused.startswith("is not JSON"), (at, refused)
            assert refused or document.tree == tree
            continue
        assert refused.startswith("is not"), at


@pytest.mark.parametrize("enabled", [True, False])
def test_the_garbage_collector_is_as_it_was(*, enabled: bool) -> None:
    """It is restored after being paused to read and compare, also if that fails."""
    was = gc.isenabled()
    try:
        (gc.enable if enabled else gc.disable)()
        old = contracts.load(OLD.encode())
        assert gc.isenabled() is enabled
        new = contracts.load(OLD.replace("integer", "string").encode(), base=old)
        assert found(old, new)
        assert gc.isenabled() is enabled
        with pytest.raises(ContractError):
            contracts.load(b"{")
        assert gc.isenabled() is enabled
    finally:
        (gc.enable if was else gc.disable)()
