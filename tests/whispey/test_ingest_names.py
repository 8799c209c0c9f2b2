"""Field names in the objects of a call record."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from trunkline.errors import InvalidArgumentError
from trunkline.whispey import ingest as models

if TYPE_CHECKING:
    from tests.providers import Backend, Scripted


def send(whispey: Backend, **fields: Any) -> Any:
    return whispey(lambda client: client.ingest.call_ended(call_id="c", agent_id="a", **fields))


@pytest.mark.parametrize(
    ("fields", "text"),
    [
        (
            {"metadata": {"usage": {"llm_promt_tokens": 7}}},
            r"metadata\.usage .*'llm_prompt_tokens'",
        ),
        ({"metadata": {"uasge": {}}}, "'uasge': did you mean 'usage'?"),
        (
            {"transcript_json": [{"role": "user", "contnet": "Hi"}]},
            r"transcript_json\[0\].*content",
        ),
        (
            {"transcript_with_metrics": [{}, {"tool_calls": [{"nam": "a"}]}]},
            r"\[1\]\.tool_calls\[0\]",
        ),
        ({"telemetry_data": {"session_trace": []}}, "did you mean 'session_traces'?"),
    ],
)
def test_a_mistyped_name_is_refused(
    whispey: Backend, server: Scripted, fields: dict[str, Any], text: str
) -> None:
    """At any depth, with its path; names unlike any in the contract are sent."""
    with pytest.raises(InvalidArgumentError, match=text):
        send(whispey, **fields)
    assert server.asked == []


def test_a_name_beside_the_one_that_it_resembles_is_sent(
    whispey: Backend, server: Scripted
) -> None:
    """It is not a typo when both are given; and a model accepts any name."""
    usage = {"llm_prompt_tokens": 1, "llm_prompt_token": 2}
    message = models.TranscriptMessage(role="user")
    message.additional_properties["contents"] = "Hi"
    send(whispey, metadata={"usage": usage, 5: "a number"}, transcript_json=[message])
    assert server.asked[0].json["metadata"] == {"usage": usage, "5": "a number"}
    assert server.asked[0].json["transcript_json"] == [{"role": "user", "contents": "Hi"}]
