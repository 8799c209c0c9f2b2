"""The contract layer: matching, parameters, formats, and the check of responses."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from trunkline.errors import ConfigurationError
from trunkline.sandbox import ManualClock, create_app
from trunkline.sandbox.contract.formats import FORMATS
from trunkline.sandbox.contract.loader import load_contract
from trunkline.sandbox.contract.openapi import Contract, Document, Operation
from trunkline.sandbox.contract.validation import check_parameters, check_response

if TYPE_CHECKING:
    import httpx

    from trunkline.sandbox import Sandbox

TEXT, NUMBER = {"schema": {"type": "string"}}, {"schema": {"type": "number"}}
DOCUMENT: dict[str, Any] = {
    "openapi": "3.1.0",
    "info": {"title": "Test", "version": "1"},
    "paths": {
        "/things/{id}": {
            "parameters": [
                {"name": "id", "in": "path", "required": True, **TEXT},
                {"name": "X-Mark", "in": "header", "required": True, **TEXT},
            ],
            "get": {
                "operationId": "get",
                "parameters": [
                    {"name": "ratio", "in": "query", **NUMBER},
                    {"name": "deep", "in": "query", "schema": {"type": "boolean"}},
                    {"name": "any", "in": "query", "schema": {"type": ["integer", "string"]}},
                ],
                "responses": {
                    "200": {"content": {"application/json": {"schema": {"type": "object"}}}},
                    "204": {"description": "nothing"},
                    "default": {"content": {"text/plain": {}}},
                },
            },
        },
        "/things/special": {"get": {"operationId": "special", "responses": {"200": {}}}},
    },
}


@pytest.fixture
def contract() -> Contract:
    return Contract(Document("test", DOCUMENT))


def operation(contract: Contract, path: str = "/things/1") -> Operation:
    found, _ = contract.find("GET", path)
    assert found is not None
    return found


def test_every_operation_has_a_handler() -> None:
    """Every operation of a contract has a handler, and no handler is left over."""
    for provider in create_app(ManualClock()).registry.by_name.values():
        described = {item.operation_id for item in provider.contract.operations}
        assert set(provider.handlers) == described, provider.name


def test_literal_paths_win(contract: Contract) -> None:
    """A path without parameters takes precedence over one with parameters."""
    assert operation(contract, "/things/special").operation_id == "special"
    assert operation(contract, "/things/other").operation_id == "get"


@pytest.mark.parametrize("path", ["/things/", "/things", "/things/a/b", "//things/1", "/Things/1"])
def test_other_paths(contract: Contract, path: str) -> None:
    """A path outside the contract is not found."""
    assert contract.find("GET", path) == (None, ())


def test_other_methods(contract: Contract) -> None:
    """For a known path the allowed methods are listed."""
    assert contract.find("POST", "/things/1") == (None, ("GET",))


def test_path_values_are_decoded(contract: Contract) -> None:
    """An id may hold anything, as long as it is escaped."""
    found = operation(contract, "/things/a%2Fb%20%C3%BC")
    assert found.path_values("/things/a%2Fb%20%C3%BC") == {"id": "a/b ü"}
    assert found.path_values("/elsewhere") is None


def test_parameters_get_their_types(contract: Contract) -> None:
    """Text becomes numbers and booleans where the contract says so."""
    sources = {
        "path": {"id": ["1"]},
        "header": {"x-mark": ["m"]},
        "query": {"ratio": ["-1.5"], "deep": ["true"], "any": ["12"], "other": ["x"]},
    }
    query, violations = check_parameters(contract, operation(contract), sources)
    assert (query, violations) == ({"ratio": -1.5, "deep": True, "any": 12}, [])


@pytest.mark.parametrize("digits", [35, 4000])
def test_integers_of_many_digits(whispey: httpx.Client, digits: int) -> None:
    """A contract without a maximum allows them: the page after the last one is empty."""
    page = whispey.get("/calls", params={"offset": "9" * digits})
    assert (page.status_code, page.json()["data"]) == (200, [])


def test_parameters_that_do_not_fit(contract: Contract) -> None:
    """Each violation names its location and shows no value."""
    query = {"ratio": ["1e5"], "deep": ["yes"], "any": ["x"]}
    sources = {"path": {"id": ["1"]}, "query": query}
    _, violations = check_parameters(contract, operation(contract), sources)
    places = [violation.location for violation in violations]
    assert places == [("header", "X-Mark"), ("query", "ratio"), ("query", "deep")]
    assert "1e5" not in violations[1].message


def test_answers_are_checked(contract: Contract) -> None:
    """A body, media type or status outside the contract is reported."""
    get, json_type = operation(contract), "application/json"
    assert check_response(contract, get, 200, json_type, b"{}") is None
    assert check_response(contract, get, 204, "", b"") is None
    assert check_response(contract, get, 418, "text/plain", b"short") is None
    assert "type" in str(check_response(contract, get, 200, json_type, b"[]"))
    assert "text/xml" in str(check_response(contract, get, 200, "text/xml", b""))
    special = operation(contract, "/things/special")
    assert "status 201" in str(check_response(contract, special, 201, json_type, b""))
    assert check_response(contract, special, 415, json_type, b"") is None


def test_the_sandbox_cannot_lie(sandbox: Sandbox, pamela: httpx.Client) -> None:
    """A response that violates the contract is sent as a 500 with the reason."""
    providers: Any = sandbox.app.registry.by_name
    providers["pamela"].tools.by_id["t"] = {"id": 5, "active": "yes"}
    response = pamela.get("/tools")
    assert response.status_code == 500
    assert "broke the contract" in response.json()["detail"]


def test_a_contract_that_is_missing() -> None:
    """The error names the package and the remedy."""
    with pytest.raises(ConfigurationError, match="make generate"):
        load_contract("nobody")


@pytest.mark.parametrize(
    ("name", "good", "bad"),
    [
        (
            "date-time",
            ["2026-01-31T00:00:00Z", "2026-01-31t01:02:03.123456789+05:30"],
            [
                "2026-01-31",
                "2026-01-31T00:00:00",
                "2026-13-01T00:00:00Z",
                "",
                "²026-01-01T00:00:00Z",
            ],
        ),
        ("date", ["2026-01-31"], ["2026-02-30", "20260131", "2026-1-1"]),
        ("uri", ["http://a/b?c", "mailto:x@y"], ["nothing", "http://ä", "a b:c", "http://[::1"]),
        ("uuid", ["6f1c0c1e-8a1b-4d5c-9d1a-0d6f5a3f7a10"], ["6f1c", "urn:x"]),
    ],
)
def test_formats(name: str, good: list[str], bad: list[str]) -> None:
    """Formats are checked as their RFCs require; non-string values pass."""
    assert [FORMATS.conforms(value, name) for value in good] == [True] * len(good)
    assert [FORMATS.conforms(value, name) for value in bad] == [False] * len(bad)
    assert FORMATS.conforms(5, name)


def test_patterns_end_where_the_text_ends() -> None:
    """A final newline does not match."""
    document = Document("p", {"s": {"pattern": "^a$"}, "t": {"pattern": r"^\$$"}})
    assert list(document.violations("/s", "a")) == []
    assert list(document.violations("/s", "a\n"))
    assert list(document.violations("/t", "$")) == []
    assert list(document.violations("/s", 5)) == []


def test_messages_for_people() -> None:
    """Alternatives are not listed one by one."""
    schema = {"anyOf": [{"type": "string"}, {"type": "null"}]}
    document = Document("m", {"s": schema, "r": {"required": ["a", "b"]}})
    assert "none of the forms" in next(document.violations("/s", 5, "body")).message
    missing = [item.location for item in document.violations("/r", {}, "body")]
    assert missing == [("body", "a"), ("body", "b")]
    assert list(document.violations("/r", [])) == []
    assert json.dumps(document.contents)
