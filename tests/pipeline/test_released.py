"""Changes that break webhook receivers after a release, and changes that do not."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest
from tests.pipeline.trees import copied

from trunkline_pipeline.checks.inputs import facts_of
from trunkline_pipeline.checks.static import released
from trunkline_pipeline.inputs import manifest

ROOT = Path(__file__).parents[2]


def schemas(document: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = document["components"]["schemas"]
    return found


def value_added(document: dict[str, Any]) -> None:
    schemas(document)["CallStatus"]["enum"].append("paused")


def field_added(document: dict[str, Any]) -> None:
    schemas(document)["CallEndedData"]["properties"]["region"] = {"type": "string"}


def value_removed(document: dict[str, Any]) -> None:
    schemas(document)["CallStatus"]["enum"].remove("failed")


def field_removed(document: dict[str, Any]) -> None:
    del schemas(document)["CallEndedData"]["properties"]["cost"]


def field_of_another_type(document: dict[str, Any]) -> None:
    schemas(document)["CallEndedData"]["properties"]["agent_id"] = {"type": "integer"}


@pytest.mark.parametrize(
    ("change", "wanted"),
    [
        (value_added, ""),
        (field_added, ""),
        (value_removed, "what is received no longer has json data/status=failed"),
        (field_removed, "what is received no longer has json data/cost"),
        (field_of_another_type, "json data/agent_id was string, optional and is integer, optional"),
    ],
)
def test_a_payload_is_read_and_not_sent(change: Any, wanted: str) -> None:
    """An additional value or field does not break a receiver."""
    facts = facts_of(manifest.load(ROOT / "api-contracts" / "contracts.toml"), ROOT)
    facts.documents["whispey"] = document = copy.deepcopy(dict(facts.documents["whispey"]))
    change(document)
    found = [f for f in released.check(facts) if f.operation.startswith("webhook callCompleted")]
    assert [(f.rule, f.message) for f in found] == ([("released/field", wanted)] if wanted else [])


def test_a_release_follows_an_adoption_and_promises_nothing_new(tmp_path: Path) -> None:
    """Released operations are recorded in their new form and name; added ones are not."""
    root = copied(tmp_path)
    facts = facts_of(manifest.load(root / "api-contracts" / "contracts.toml"), root)
    before = released.record(facts)
    before["phone_ai"]["former"] = before["phone_ai"].pop("create_call")
    before["phone_ai"]["gone"] = before["phone_ai"].pop("hangup_call")
    del before["phone_ai"]["inject_audio"]
    del before["providers"]["phone_ai PROVIDER.retry_rules[inject_audio]"]
    agents = "phone_ai AsyncAgents.create()"
    signatures = {name: text for name, text in before["signatures"].items() if name != agents}
    assert len(signatures) == len(before["signatures"]) - 1
    file = root / released.FILE
    file.write_text(json.dumps({**before, "signatures": signatures}), encoding="utf-8")
    released.follow(facts, "phone_ai", {"former": "create_call"})
    after = json.loads(file.read_text(encoding="utf-8"))
    assert after["signatures"] == signatures
    assert after["providers"] == before["providers"]
    assert list(released.check(facts)) == []
    assert after["whispey"] == before["whispey"]
    assert before["phone_ai"].keys() - after["phone_ai"].keys() == {"former", "gone"}
    assert after["phone_ai"]["create_call"] == before["phone_ai"]["former"]
