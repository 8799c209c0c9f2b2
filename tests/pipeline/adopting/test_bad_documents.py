"""What cannot be adopted is refused with one sentence, and the tree is unchanged."""

from __future__ import annotations

import json
import re
from copy import deepcopy
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from tests.pipeline.adopting.changed import ROOT, stateset
from tests.pipeline.adopting.test_adopt import NAME, contents, run

from trunkline_pipeline.adopting import incoming, patches
from trunkline_pipeline.errors import PipelineError

if TYPE_CHECKING:
    from pathlib import Path

SMALL: dict[str, Any] = {
    "openapi": "3.1.0",
    "info": {"title": "Acme", "version": "1"},
    "paths": {"/a": {"get": {"operationId": "a", "responses": {"200": {"description": "Ok"}}}}},
}
PATCH: dict[str, Any] = {"overlay": "1.0.0", "info": {"title": "Corrections", "version": "1"}}


def dangling() -> str:
    document = stateset()
    document["paths"]["/health/ready"]["get"]["responses"]["200"] = {"$ref": "#/nowhere"}
    return json.dumps(document)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"<!doctype html><title>Sign in</title>", "is a web page with the title 'Sign in'"),
        (json.dumps(SMALL).encode()[:90], "is not JSON"),
        (b'{"swagger": "2.0", "paths": {}}', r"is Swagger 2\.0: convert it to OpenAPI 3 first"),
        (json.dumps({**SMALL, "openapi": "3.2.0"}).encode(), r"is OpenAPI 3\.2\.0"),
        (json.dumps({**SMALL, "paths": {}}).encode(), "has no operation"),
        (b"", "is empty"),
        (dangling().encode(), "the \\$ref '#/nowhere' leads nowhere"),
        (json.dumps(SMALL).encode(), "is another API's document: 'Acme' has hardly a path"),
        (
            (ROOT / "api-contracts" / "whispey.yaml").read_bytes(),
            "is another API's document: 'Whispey API' has hardly",
        ),
    ],
)
def test_a_bad_document_is_refused(
    repository: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], data: bytes, said: str
) -> None:
    """The sentence says what was received, and nothing is changed."""
    before = contents(repository)
    (tmp_path / "new").write_bytes(data)
    assert run(repository, NAME, "--from", str(tmp_path / "new")) == 1
    error = capsys.readouterr().err
    assert re.search(said, error), error
    assert contents(repository) == before


def test_a_missing_file_and_an_unknown_contract_are_named(
    repository: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The message has the path, or the known names."""
    assert run(repository, NAME, "--from", str(tmp_path / "none.json")) == 1
    assert "none.json cannot be read" in capsys.readouterr().err
    (tmp_path / "new.json").write_text(json.dumps(stateset()))
    assert run(repository, "acme", "--from", str(tmp_path / "new.json")) == 1
    assert "contracts.toml has no acme; it has pamela, whispey" in capsys.readouterr().err


def test_the_pinned_document_changes_nothing(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Adopting the pinned document says so."""
    snapshot = repository / "api-contracts" / "stateset-voice-public.json"
    assert run(repository, NAME, "--from", str(snapshot)) == 0
    assert "the document is the pinned one; nothing was changed" in capsys.readouterr().out


def tried(
    tmp_path: Path, actions: list[dict[str, Any]], old: dict[str, Any], new: dict[str, Any]
) -> list[patches.Action]:
    file = tmp_path / "x.overlay.yaml"
    file.write_text(yaml.safe_dump({**PATCH, "actions": actions}, sort_keys=False))
    return patches.tried((file,), old, new)[1]


def test_all_stale_actions_are_told_with_what_is_nearest_now(tmp_path: Path) -> None:
    """Each has its line, its purpose, what it matched, and the nearest node now."""
    old = deepcopy(SMALL)
    old["components"] = {"schemas": {"CallLog": {"type": "object"}, "Voice": {"enum": ["a"]}}}
    new = deepcopy(SMALL)
    new["components"] = {"schemas": {"CallLogs": {"type": "object"}, "Voice": {"enum": ["a", "b"]}}}
    actions = [
        {
            "target": "$.components.schemas.CallLog",
            "description": "Logs grow.",
            "update": {"x-a": 1},
        },
        {"target": "$.components.schemas.Voice.enum", "description": "One more.", "update": "b"},
        {"target": "$.info", "description": "Ours.", "update": {"x-b": 1}},
        {"target": "$.tags", "description": "None.", "update": "t"},
    ]
    log, voice, tags = tried(tmp_path, actions, old, new)
    assert (log.line, log.agreed) == (6, False)
    assert log.text == (
        'Logs grow.; it matched {"type": "object"}; '
        "the nearest node is $['components']['schemas']['CallLogs']"
    )
    assert voice.agreed
    assert (tags.target, tags.agreed) == ("$.tags", False)


def test_stale_actions_are_dropped_with_a_comment(tmp_path: Path) -> None:
    """Other actions and the author's comments are kept; without actions the patch is empty."""
    file = tmp_path / "x.overlay.yaml"
    file.write_text(
        "overlay: 1.0.0\nactions:\n  # why\n"
        "  - target: $.a\n    remove: true\n  - target: $.b\n    remove: true\n"
    )
    action = patches.Action(file, 0, 4, "$.a", agreed=False, text="")
    assert patches.without(file, [action], "2026-11-28") == (
        "overlay: 1.0.0\nactions:\n  # why\n"
        "  # 2026-11-28: the action for $.a was removed; it had become stale.\n"
        "  - target: $.b\n    remove: true\n"
    )
    both = [action, patches.Action(file, 1, 6, "$.b", agreed=False, text="")]
    assert patches.without(file, both, "2026-11-28") == ""


def test_a_patch_that_deletes_everything_is_refused(tmp_path: Path) -> None:
    """No operation would be left."""
    with pytest.raises(PipelineError, match="the patches leave no operation"):
        tried(tmp_path, [{"target": "$.paths['/a']", "remove": True}], SMALL, SMALL)


def test_yaml_documents_are_read() -> None:
    """A snapshot's suffix matches its format."""
    assert incoming.parse(yaml.safe_dump(SMALL).encode(), "a").suffix == ".yaml"
    assert incoming.parse(json.dumps(SMALL).encode(), "a").suffix == ".json"
