from __future__ import annotations

import json
from collections import Counter
from copy import deepcopy
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from tests.contracts import documents
from tests.contracts.comparing import generated
from tests.drawing import examples

from trunkline.contracts import ContractError, Report
from trunkline.contracts._loading.pointers import child, tokens
from trunkline.contracts._rules.table import table

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.untraced  # the cases of each level cover the rules
SETTINGS = examples(100)
PAIRS = st.integers(0, 2**32).map(generated.document_pair)
Pair = tuple[dict[str, Any], dict[str, Any]]


def compare(old: dict[str, Any], new: dict[str, Any]) -> Report:
    try:
        return documents.compare(deepcopy(old), deepcopy(new))
    except ContractError as error:  # an `allOf` or a reference that contains itself
        assume("contains itself" not in str(error))
        raise


def inlined(document: dict[str, Any]) -> dict[str, Any] | None:
    """The document without references, None if they form a cycle."""
    components = document["components"]["schemas"]

    def replaced(value: Any, above: tuple[str, ...]) -> Any:
        if isinstance(value, dict):
            name = str(value.get("$ref", "")).rpartition("/")[2]
            if name in above:
                raise RecursionError
            if name:
                return replaced(components[name], (*above, name))
            return {key: replaced(item, above) for key, item in value.items()}
        return [replaced(item, above) for item in value] if isinstance(value, list) else value

    try:
        return {**document, "paths": replaced(document["paths"], ())}
    except RecursionError:
        return None


def refers_below(value: Any, *, branch: bool = False) -> bool:
    """Whether a member of `oneOf`, `anyOf` or `allOf` has a reference in it."""
    if isinstance(value, list):
        return any(refers_below(item, branch=branch) for item in value)
    if not isinstance(value, dict):
        return False
    return (branch and "$ref" in value) or any(
        refers_below(item, branch=branch or key in {"oneOf", "anyOf", "allOf"})
        for key, item in value.items()
    )


def reordered(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: reordered(value[key]) for key in sorted(value, reverse=True)}
    return [reordered(item) for item in value] if isinstance(value, list) else value


def renamed(document: dict[str, Any]) -> dict[str, Any]:
    text = json.dumps(document)
    for name in generated.COMPONENTS:
        text = text.replace(f"schemas/{name}", f"schemas/New{name}")
        text = text.replace(f'"{name}": ', f'"New{name}": ')
    return dict(json.loads(text))


@SETTINGS
@given(PAIRS)
def test_a_document_does_not_differ_from_itself(pair: Pair) -> None:
    """Neither the order nor the identity of values causes a finding."""
    old, _ = pair
    assert compare(old, reordered(old)).findings == ()


@SETTINGS
@given(PAIRS)
def test_backwards_every_edit_is_its_inverse(pair: Pair) -> None:
    """Comparing in reverse finds the same edits, inverted."""
    forth, back = compare(*pair), compare(*reversed(pair))
    kinds = table().kinds
    assert Counter(kinds[finding.rule].inverse for finding in forth.findings) == Counter(
        finding.rule for finding in back.findings
    )


@SETTINGS
@given(PAIRS)
def test_names_and_order_change_nothing_on_the_wire(pair: Pair) -> None:
    """Renaming every component and reordering every object does not change the wire findings."""
    old, new = pair
    plain = documents.wire(compare(old, new))
    assert documents.wire(compare(renamed(old), reordered(renamed(new)))) == plain
    # If only one side is renamed, names no longer help to match components.
    assert documents.wire(compare(old, renamed(old))) == set()


@SETTINGS
@given(PAIRS)
def test_inlining_references_changes_nothing_on_the_wire(pair: Pair) -> None:
    """Each operation gets the same findings whether a schema is shared or repeated."""
    # Members are told apart by their component's name, which inlining removes.
    first, second = (None if refers_below(item) else inlined(item) for item in pair)
    if first is not None and second is not None:
        shared, repeated = documents.wire(compare(*pair)), documents.wire(compare(first, second))
        assert repeated <= shared
        # A component that moved within an operation counts as reached by it.
        if set(references(pair[0])) == set(references(pair[1])):
            assert repeated == shared


def references(value: Any, above: str = "") -> Iterator[tuple[str, str]]:
    items: Any = value.items() if isinstance(value, dict) else ()
    for key, item in enumerate(value) if isinstance(value, list) else items:
        if key == "$ref":
            yield above, item
        yield from references(item, f"{above}/{key}")


@SETTINGS
@given(PAIRS)
def test_the_edits_lead_from_one_document_to_the_other(pair: Pair) -> None:
    """Every difference is covered by an edit: applying the edits gives the new document."""
    old, new = pair
    patched = respelled(deepcopy(old), new)
    report = compare(old, new)
    for finding in sorted(report.findings, key=lambda item: len(item.edit.pointer), reverse=True):
        pointer = finding.edit.pointer
        if finding.rule == "all-of-changed":  # other edits report the merged members
            pointer = pointer.removesuffix("/allOf")
        if finding.rule.startswith(("wrapped-in-", "unwrapped-from-")):  # the schema as a whole
            pointer = pointer.rpartition("/")[0]
        carry(patched, new, finding.edit.unit, pointer)
        if finding.rule in {"any-of-became-one-of", "one-of-became-any-of"}:
            schema = pointer.rpartition("/")[0]
            carry(patched, new, finding.edit.unit, f"{schema}/oneOf")
            carry(patched, new, finding.edit.unit, f"{schema}/anyOf")
        if finding.rule in {"property-added", "property-removed"}:
            schema = pointer.rpartition("/properties/")[0]  # lists whether it is required
            carry(patched, new, finding.edit.unit, f"{schema}/required")
    left = compare(patched, new).findings
    assert not left, [finding.message for finding in left]


def respelled(old: Any, new: Any) -> Any:
    """Use references where the new document does: that alone is not an edit."""
    if isinstance(old, dict) and isinstance(new, dict):
        if old.get("$ref") != new.get("$ref"):
            return deepcopy(new)
        return {k: respelled(v, new[k]) if k in new else v for k, v in old.items()}
    if isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
        return [respelled(*pair) for pair in zip(old, new, strict=True)]
    return old


def carry(patched: Any, new: Any, name: str, pointer: str) -> None:
    """Copy the value at the edit's pointer from the new document, or delete it.

    Behind a reference, inside a list, or below a value that only one side has, the nearest common
    container is copied as a whole.
    """
    unit = name if name.startswith("components/") else UNITS[name]
    path = [*unit.split("/"), *tokens(pointer)]
    path = [part.replace("~1", "/") for part in path]
    lists = [n for n in range(len(path)) if isinstance(at(patched, path[:n]), list)]
    for length in range(min(lists, default=len(path)), 0, -1):
        parents = [at(document, path[: length - 1]) for document in (patched, new)]
        last = path[length - 1]
        if all(
            isinstance(parent, dict) and not WHOLE & parent.keys() for parent in parents
        ) and any(last in parent for parent in parents):
            parents[0].pop(last, None)
            if last in parents[1]:
                parents[0][last] = deepcopy(parents[1][last])
            return


#: Schemas with these are copied as a whole: the edit's pointer does not lead to the value.
WHOLE = {"$ref", "allOf"}
UNITS = {"POST /calls": "paths/~1calls/post", "GET /other": "paths/~1other/get"}


def at(document: Any, path: list[str]) -> Any:
    for part in path:
        document = child(document, part)
    return document
