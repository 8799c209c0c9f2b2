"""Calls: placing, reading and ending them, in both backends, against the sandbox."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from tests.pamela.support import TALKS_ON, TASK, TO

from trunkline import errors
from trunkline._engine.client.nested_objects import field_names
from trunkline.pamela import (
    CallMetadata,
    CallStatus,
    ToolInput,
    ToolParam,
    Voice,
    WebhooksParam,
)
from trunkline_generated.pamela.models import CallWebhooks

if TYPE_CHECKING:
    from tests.pamela.support import Driver, Plain

    from trunkline.sandbox.server import Sandbox

TOOL: dict[str, Any] = {
    "name": "check_order",
    "description": "Look up an order",
    "input_schema": {"type": "object"},
    "timeout_ms": 5000,
}


def last_body(sandbox: Sandbox, operation: str) -> Any:
    return json.loads(sandbox.control.requests(provider="pamela", operation=operation)[-1]["body"])


def test_create_sends_every_field_under_its_name(sandbox: Sandbox, pamela: Driver) -> None:
    """Each argument of create arrives in the body under its contract name."""
    fields: dict[str, Any] = {
        "to": TO,
        "task": TASK,
        "country": "US",
        "locale": "en-US",
        "instructions": "Be kind",
        "max_duration_seconds": 60,
        "voice": "female",
        "agent_name": "Pamela",
        "caller_name": "Ada",
        "metadata": {"order": 4711},
        "tools": [TOOL],
        "webhooks": {"webhook_url": "http://127.0.0.1:9/hook"},
        "end_user_id": "tenant-1",
    }
    call = pamela(lambda client: client.calls.create(**fields, key="order-4711"))
    assert (call.status, call.to, call["task"]) == (CallStatus.QUEUED, TO, TASK)
    sent = last_body(sandbox, "create_call")
    assert sent["metadata"].pop("trunkline")  # the idempotency key's marker
    assert sent == fields


def test_create_sends_nothing_that_was_not_given(sandbox: Sandbox, pamela: Driver) -> None:
    """Optional fields stay out of the body, so that the service's own defaults apply."""
    pamela(lambda client: client.calls.create(to=TO, task=TASK))
    assert last_body(sandbox, "create_call") == {"to": TO, "task": TASK}


def test_create_takes_models_for_objects(sandbox: Sandbox, pamela: Driver) -> None:
    """Metadata of an earlier call and a ToolInput work as well as dictionaries."""
    metadata, tool = CallMetadata.from_dict({"a": 1}), ToolInput.from_dict(TOOL)
    pamela(
        lambda client: client.calls.create(
            to=TO, task=TASK, metadata=metadata, tools=(tool,), voice=Voice.AUTO
        )
    )
    body = last_body(sandbox, "create_call")
    assert (body["metadata"], body["tools"], body["voice"]) == ({"a": 1}, [TOOL], "auto")


@pytest.mark.parametrize(
    ("arguments", "text"),
    [
        ({"to": "555 0123"}, r"E\.164"),
        ({"max_duration_seconds": 0}, "at least 1"),
        ({"voice": "robot"}, "auto, female, male"),
        ({"metadata": ["a"]}, "metadata must be a JSON object.*got list"),
        ({"metadata": {1: "a"}}, "keys that are not texts"),
        ({"metadata": {"a": {1, 2}}}, "JSON"),
        ({"webhooks": {"webhook_url": 1}}, "webhooks: webhook_url must be string, not integer"),
        ({"webhooks": {"webhok_url": "https://a"}}, "'webhok_url': did you mean 'webhook_url'?"),
        ({"webhooks": {"x": "https://a"}}, "it may have webhook_url, tool_webhook_url"),
        (
            {"webhooks": {"webhook_url": "a", "tool_webhook_url": "b", "z": "c"}},
            "it may have webhook_url, tool_webhook_url",
        ),
        ({"tools": TOOL}, "tools must be a list of tools; got dict"),
        ({"tools": "check_order"}, "tools must be a list of tools; got str"),
        ({"tools": [TOOL, {"name": "a"}]}, r"tools\[1\] has no description"),
        ({"tools": [{**TOOL, "input_shema": {}}]}, "did you mean 'input_schema'?"),
        ({"tools": [{**TOOL, "timeout_ms": "5"}]}, "timeout_ms must be integer, not string"),
        ({"tools": [{**TOOL, "input_schema": []}]}, "input_schema must be JSON object, not array"),
        ({"tools": ["check_order"]}, r"tools\[0\] must be a JSON object.*got str"),
    ],
)
def test_create_refuses_wrong_shapes(
    sandbox: Sandbox, pamela: Driver, arguments: dict[str, Any], text: str
) -> None:
    """A wrong argument is named before anything is sent."""
    with pytest.raises(errors.InvalidArgumentError, match=text):
        pamela(lambda client: client.calls.create(**{"to": TO, "task": TASK, **arguments}))
    assert sandbox.control.seen("pamela", "create_call") == 0


def test_types_of_nested_arguments_have_the_fields_of_the_contract() -> None:
    """A type checker knows each field that the argument check accepts."""
    for kind, model in ((ToolParam, ToolInput), (WebhooksParam, CallWebhooks)):
        assert list(kind.__annotations__) == field_names(model)


