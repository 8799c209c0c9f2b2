"""The sandbox can serve any contract: validated requests, responses from examples and schemas."""

from __future__ import annotations

import json
from copy import deepcopy
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from tests.sandbox.acme import ACME, body
from tests.sandbox.support import PLAIN

from trunkline.errors import ConfigurationError
from trunkline.sandbox import Control, ManualClock, Sandbox, create_app
from trunkline.sandbox.contract.generator import ExampleGenerator
from trunkline.sandbox.contract.openapi import Contract, Document

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(scope="module")
def served() -> Iterator[Sandbox]:
    with Sandbox(clock=ManualClock(), contracts={"acme": ACME}) as sandbox:
        yield sandbox


@pytest.fixture
def acme(served: Sandbox) -> Iterator[httpx.Client]:
    served.control.reset()
    headers = {"X-Key": "anything"}
    with httpx.Client(base_url=served.url_for("acme"), headers=headers, **PLAIN) as client:
        yield client


def notes(served: Sandbox) -> list[str]:
    return list(served.control.requests(provider="acme")[-1]["notes"])


def test_examples_come_first(acme: httpx.Client, served: Sandbox) -> None:
    """The document's own example is the response, and the request log names its source."""
    response = acme.post("/orders", json={"id": "ord_7", "lines": ["a"]})
    assert (response.status_code, response.json()) == (201, {"id": "ord_1", "lines": []})
    assert notes(served) == ["the response is an example from the contract"]
    assert served.control.accepted("acme", "createOrder") == 1


def test_other_values_are_generated(acme: httpx.Client) -> None:
    """Without an example a value comes from the schema; next-page cursors are left out."""
    order = acme.get("/orders/ord_1").json()
    assert set(order) == {"id", "lines", "placed_at", "customer"}
    assert order["id"].startswith("ord_")
    assert order["placed_at"] == "2026-06-15T12:00:00Z"
    assert "@" in order["customer"]["e_mail"]
    assert acme.get("/orders").json() == [order] or len(acme.get("/orders").json()) == 1


def test_generated_values_are_stable(acme: httpx.Client) -> None:
    """The same seed gives the same response, whatever came before; another seed does not."""
    first = acme.get("/orders/ord_1").json()
    acme.get("/orders")
    assert acme.get("/orders/ord_1").json() == first
    with Sandbox(clock=ManualClock(), contracts={"acme": ACME}) as sandbox:
        url = f"{sandbox.url_for('acme')}/orders/ord_1"
        assert httpx.get(url, headers={"X-Key": "k"}, **PLAIN).json() == first


def test_requests_are_validated(acme: httpx.Client, served: Sandbox) -> None:
    """An error that the contract does not describe has its status, in the RFC 9457 shape."""
    response = acme.get("/orders", params={"limit": 6})
    kind = "application/problem+json"
    assert (response.status_code, response.headers["content-type"]) == (400, kind)
    problem = response.json()
    assert (problem["status"], problem["title"]) == (400, "Bad Request")
    assert [error["location"] for error in problem["errors"]] == ["query.limit"]
    assert notes(served) == ["status 400 is not in the contract"]
    assert acme.get("/orders?limit=5&tag=a&tag=b").is_success
    assert acme.post("/orders", content=b"x").status_code == 415


def test_described_errors_keep_their_shape(acme: httpx.Client, served: Sandbox) -> None:
    """An error that the contract describes has its status and shape, with the reason."""
    response = acme.post("/orders", json={"id": 5, "lines": []})
    message = "body.id: does not fit the contract's type: 'string'"
    assert (response.status_code, response.json()) == (
        422,
        {"code": "invalid", "message": message},
    )
    assert notes(served) == []
    response = acme.get("/orders/ord_1", headers={"X-Key": ""})
    detail = response.json()["detail"]
    assert (response.status_code, detail) == (401, "A credential is missing: key")


