"""Sessions as OpenTelemetry spans."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from opentelemetry import trace
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from tests.observe.replay import RecordedSession

from trunkline.observe import OpenTelemetryDestination

if TYPE_CHECKING:
    from collections.abc import Callable

    from opentelemetry.sdk.trace import ReadableSpan

    from trunkline.observe import LivekitObserve


@pytest.fixture
def exported(observe: Callable[..., LivekitObserve]) -> Callable[..., list[ReadableSpan]]:
    def export(**options: Any) -> list[ReadableSpan]:
        memory = InMemorySpanExporter()
        provider = TracerProvider()
        provider.add_span_processor(SimpleSpanProcessor(memory))
        observer = observe(destinations=[OpenTelemetryDestination(provider, **options)])
        session = RecordedSession()
        session_id = observer.start_session(session)
        session.play()
        assert observer.export_sync(session_id, deadline=60).state == "sent"
        provider.shutdown()
        return list(memory.get_finished_spans())

    return export


def test_a_session_is_a_tree_of_spans(exported: Callable[..., list[ReadableSpan]]) -> None:
    """Session, turns and tools, with their own times and without any spoken text."""
    spans = exported()
    by_name = {span.name: span for span in spans}
    session = by_name["invoke_workflow voice session"]
    turns = [span for span in spans if span.name.startswith("invoke_agent")]
    assert [turn.name for turn in turns].count("invoke_agent reception") == 3
    assert [turn.name for turn in turns].count("invoke_agent billing") == 3
    assert all(turn.parent == session.context for turn in turns)
    tool = by_name["execute_tool find_order"]
    assert tool.parent in [turn.context for turn in turns]
    assert tool.start_time is not None
    assert tool.end_time is not None
    assert 0.09e9 < tool.end_time - tool.start_time < 0.2e9
    attributes = [dict(span.attributes or {}) for span in spans]
    assert "hello there" not in repr(attributes)
    assert "shipped" not in repr(attributes)
    assert dict(session.attributes or {})["gen_ai.usage.input_tokens"] == 720
    assert all((span.end_time or 0) >= (span.start_time or 0) for span in spans)


def test_content_is_there_when_asked_for(exported: Callable[..., list[ReadableSpan]]) -> None:
    """Messages and tools in the form of the conventions."""
    text = repr([dict(span.attributes or {}) for span in exported(content=True)])
    assert '{"type": "text", "content": "hello there"}' in text
    assert "order 42: shipped" in text


def test_no_provider_is_set_and_none_is_no_success(
    observe: Callable[..., LivekitObserve],
) -> None:
    """Without a provider from the application there is nowhere to send spans."""
    before = trace.get_tracer_provider()
    observer = observe(destinations=[OpenTelemetryDestination()])
    result = observer.export_sync(observer.start_session(), deadline=60)
    assert (result.state, result.reason) == (
        "rejected",
        "the application has set no tracer provider",
    )
    assert trace.get_tracer_provider() is before


def test_the_application_s_own_provider_would_double_livekit_s_spans(
    observe: Callable[..., LivekitObserve], monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is reported when the observer is made."""
    provider = TracerProvider()
    monkeypatch.setattr(trace, "get_tracer_provider", lambda: provider)
    with pytest.warns(UserWarning, match="counted twice"):
        observe(destinations=[OpenTelemetryDestination()])
    observe(destinations=[OpenTelemetryDestination(TracerProvider())])