def test_create_is_repeated_after_a_refusal_only(sandbox: Sandbox, pamela: Driver) -> None:
    """A 429 is waited out and places one call; a lost response does not place a second."""
    sandbox.control.fault("rate_limit", operation="create_call", form="details", seconds=2)
    raw = pamela(lambda client: client.calls.with_raw_response.create(to=TO, task=TASK, key="a"))
    assert (raw.attempts, raw.parsed.status) == (2, "queued")
    sandbox.control.fault("reset", operation="create_call", when="after")
    with pytest.raises(errors.AmbiguousResultError) as caught:
        pamela(lambda client: client.calls.create(to=TO, task=TASK, key="order-1"))
    assert (caught.value.maybe_accepted, caught.value.key) == (True, "order-1")
    assert sandbox.control.accepted("pamela", "create_call") == 2
    assert len(pamela.all(lambda client: client.calls.list())) == 2


def test_a_server_error_does_not_repeat_a_call(sandbox: Sandbox, pamela: Driver) -> None:
    """A 503 without Retry-After may mean that the call was placed, so it is final."""
    sandbox.control.fault("status", operation="create_call", status=503, times=5)
    with pytest.raises(errors.ServerError) as caught:
        pamela(lambda client: client.calls.create(to=TO, task=TASK))
    assert (caught.value.attempts, caught.value.maybe_accepted) == (1, True)
    assert sandbox.control.seen("pamela", "create_call") == 1


def test_hangup_ends_a_call_that_talks(sandbox: Sandbox, pamela: Driver) -> None:
    """Hanging up completes a connected call; the server refuses a second hang-up."""
    call = pamela(lambda client: client.calls.create(to=TALKS_ON, task=TASK))
    sandbox.control.advance(100)
    ended = pamela(lambda client: client.calls.hangup(call.id))
    assert (ended.status, ended.success) == ("completed", True)
    with pytest.raises(errors.BadRequestError):
        pamela(lambda client: client.calls.hangup(call.id))


@pytest.mark.parametrize("verb", ["get", "cancel", "hangup"])
def test_an_unknown_call_is_not_found(pamela: Driver, verb: str) -> None:
    """An id that the server does not know is a 404 with the vendor's code."""
    with pytest.raises(errors.NotFoundError) as caught:
        pamela(lambda client: getattr(client.calls, verb)("call_none"))
    assert caught.value.code == 7003


@pytest.mark.parametrize("number", ["", "  ", None, "\ud800"])
@pytest.mark.parametrize("verb", ["get", "cancel", "hangup", "wait"])
def test_an_unusable_id_is_refused(pamela: Driver, verb: str, number: Any) -> None:
    """An empty id would reach another operation, a surrogate fits no URL: neither is sent."""
    with pytest.raises(errors.InvalidArgumentError, match="call_id"):
        pamela(lambda client: getattr(client.calls, verb)(number))


@pytest.mark.parametrize(
    ("number", "path"),
    [
        ("a/b?c", "a%2Fb%3Fc"),
        ("..", "%2E%2E"),
        ("ä#%", "%C3%A4%23%25"),
        ("call_123", "call_123"),
    ],
)
def test_ids_are_escaped(at_plain: Driver, plain: Plain, number: str, path: str) -> None:
    """An odd id stays one segment of the path."""
    plain.response({"id": number, "status": "queued"})
    assert at_plain(lambda client: client.calls.get(number)).id == number
    assert plain.sent[-1].target == f"/api/b2b/v1/calls/{path}"
    assert plain.sent[-1].headers["authorization"] == "Bearer pk_live_k"


@pytest.mark.parametrize("body", ["null", "[]", "{}", '{"id": "a"}', '{"data": {"id": "a"}}'])
def test_a_call_of_another_shape_is_not_lost(at_plain: Driver, plain: Plain, body: str) -> None:
    """The call may ring: the JSON is available, and reading a missing field says so."""
    plain.response(body.encode())
    call = at_plain(lambda client: client.calls.create(to=TO, task=TASK))
    assert call.raw == json.loads(body)
    assert call.get("id") == ("a" if body == '{"id": "a"}' else None)
    with pytest.raises(errors.MissingFieldError, match=r"CallResponse\.status .* of create_call"):
        _ = call.status


@pytest.mark.parametrize("body", [b"", b"<html>", b"{"])
def test_a_success_that_is_no_json_is_our_error(
    at_plain: Driver, plain: Plain, body: bytes
) -> None:
    """It raises, and says that the call may have been placed."""
    plain.response(body)
    with pytest.raises(errors.ResponseValidationError) as caught:
        at_plain(lambda client: client.calls.create(to=TO, task=TASK))
    assert caught.value.maybe_accepted


def test_raw_responses_of_all_calls(sandbox: Sandbox, pamela: Driver) -> None:
    """Every method of the resource also gives the raw response with its result."""
    raw = pamela(lambda client: client.calls.with_raw_response.create(to=TALKS_ON, task=TASK))
    number = raw.parsed.id
    sandbox.control.advance(10)
    for verb in ("get", "hangup"):
        method = verb
        response = pamela(lambda client: getattr(client.calls.with_raw_response, method)(number))  # noqa: B023 - called at once
        assert response.parsed.id == number
        assert json.loads(response.content)["id"] == number
        assert (response.status_code, response.attempts) == (200, 1)
    page = pamela(lambda client: client.calls.with_raw_response.list(limit=1))
    assert [call.id for call in page.parsed.items] == [number]
    with pytest.raises(errors.BadRequestError):
        pamela(lambda client: client.calls.with_raw_response.cancel(number))
