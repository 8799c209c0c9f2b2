"""Schemathesis drives every operation of all five contracts against a running sandbox.

Three kinds of generated requests are made valid, because a schema cannot express what they need:
ids in paths name existing objects, a compressed call log is really compressed, and a range of dates
does not end before its start. Requests that are wrong on purpose stay as they are.
"""

from __future__ import annotations

import base64
import gzip
import json
from typing import TYPE_CHECKING, Any

import httpx
import pytest
import schemathesis
from hypothesis import settings
from schemathesis import Case, GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    ignored_auth,
    negative_data_rejection,
    response_schema_conformance,
    status_code_conformance,
)
from tests.drawing import USUAL, examples
from tests.sandbox.acme import ACME
from tests.sandbox.support import headers_for

from trunkline.sandbox import ManualClock, Sandbox
from trunkline.sandbox.contract.loader import load_contract

if TYPE_CHECKING:
    from collections.abc import Iterator

#: There are thousands of requests; the sandbox's own tests cover what it does with them.
pytestmark = [pytest.mark.hypothesis, pytest.mark.untraced]
EXAMPLES = examples(5)
#: Seconds for a response; it only guards against hanging, as the machine may be busy.
PATIENT = 60


def schema_of(package: str) -> Any:
    """The contract for schemathesis.

    Unknown query parameters and headers are not generated: OpenAPI does not forbid them,
    and the vendors' frameworks ignore them. Credentials are given by the tests.
    """
    schema = schemathesis.openapi.from_dict(dict(load_contract(package).document.contents))
    schema.config.generation.update(allow_extra_parameters=False, with_security_parameters=False)
    schema.config.request_timeout = PATIENT
    return schema


def acme_without_endless() -> dict[str, Any]:
    """The document without the operation for which no response can be generated."""
    paths = {name: item for name, item in ACME["paths"].items() if name != "/endless"}
    return {**ACME, "paths": paths}


pamela_schema = schema_of("pamela")
whispey_schema = schema_of("whispey")
ingest_schema = schema_of("whispey_ingest")
# A log has dozens of fields, each with boundary cases: all of them take ten seconds.
ingest_schema.config.phases.coverage.enabled = settings.default.max_examples > USUAL
stateset_schema = schema_of("stateset_voice_public")
phone_ai_schema = schema_of("phone_ai")
acme_schema = schemathesis.openapi.from_dict(acme_without_endless())
acme_schema.config.request_timeout = PATIENT
acme_schema.config.generation.update(allow_extra_parameters=False, with_security_parameters=False)


class Things:
    """Creates the objects that paths name."""

    def __init__(self, sandbox: Sandbox) -> None:
        self.sandbox = sandbox
        self._http = httpx.Client(trust_env=False, timeout=PATIENT)

    def close(self) -> None:
        self._http.close()

    def named(self, parameter: str) -> str:
        makers = {
            "call_id": self._call,
            "tool_id": self._tool,
            "key_id": self._key,
            "callId": self._phone_call,
            "agentId": self._phone_agent,
            "export_id": self._export,
            "agent_id": lambda: "agent-sales",
        }
        return makers[parameter]()

    def _post(self, url: str, key: str, body: Any) -> Any:
        return self._http.post(url, headers=headers_for(key), json=body).json()

    def _pamela(self, path: str, key: str, body: Any) -> Any:
        return self._post(f"{self.sandbox.pamela_url}/api/b2b/v1{path}", key, body)

    def _call(self) -> str:
        body = {"to": "+15551234567", "task": "a task"}
        return str(self._pamela("/calls", "pamela", body)["id"])

    def _tool(self) -> str:
        body = {"tool": {"name": "n", "description": "d", "input_schema": {}}}
        return str(self._pamela("/tools", "pamela", body)["tool_id"])

    def _key(self) -> str:
        return str(self._pamela("/partner/api-keys", "pamela_partner", {})["id"])

    def _phone_call(self) -> str:
        return str(self._post(f"{self.sandbox.phone_ai_url}/calls", "phone_ai", {})["callId"])

    def _phone_agent(self) -> str:
        return str(self._post(f"{self.sandbox.phone_ai_url}/agents", "phone_ai", {})["agentId"])

    def _export(self) -> str:
        url = f"{self.sandbox.whispey_url}/v1/export/calls"
        made = self._post(url, "whispey", {"format": "json"})
        self.sandbox.control.advance(5)
        return str(made["data"]["export_id"])


@pytest.fixture(scope="module")
def things() -> Iterator[Things]:
    with Sandbox(clock=ManualClock(), contracts={"acme": ACME}) as sandbox:
        things = Things(sandbox)
        yield things
        things.close()


def made_real(case: Case, things: Things) -> Case:
    """The case with ids of existing objects, unless it is wrong on purpose."""
    if case.meta is not None and case.meta.generation.mode is GenerationMode.POSITIVE:
        for name in case.path_parameters:
            case.path_parameters[name] = things.named(name)
    return case