def test_forms_and_other_bodies(acme: httpx.Client) -> None:
    """Form fields get the contract's types; bodies of other media types pass unchanged."""
    good = {"amount": "5", "tags": ["1", "2"], "note": "12", "payer": '{"name": "A"}'}
    assert acme.post("/payments", data=good).status_code == 202
    response = acme.post("/payments", data={"amount": "five", "tags": ["1", "x"]})
    wrong = [error["location"] for error in response.json()["errors"]]
    assert wrong == ["body.amount", "body.tags.1"]
    for payer in ("{}", "A"):
        assert acme.post("/payments", data={"amount": "5", "payer": payer}).status_code == 400
    text = {"content-type": "text/plain; charset=utf-8"}
    assert acme.post("/payments", content=b"\xff", headers=text).status_code == 202


def test_credentials_must_be_there(acme: httpx.Client) -> None:
    """Any credential is accepted, but one of the contract's alternatives must be complete."""
    url = "/export"
    assert acme.get(url).status_code == 401
    assert acme.get(url, headers={"Authorization": "Basic eDp5"}).is_success
    assert acme.get(url, params={"key": "k"}).status_code == 401
    complete = acme.get(url, params={"key": "k"}, headers={"Cookie": "sid=1"})
    assert (complete.status_code, complete.headers["content-type"]) == (200, "text/csv")
    assert acme.get("/endless").status_code == 501


def test_credentials_are_not_kept(acme: httpx.Client, served: Sandbox) -> None:
    """For each credential of the contract, the request log only shows that it was present."""
    secret = "s3cret-value"
    acme.get("/orders?limit=1", headers={"X-Key": secret, "Cookie": f"sid={secret}"})
    acme.get("/export", params={"key": secret, "page": "1"})
    acme.post("/orders", json={"id": "ord_1", "lines": [], "api_key": secret})
    entries = served.control.requests(provider="acme")
    assert secret not in str(entries)
    assert entries[0]["headers"]["x-key"] == "(present)"
    assert entries[1]["query"] == "key=(present)&page=1"


def test_what_cannot_be_generated_is_a_501(acme: httpx.Client) -> None:
    """The reason names the schema; undescribed bodies are empty."""
    response = acme.get("/endless")
    assert (response.status_code, "Endless" in response.json()["detail"]) == (501, False)
    assert "no example fits the schema" in response.json()["detail"]
    gone = acme.delete("/orders/ord_1")
    assert (gone.status_code, gone.content) == (204, b"")
    assert acme.get("/nothing").status_code == 404
    assert acme.put("/orders").headers["allow"] == "GET, POST"


def test_faults_and_counters_work_for_it(acme: httpx.Client, served: Sandbox) -> None:
    """An operation without an operationId is named by its method and path."""
    served.control.fault("reset", provider="acme", operation="get /orders/{id}")
    with pytest.raises(httpx.ReadError):
        acme.get("/orders/ord_1")
    assert served.control.seen("acme", "get /orders/{id}") == 1
    served.control.fault("rate_limit", seconds=3)
    response = acme.get("/orders")
    assert (response.status_code, response.headers["retry-after"]) == (429, "3")


def test_a_new_operation_of_a_known_contract(monkeypatch: pytest.MonkeyPatch) -> None:
    """An operation that is added to a provider's contract is served from the contract."""
    with Sandbox(clock=ManualClock()) as sandbox:
        stateset: Any = sandbox.app.registry.by_name["stateset"]
        monkeypatch.delitem(stateset.handlers, "list_call_logs")
        headers = {"Authorization": "Bearer ssv_sandbox"}
        url = f"{sandbox.stateset_url}/api/v1/call-logs"
        response = httpx.get(url, headers=headers, **PLAIN)
        assert response.is_success
        assert response.json()["data"]
        assert httpx.get(url, **PLAIN).status_code == 401


