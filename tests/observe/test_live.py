"""One real session of livekit-agents, in a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING

from tests.observe.support import ROOT, lines

if TYPE_CHECKING:
    from pathlib import Path

LIVEKIT = ROOT / ".venv" / "livekit"
LIVE_SESSION = ROOT / "tests/observe/soaking/live_session.py"


def test_a_live_session(tmp_path: Path) -> None:
    """A tool, a handoff, an interruption, a failing handler of the application, an error close."""
    assert (LIVEKIT / ".ready").exists(), "livekit-agents is missing: make .venv/livekit/.ready"
    target = tmp_path / "calls.jsonl"
    paths = (LIVEKIT, ROOT / "overlay", ROOT / "generated")
    done = subprocess.run(
        [
            sys.executable,
            ROOT / "tests/observe/soaking/live_session.py",
            tmp_path / "journal",
            target,
        ],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(map(str, paths))},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == {"states": ["sent", "sent"], "troubles": {}}
    talk, outage = lines(target)
    turns = [(t["user_transcript"], t["agent_response"]) for t in talk["transcript_with_metrics"]]
    assert turns[:4] == [
        ("hello", "Good day, what can I do for you?"),
        ("my order", "It was shipped yesterday."),
        ("billing", ""),
        ("", "Billing speaking."),
    ]
    assert turns[4][0] == "what do I owe"
    assert talk["transcript_with_metrics"][4]["trunkline"]["interrupted"] is True
    [tool] = talk["transcript_with_metrics"][1]["tool_calls"]
    assert (tool["name"], tool["result"]) == ("find_order", "order 42: shipped")
    assert tool["execution_duration_ms"] >= 50
    assert talk["metadata"]["usage"]["llm_prompt_tokens"] == 500
    prompts = talk["metadata"]["complete_configuration"]["pipeline_configuration"]
    assert [each["agent"] for each in prompts] == ["reception", "billing"]
    tools = {tool["name"]: tool for tool in prompts[0]["tools"]}
    assert sorted(tools) == ["find_order", "to_billing"]
    assert tools["find_order"]["description"].strip() == "Find an order."
    assert tools["find_order"]["parameters"]["properties"]["number"]["type"] == "integer"
    assert talk["call_ended_reason"] == "completed"
    assert outage["call_ended_reason"] == "error"
    assert "scripted outage" in outage["metadata"]["trunkline"]["error"]
    assert outage["transcript_json"][0] == {"role": "user", "content": "nobody knows 0"}