def made_compressed(case: Case) -> Case:
    """The case with a genuine envelope in place of a generated one."""
    is_valid = case.meta is not None and case.meta.generation.mode is GenerationMode.POSITIVE
    if is_valid and isinstance(case.body, dict) and "compressed" in case.body:
        log = json.dumps({"call_id": "c", "agent_id": "a"}).encode()
        case.body = {"compressed": True, "data": base64.b64encode(gzip.compress(log)).decode()}
    return case


def with_ordered_dates(case: Case) -> Case:
    """The case with an end that is not before the start, unless it is wrong on purpose."""
    if case.meta is not None and case.meta.generation.mode is GenerationMode.POSITIVE:
        window = case.body.get("date_range") if isinstance(case.body, dict) else None
        for dates, start, end in ((window, "start", "end"), (case.query, "start_date", "end_date")):
            if isinstance(dates, dict) and start in dates and end in dates:
                dates[end] = dates[start]
    return case


def unsuited(case: Case) -> list[Any]:
    """Return the checks that do not apply to a case.

    A wrong value that no URL can hold is not sent. The sandbox refuses a wrong query even where the
    operation lists no status for that.
    """
    query = case.query.values() if isinstance(case.query, dict) else ()
    unsent = any(
        value in ({}, None) or (isinstance(value, list) and all(each is None for each in value))
        for value in query
    )
    wrong = query and case.meta and case.meta.generation.mode is GenerationMode.NEGATIVE
    listed = {"400", "422", "4XX", "default"}.intersection(
        case.operation.definition.raw["responses"]
    )
    return ([negative_data_rejection] if unsent else []) + (
        [status_code_conformance] if wrong and not listed else []
    )


@pamela_schema.parametrize()
@EXAMPLES
def test_pamela(case: Case, things: Things) -> None:
    """Pamela's operations keep to their contract for any request."""
    key = "pamela_partner" if "/partner/" in case.operation.path else "pamela"
    case = made_real(case, things)
    case.call_and_validate(
        base_url=things.sandbox.pamela_url,
        headers=headers_for(key),
        excluded_checks=unsuited(case),
    )


@whispey_schema.parametrize()
@EXAMPLES
def test_whispey(case: Case, things: Things) -> None:
    """Whispey's operations keep to their contract for any request."""
    if "calls/{call_id}" in case.operation.path:
        case.path_parameters["call_id"] = "call-0001"
    else:
        case = with_ordered_dates(made_real(case, things))
    case.call_and_validate(
        base_url=things.sandbox.whispey_url,
        headers=headers_for("whispey"),
        excluded_checks=unsuited(case),
    )
    things.sandbox.control.advance(5)


@ingest_schema.parametrize()
@EXAMPLES
def test_ingest(case: Case, things: Things) -> None:
    """The ingest API's one operation keeps to its contract for any request.

    A missing token is a 400 there, which the check for ignored credentials does not expect.
    """
    made_compressed(case).call_and_validate(
        base_url=f"{things.sandbox.url}/whispey-ingest",
        headers=headers_for("whispey_ingest"),
        excluded_checks=[ignored_auth],
    )


@stateset_schema.exclude(operation_id="incoming_call").parametrize()
@EXAMPLES
def test_stateset(case: Case, things: Things) -> None:
    """StateSet's operations for applications keep to their contract for any request.

    Where a published operation lists no errors, the sandbox sends its own.
    """
    lists_errors = any(code >= "4" for code in case.operation.definition.raw["responses"])
    case.call_and_validate(
        base_url=things.sandbox.stateset_url,
        headers=headers_for("stateset"),
        excluded_checks=unsuited(case) + ([] if lists_errors else [status_code_conformance]),
    )


@stateset_schema.include(operation_id="incoming_call").parametrize()
@EXAMPLES
def test_stateset_callback(case: Case, things: Things) -> None:
    """The inbound callback keeps to its contract when signatures are not required."""
    things.sandbox.control.configure(stateset={"twilio_auth_token": None})
    case.call_and_validate(base_url=things.sandbox.stateset_url, excluded_checks=[ignored_auth])


@phone_ai_schema.parametrize()
@EXAMPLES
def test_phone_ai(case: Case, things: Things) -> None:
    """Phone.ai's operations keep to their contract for any request."""
    case = made_real(case, things)
    case.call_and_validate(base_url=things.sandbox.phone_ai_url, headers=headers_for("phone_ai"))


@acme_schema.parametrize()
@EXAMPLES
def test_contract_without_handlers(case: Case, things: Things) -> None:
    """An API served from its document alone keeps to it for any request.

    The document lists few error statuses; the sandbox still sends its own.
    """
    headers = {"X-Key": "k", "Authorization": "Basic eDp5"}
    checks = [not_a_server_error, response_schema_conformance]
    case.call_and_validate(base_url=things.sandbox.url_for("acme"), headers=headers, checks=checks)