def test_errors_keep_their_status(monkeypatch: pytest.MonkeyPatch) -> None:
    """A vendor's document may list no error, or another shape: the status is the same."""
    url = "/api/v1/call-logs"
    with Sandbox(clock=ManualClock()) as sandbox:
        contract = sandbox.app.registry.by_name["stateset"].contract
        item: Any = contract.document.contents["paths"][url]["get"]
        form: dict[str, Any] = {
            "type": "object",
            "required": ["code", "detail"],
            "additionalProperties": False,
        }
        form["properties"] = {"code": {"enum": ["refused"]}, "detail": {"type": "string"}}
        for responses, note in (
            ({}, "status 401 is not in the contract"),
            ({"default": body(form)}, "the 401 was not as the contract has it: "),
        ):
            success = {"200": item["responses"]["200"]}
            document = deepcopy(contract.document.contents)
            document["paths"][url]["get"]["responses"] = success | responses
            changed = Contract(Document("stateset", document))
            provider = sandbox.app.registry.by_name["stateset"]
            monkeypatch.setattr(provider, "contract", changed)
            monkeypatch.setattr(provider, "examples", ExampleGenerator(changed.document, 0))
            response = httpx.get(sandbox.stateset_url + url, **PLAIN)
            assert response.status_code == 401
            assert set(response.json()) == (
                form["properties"].keys() if responses else {"details", "error", "message"}
            )
            assert sandbox.control.requests(provider="stateset")[-1]["notes"][0].startswith(note)


def test_the_program_serves_a_file(tmp_path: Path) -> None:
    """A JSON or YAML file is served under its own name or a given one."""
    file = tmp_path / "Acme Orders.json"
    file.write_text(json.dumps(ACME), "utf-8")
    with Sandbox(clock=ManualClock(), contracts={"acme_orders": file}) as sandbox:
        assert sandbox.url_for("acme_orders") == f"{sandbox.url}/acme-orders"
        assert sandbox.environment()["ACME_ORDERS_BASE_URL"] == f"{sandbox.url}/acme-orders"
        with Control(sandbox.url) as control:
            assert control.counters(provider="acme_orders") == {}
        with pytest.raises(ConfigurationError, match="no provider is called 'acme': give one of"):
            sandbox.url_for("acme")


@pytest.mark.parametrize(
    ("status", "content", "kind", "text"),
    [
        ("200", {"application/json; charset=utf-8": {"example": [1]}}, "application/json", "[1]"),
        ("200", {"application/vnd.api+json": {"example": 1}}, "application/vnd.api+json", "1"),
        ("200", {"*/*": {"schema": {"const": "a"}}}, "application/json", '"a"'),
        ("200", {"text/*": {"schema": {"const": "a"}}}, "text/plain", "a"),
        ("200", {"application/json": {}}, "application/json", "{}"),
        (
            "200",
            {"image/png": {}, "text/csv": {}},
            "text/csv",
            "example",
        ),
        (
            "200",
            {"text/event-stream": {"schema": {"const": [1]}}},
            "text/event-stream",
            "data: [1]",
        ),
        ("default", {"text/plain": {"example": "a"}}, "text/plain", "a"),
        ("204", {"application/json": {"example": 1}}, "", ""),
    ],
)
def test_media_types(status: str, content: dict[str, Any], kind: str, text: str) -> None:
    """JSON is preferred, ranges become a concrete type, and some statuses have no body."""
    paths = {"/a": {"get": {"responses": {status: {"description": "d", "content": content}}}}}
    document = {"openapi": "3.1.0", "paths": paths}
    with Sandbox(clock=ManualClock(), contracts={"media": document}) as sandbox:
        response = httpx.get(f"{sandbox.url_for('media')}/a", **PLAIN)
    assert response.is_success
    assert response.headers.get("content-type", "").partition(";")[0] == kind
    assert response.text.strip() == text


@pytest.mark.parametrize("name", ["Acme", "1acme", "", "a-b", "_control"])
def test_names_that_cannot_be_paths(name: str) -> None:
    """A name is also used as a path and in an environment variable."""
    with pytest.raises(ConfigurationError, match="cannot be named"):
        create_app(contracts={name: ACME})


def test_a_name_that_is_taken() -> None:
    """A contract cannot replace a provider."""
    with pytest.raises(ConfigurationError, match="two providers are called 'pamela'"):
        create_app(contracts={"pamela": ACME})
