"""Excerpts of real vendors' changes between two dates; every finding was checked by hand."""

from __future__ import annotations

from copy import deepcopy
from typing import Any, NamedTuple

import pytest
from tests.contracts import documents
from tests.contracts.documents import received, sent

TEXT = {"type": "string"}
CATEGORIES = {"type": "string", "enum": ["calls", "sms", "totalprice"]}
REF = {"$ref": "#/components/schemas/Shared"}


class Change(NamedTuple):
    name: str
    make: Any
    old: Any
    new: Any
    findings: list[tuple[str, str]]


def obj(**properties: Any) -> dict[str, Any]:
    return {"type": "object", "properties": properties}


def statuses(*names: str) -> dict[str, Any]:
    listed = {name: {"description": name} for name in names}
    return documents.document({"/calls": {"post": {"responses": listed}}})


def forms(*names: str) -> dict[str, Any]:
    body = {"content": {name: {"schema": obj(a=TEXT)} for name in names}}
    return documents.document({"/calls": {"post": {"requestBody": body, "responses": {}}}})


def whole(value: dict[str, Any]) -> dict[str, Any]:
    return value


TELEPHONY = [
    Change(
        "a usage category became free text and may be null",
        received,
        obj(category=CATEGORIES),
        obj(category={"type": "string", "nullable": True}),
        [("became-nullable", "breaking"), ("enum-removed", "warning")],
    ),
    Change(
        "a filter lost its list of categories",
        sent,
        obj(category=CATEGORIES),
        obj(category=TEXT),
        [("enum-removed", "info")],
    ),
    Change(
        "details of encryption lost their type",
        received,
        obj(details={"type": "object", "nullable": True}),
        obj(details={"nullable": True}),
        [("type-generalized", "breaking")],
    ),
    Change(
        "the number of channels may be null and has no default",
        received,
        obj(channels={"type": "integer", "default": 0}),
        obj(channels={"type": "integer", "nullable": True}),
        [("became-nullable", "breaking"), ("default-removed", "info")],
    ),
    Change(
        "a friendly name is not a phone number any more",
        received,
        obj(name={"type": "string", "format": "phone-number"}),
        obj(name=TEXT),
        [("format-removed", "breaking")],
    ),
    Change(
        "a list lost its paging fields",
        received,
        obj(start={"type": "integer"}, uri=TEXT),
        obj(uri=TEXT),
        [("property-removed", "warning")],
    ),
    Change(
        "feedback responds with 200 instead of 201",
        whole,
        statuses("201"),
        statuses("200"),
        [("response-removed", "breaking"), ("response-added", "warning")],
    ),
    Change(
        "a recording may time out",
        whole,
        statuses("200"),
        statuses("200", "408"),
        [("response-added", "info")],
    ),
    Change(
        "payments ask for a confirmation",
        sent,
        obj(),
        obj(Confirmation=TEXT),
        [("property-added", "info")],
    ),
    Change(
        "more kinds of payment data can be captured",
        sent,
        {"enum": ["postal-code"]},
        {"enum": ["postal-code", "postal-code-matcher"]},
        [("enum-value-added", "info")],
    ),
]
MODELS = [
    Change(
        "the log tells more events",
        received,
        {"enum": ["user.added"]},
        {"enum": ["user.added", "tenant.user.added"]},
        [("enum-value-added", "warning")],
    ),
    Change(
        "every operation may respond with 429",
        whole,
        statuses("200"),
        statuses("200", "429"),
        [("response-added", "info")],
    ),
    Change(
        "forms are no longer accepted",
        whole,
        forms("application/json", "application/x-www-form-urlencoded"),
        forms("application/json"),
        [("media-type-removed", "breaking")],
    ),
    Change(
        "a call id may be missing and null",
        received,
        {**obj(call_id=TEXT), "required": ["call_id"]},
        obj(call_id={"anyOf": [TEXT, {"type": "null"}]}),
        [("became-nullable", "breaking"), ("property-became-optional", "breaking")],
    ),
    Change(
        "a time stamp has another format",
        received,
        obj(at={"type": "integer", "format": "int64"}),
        obj(at={"type": "integer", "format": "unixtime"}),
        [("format-changed", "breaking")],
    ),
    Change(
        "a cache key became longer",
        sent,
        {"maxLength": 64},
        {"maxLength": 512},
        [("max-length-loosened", "info")],
    ),
    Change(
        "a stream has one more event",
        received,
        {"anyOf": [obj(a=TEXT), obj(b=TEXT)]},
        {"anyOf": [obj(a=TEXT), obj(b=TEXT), obj(c=TEXT)]},
        [("any-of-member-added", "warning")],
    ),
    Change(
        "a service tier was added in one of several places",
        sent,
        {"allOf": [REF, obj(a=TEXT)]},
        {"allOf": [REF, obj(a=TEXT, service_tier=TEXT)]},
        [("property-added", "info")],
    ),
    Change(
        "a search needs no query any more",
        sent,
        {**obj(query=TEXT), "required": ["query"]},
        obj(query=TEXT),
        [("property-became-optional", "info")],
    ),
]


@pytest.mark.parametrize("change", [*TELEPHONY, *MODELS], ids=lambda change: change.name)
def test_a_change_of_a_real_vendor(change: Change) -> None:
    """The findings and their levels are those that a person finds."""
    both = []
    for value in (change.old, change.new):
        document = change.make(deepcopy(value))
        document.setdefault("components", {"schemas": {"Shared": obj(shared=TEXT)}})
        document["openapi"] = "3.0.1" if change in TELEPHONY else "3.1.0"
        both.append(document)
    report = documents.compare(*both)
    assert [(finding.rule, finding.level.label) for finding in report.findings] == change.findings
