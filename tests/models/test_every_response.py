"""Any JSON becomes the result of any operation, and its deviations are exact."""

from __future__ import annotations

import copy
import json
import pickle
from importlib import import_module
from typing import Any

import httpx
import pytest
from hypothesis import given
from tests.contract.snapshots import TABLES
from tests.drawing import examples
from tests.models.contracts import Response, all_operations, bodies, json_responses, wrong

from trunkline._engine.client.envelopes import Reading

RESPONSES = list(json_responses())


def read(response: Response, body: Any, hook: Any) -> Any:
    """Read a body with the generated code, as a client does."""
    client = import_module(f"trunkline_generated.{response.package}").Client(
        base_url="http://test", deviating=hook
    )
    answer = httpx.Response(200, content=json.dumps(body).encode())
    return response.module._parse_response(client=client, response=answer)


def came(result: Any) -> Any:
    """The JSON that a result was read from."""
    if isinstance(result, list):
        return [came(item) for item in result]
    return getattr(result, "raw", result)


def successes(operation: Any) -> list[Any]:
    return [each for code, each in operation["responses"].items() if str(code).startswith("2")]


def refuse(_response: object, deviations: Any) -> None:
    raise LookupError([each.pointer for each in deviations])


def test_every_operation_is_among_them() -> None:
    """All operations of the contracts are read, except those that do not respond with JSON."""
    spoken = {
        module.OPERATION["operation_id"]
        for module, _, operation in all_operations()
        if "application/json" in str(successes(operation))
    }
    assert len(list(all_operations())) == sum(each["operations"] for each in TABLES.values())
    # A download is a file, whatever it contains.
    assert {each.operation for each in RESPONSES} == spoken - {"downloadExport"}


@pytest.mark.hypothesis
@pytest.mark.parametrize("response", RESPONSES, ids=lambda each: f"{each.package}.{each.operation}")
def test_any_json_is_read(response: Response) -> None:
    """Nothing raises, all received data is kept, and deviations match the contract."""

    @examples(25)
    @given(body=bodies(response.document, response.schema))
    def check(body: Any) -> None:
        check_body(response, body)

    check()


def check_body(response: Response, body: Any) -> None:
    places = sorted(wrong(response.document, response.schema, body))
    seen: list[str] = []
    result = read(response, body, lambda _, found: seen.extend(each.pointer for each in found))
    assert json.dumps(came(result)) == json.dumps(body)
    assert sorted(seen) == places
    if places:
        with pytest.raises(LookupError):
            read(response, body, refuse)
    else:
        read(response, body, refuse)
    for each in result if isinstance(result, list) else [result]:
        if hasattr(each, "raw"):
            check_that_it_is_an_object_like_any(each)
            item = type(each).item_reader(Reading(response.operation))(each.raw)
            assert json.dumps(item.raw) == json.dumps(each.raw)
            check_that_it_is_an_object_like_any(type(each).item_reader(Reading(""))(each.raw))


def test_null_for_an_optional_list_is_a_deviation() -> None:
    """It is read as absent, and reported even if everything else fits the contract."""
    (response,) = (r for r in RESPONSES if (r.package, r.operation) == ("whispey", "createWebhook"))
    body = {"success": True, "data": {"id": "hook-1", "events": None}}
    assert wrong(response.document, response.schema, body) == ["/data/events"]
    check_body(response, body)


def check_that_it_is_an_object_like_any(model: Any) -> None:
    """A model with deviations can still be printed, compared, copied, pickled and serialised."""
    assert repr(model).startswith(type(model).__name__)
    for copied in (copy.copy(model), copy.deepcopy(model), pickle.loads(pickle.dumps(model))):
        assert copied == model
        assert copied.deviations == model.deviations
    if isinstance(model.raw, dict):
        assert json.dumps(model.to_dict()) == model.to_json() == json.dumps(model.raw)
        assert set(model) == set(model.raw)
    else:
        assert model.to_dict() == {}
    assert type(model).from_dict(model.raw) == model
