"""What receivers of webhooks miss after a release, and what they do not."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import pytest

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
    """A value or a field more does a receiver no harm."""
    facts = facts_of(manifest.load(ROOT / "api-contracts" / "contracts.toml"), ROOT)
    facts.documents["whispey"] = document = copy.deepcopy(dict(facts.documents["whispey"]))
    change(document)
    found = [f for f in released.check(facts) if f.operation.startswith("webhook callCompleted")]
    assert [(f.rule, f.message) for f in found] == ([("released/field", wanted)] if wanted else [])
