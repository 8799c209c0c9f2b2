"""Renamed required parameters: the wire name changes, the argument stays."""

from __future__ import annotations

from typing import Any

import libcst as cst
import pytest

from trunkline_pipeline.adopting import comparing
from trunkline_pipeline.adopting.edits import body, signature


def document(path: str, **fields: str) -> dict[str, Any]:
    """A document with one operation; its fields are in the query unless they are in the path."""
    parameters = [
        {
            "name": name,
            "in": "path" if f"{{{name}}}" in path else "query",
            "required": True,
            "schema": {"type": kind},
        }
        for name, kind in fields.items()
    ]
    responses = {"200": {"description": "It."}}
    item = {"get": {"operationId": "read", "parameters": parameters, "responses": responses}}
    return {"openapi": "3.1.0", "info": {"title": "A", "version": "1"}, "paths": {path: item}}


@pytest.mark.parametrize(
    ("before", "after", "wanted"),
    [
        (
            document("/a/{id}/b/{n}", id="string", n="string"),
            document("/a/{aId}/b/{bId}", aId="string", bId="string"),
            ["called otherwise id aId", "called otherwise n bId"],
        ),
        (
            document("/a", to="string", text="string"),
            document("/a", text="string", number="string"),
            ["called otherwise to number"],
        ),
        (
            document("/a", to="string"),
            document("/a", number="integer"),
            ["removed to", "added number"],
        ),
        (
            document("/a", to="string", text="string"),
            document("/a", number="string", words="string"),
            ["removed to", "removed text", "added number", "added words"],
        ),
    ],
)
def test_they_are_told_from_others(
    before: dict[str, Any], after: dict[str, Any], wanted: list[str]
) -> None:
    """By position in the path; elsewhere by a single removed and added field of the same type."""
    (operation,) = comparing.compared("acme", before, after).operations
    assert not operation.moved
    assert [
        " ".join(filter(None, [each.kind, each.old and each.old.name, each.field.name]))
        for each in operation.fields
    ] == wanted


MARKED = """@operation(send, own=("key",), renames={"text": "words"})
def f(self, to, *, text, key=None):
    query = {"to": check("to", to), "text": text}
    return send(to=check("to", to), note="to", q=query)
"""


def test_the_name_on_the_wire_is_another_one() -> None:
    """The value is sent by the new name, the decorator declares it, and the rest is unchanged."""
    function = cst.ensure_type(cst.parse_module(MARKED).body[0], cst.FunctionDef)
    function = body.called(function, "to", "to", "phone")
    function = signature.declared_name(function, "to", "phone")
    made = cst.Module([]).code_for_node(function)
    assert "renames={'text': 'words', 'to': 'phone'}" in made
    assert 'own=("key",)' in made
    assert '{"phone": check("to", to), "text": text}' in made
    assert 'send(phone=check("to", to), note="to", q=query)' in made
    assert "def f(self, to, *, text, key=None)" in made
