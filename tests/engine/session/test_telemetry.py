"""OpenTelemetry spans, recorded by the real SDK in a separate process.

A tracer provider can be set only once per process, so each case is a small program.
"""

from __future__ import annotations

import json
import subprocess
import sys
from textwrap import dedent
from typing import TYPE_CHECKING, Any

import pytest

from trunkline import StateSetVoice, Whispey

if TYPE_CHECKING:
    from trunkline.sandbox.server import Sandbox

KEY = "ssv_sandbox"
TO = "+15555555678"

TRACED = """
    import asyncio, json, sys
    from opentelemetry import trace
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.sdk.trace.export import SimpleSpanProcessor
    from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
    from trunkline import AsyncStateSetVoice, StateSetVoice, TrunklineError

    exporter = InMemorySpanExporter()
    provider = TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(exporter))
    trace.set_tracer_provider(provider)
    url, key, to = sys.argv[1:]
    try:
        {work}
    except TrunklineError:
        pass
    print(json.dumps([
        {{
            "name": span.name,
            "kind": span.kind.name,
            "status": span.status.status_code.name,
            "description": span.status.description,
            "attributes": dict(span.attributes),
            "events": [[event.name, dict(event.attributes)] for event in span.events],
        }}
        for span in exporter.get_finished_spans()
    ]))
"""
SYNC = "StateSetVoice(key, base_url=url).make_call(to=to)"
DOWNLOAD = (
    "import tempfile; from trunkline import Whispey; folder = tempfile.mkdtemp(); "
    "client = Whispey('pype_sandbox', base_url=url.replace('stateset', 'whispey')); "
    "client.exports.download({export!r}, folder + '/x')"
)
ASYNC = "asyncio.run(AsyncStateSetVoice(key, base_url=url).make_call(to=to))"


def spans(sandbox: Sandbox, work: str) -> list[dict[str, Any]]:
    program = dedent(TRACED).format(work=work)
    arguments = [sys.executable, "-c", program, sandbox.stateset_url, KEY, TO]
    result = subprocess.run(arguments, capture_output=True, text=True, check=True, timeout=120)
    found: list[dict[str, Any]] = json.loads(result.stdout)
    return found


@pytest.mark.parametrize("work", [SYNC, ASYNC], ids=["sync", "async"])
def test_a_call_is_one_span_with_an_event_per_attempt(sandbox: Sandbox, work: str) -> None:
    """The span has HTTP's standard attributes, and a retried call is still one span."""
    sandbox.control.fault("rate_limit", operation="make_call", form="float", seconds=0.01)
    (span,) = spans(sandbox, work)
    assert (span["name"], span["kind"]) == ("POST /api/v1/make-call", "CLIENT")
    facts = span["attributes"]
    assert facts["http.request.method"] == "POST"
    assert facts["url.template"] == "/api/v1/make-call"
    assert facts["http.response.status_code"] == 200
    assert facts["http.request.resend_count"] == 1
    assert facts["trunkline.operation"] == "make_call"
    assert facts["trunkline.request_id"]
    statuses = [event["http.response.status_code"] for name, event in span["events"]]
    assert statuses == [429, 200]
    assert span["status"] == "UNSET"


def test_a_failed_call_ends_its_span_with_the_error_s_type(sandbox: Sandbox) -> None:
    """The status is an error; neither text nor traceback of the exception is recorded."""
    sandbox.control.fault("reset", operation="make_call", when="after")
    (span,) = spans(sandbox, SYNC)
    assert span["status"] == "ERROR"
    assert span["description"] is None
    assert span["attributes"]["error.type"] == "AmbiguousResultError"
    assert [name for name, _ in span["events"]] == ["attempt"]


@pytest.mark.parametrize("status", [401, 503])
def test_a_refused_call_tells_its_status(sandbox: Sandbox, status: int) -> None:
    """A status error leaves the status and the request id on the span."""
    sandbox.control.fault("status", operation="make_call", status=status, times=3)
    (span,) = spans(sandbox, SYNC)
    assert span["attributes"]["http.response.status_code"] == status
    assert span["status"] == "ERROR"


def test_spans_hold_no_key_and_no_number(sandbox: Sandbox) -> None:
    """Nothing of a request's content, headers or query is recorded."""
    listed = "list(StateSetVoice(key, base_url=url).call_logs.list(status='secret-state'))"
    for work in (SYNC, listed):
        text = json.dumps(spans(sandbox, work))
        assert KEY not in text
        assert TO not in text
        assert "secret-state" not in text


def test_a_download_is_a_span_too(sandbox: Sandbox) -> None:
    """A refusal's span has its status."""
    (span,) = spans(sandbox, DOWNLOAD.format(export="nothing"))
    assert span["attributes"]["url.template"] == "/v1/exports/{export_id}/download"
    assert span["attributes"]["http.response.status_code"] == 404


def test_a_download_s_span_has_all_its_attempts(sandbox: Sandbox) -> None:
    """A body that is cut off and the complete one are two events of one span."""
    sandbox.control.fault("truncated", operation="downloadExport", after_bytes=200)
    with Whispey("pype_sandbox", base_url=sandbox.whispey_url) as client:
        agent = client.agents.list()[0].id
        export = client.exports.create(agent_id=agent, format="json").export_id
    sandbox.control.advance(600)
    (span,) = spans(sandbox, DOWNLOAD.format(export=export))
    assert span["name"] == "GET /v1/exports/{export_id}/download"
    first, second = (facts for _, facts in span["events"])
    assert first["error.type"] == "connection"
    assert second["http.response.status_code"] == 200
    assert span["attributes"]["http.request.resend_count"] == 1
    assert span["status"] == "UNSET"


def test_nothing_is_imported_where_nobody_traces(sandbox: Sandbox) -> None:
    """A process that does not use OpenTelemetry never loads it."""
    program = (
        "import sys; from trunkline import StateSetVoice; url, key, to = sys.argv[1:]\n"
        "with StateSetVoice(key, base_url=url) as client: client.make_call(to=to)\n"
        "print([name for name in sys.modules if name.startswith('opentelemetry')])"
    )
    arguments = [sys.executable, "-c", program, sandbox.stateset_url, KEY, TO]
    result = subprocess.run(arguments, capture_output=True, text=True, check=True, timeout=120)
    assert result.stdout.strip() == "[]"


def test_the_api_without_a_provider_records_nothing(sandbox: Sandbox) -> None:
    """With the API imported and no provider set, calls work and leave no span."""
    import opentelemetry.trace  # noqa: F401 - only imported

    with StateSetVoice(KEY, base_url=sandbox.stateset_url) as client:
        assert client.make_call(to=TO).call_sid
