"""Results in the formats and frameworks that backends use."""

from __future__ import annotations

import asyncio
import copy
import json
import pickle
from typing import Any

import attrs
import cattrs
import flask
import httpx
import orjson
import pydantic
import pytest
from fastapi import FastAPI

from trunkline import MissingFieldError, json_default
from trunkline.pamela import CallStatusResponse

WHOLE: dict[str, Any] = {
    "id": "c1",
    "status": "completed",
    "created_at": "2026-11-02T10:00:00Z",
    "summary": None,
    "metadata": {"order": 1},
    "new": [1],
}
HOLED: dict[str, Any] = {"id": "c1", "metadata": []}


class Job(pydantic.BaseModel):
    call: CallStatusResponse


@pytest.fixture(params=[WHOLE, HOLED], ids=["whole", "holed"])
def wire(request: pytest.FixtureRequest) -> dict[str, Any]:
    found: dict[str, Any] = request.param
    return found


def test_json_orjson_and_flask(wire: dict[str, Any]) -> None:
    """The helper gives the received JSON to each of them."""
    call = CallStatusResponse.from_dict(wire)
    assert json.loads(json.dumps({"call": call}, default=json_default)) == {"call": wire}
    assert orjson.loads(orjson.dumps([call], default=json_default)) == [wire]
    assert json.loads(call.to_json()) == wire
    app = flask.Flask("test")
    app.json.default = json_default  # type: ignore[attr-defined]  # of Flask's own provider
    with app.app_context():
        assert flask.jsonify(call).get_json() == wire
    with pytest.raises(TypeError, match="object is not JSON"):
        json_default(object())


def test_pydantic_takes_and_gives_results(wire: dict[str, Any]) -> None:
    """A field of a model's type accepts a result, also with missing fields, and reads it back."""
    job = Job(call=CallStatusResponse.from_dict(wire))
    assert job.model_dump() == {"call": wire}
    assert Job.model_validate_json(job.model_dump_json()) == job
    with pytest.raises(pydantic.ValidationError, match="must be an object, not int"):
        Job.model_validate({"call": 5})


def test_fastapi_answers_with_results(wire: dict[str, Any]) -> None:
    """``response_model=`` serialises a result and describes it in the application's document."""
    app = FastAPI()

    @app.get("/call", response_model=CallStatusResponse)
    def read() -> Any:
        return CallStatusResponse.from_dict(wire)

    async def ask() -> Any:
        transport = httpx.ASGITransport(app=app)
        async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
            return (await client.get("/call")).json()

    assert asyncio.run(ask()) == wire
    content = app.openapi()["paths"]["/call"]["get"]["responses"]["200"]["content"]
    schema = content["application/json"]["schema"]
    assert schema["required"] == ["id", "status"]
    assert schema["properties"]["id"] == {"type": "string"}


def test_cattrs_takes_two_hooks(wire: dict[str, Any]) -> None:
    """The hooks of the docs read and write results inside other classes."""

    @attrs.define
    class Record:
        call: CallStatusResponse

    converter = cattrs.Converter()
    converter.register_structure_hook_func(
        lambda kind: hasattr(kind, "from_dict"), lambda value, kind: kind.from_dict(value)
    )
    converter.register_unstructure_hook_func(
        lambda kind: hasattr(kind, "to_dict"), lambda model: model.to_dict()
    )
    record = Record(CallStatusResponse.from_dict(wire))
    assert converter.unstructure(record) == {"call": wire}
    assert converter.structure({"call": wire}, Record) == record


def test_copies_and_pickles_keep_what_came(wire: dict[str, Any]) -> None:
    """They are equal, and have the same deviations."""
    call = CallStatusResponse.from_dict(wire)
    for each in (copy.copy(call), copy.deepcopy(call), pickle.loads(pickle.dumps(call))):
        assert (each, each.raw, each.deviations) == (call, wire, call.deviations)


def test_a_missing_field_is_told_and_can_be_filled() -> None:
    """No value is invented: reading raises, ``get`` gives a default, ``match`` does not match."""
    call = CallStatusResponse.from_dict(HOLED)
    with pytest.raises(MissingFieldError, match=r"CallStatusResponse\.status is required"):
        _ = call.status
    assert not hasattr(call, "status")
    assert (call.get("status", "unknown"), "status" in call) == ("unknown", False)
    with pytest.raises(KeyError):
        call["status"]
    match call:
        case CallStatusResponse(status=_):
            found = "status"
        case CallStatusResponse(id=number):
            found = number
    assert found == "c1"
    assert "status=<absent>" in repr(call)
    with pytest.raises(MissingFieldError):
        attrs.asdict(call)
    filled = copy.copy(call)
    filled["status"] = "queued"
    assert (filled.status, filled.to_dict()) == ("queued", {**HOLED, "status": "queued"})
    assert filled != call


def test_deviations_hold_no_values() -> None:
    """Each names a JSON Pointer and two types."""
    call = CallStatusResponse.from_dict({**HOLED, "summary": 4711})
    found = {(each.pointer, each.expected, each.found) for each in call.deviations}
    assert found == {
        ("/status", "string", "absent"),
        ("/summary", "string or null", "integer"),
        ("/metadata", "object", "array"),
    }
    assert "4711" not in repr(call.deviations)
    assert CallStatusResponse.from_dict(WHOLE).deviations == ()
