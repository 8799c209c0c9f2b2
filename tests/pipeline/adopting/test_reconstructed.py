"""A contract that this project wrote has stricter checks; the list says where it fails."""

from __future__ import annotations

import contextlib
import io
import json
import re
from typing import TYPE_CHECKING

import pytest
from tests.pipeline.adopting.changed import phone_ai
from tests.pipeline.adopting.test_adopt import contents, run

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NAME = "phone-ai"
AUDIO = "PUT /calls/{callId}/audio"


@pytest.fixture(scope="module")
def adopted(
    repository: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Path, str]]:
    """A tree that has adopted the document, and the output; undone at the end."""
    new = tmp_path_factory.mktemp("new") / "new.json"
    document = phone_ai()
    document["servers"].append({"url": "https://eu.phone.ai/api"})
    new.write_text(json.dumps(document, indent=2), encoding="utf-8")
    before = contents(repository)
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        assert run(repository, NAME, "--from", str(new)) == 0
    yield repository, said.getvalue()
    assert run(repository, NAME, "--undo") == 0
    assert contents(repository) == before


def test_what_a_contract_lacks_is_at_its_line(adopted: tuple[Path, str]) -> None:
    """Listed in the snapshot, which a person edits, not in files generated from it."""
    tree, said = adopted
    file = "api-contracts/phone-ai.json"
    text = (tree / file).read_text(encoding="utf-8")
    line = text.count("\n", 0, text.index('"operationId": "list_calls"'))
    lacking = ("evidence: GET /calls has no x-evidence", "described: GET /calls has no summary")
    for each in lacking:
        assert f"{file}:{line}: contract/{each}" in said
    assert "GET /calls has no error, and the others have 400, 401, 403, 429, 500" in said
    assert "GET /calls has no security, and most others have it" in said
    assert "generated/" not in said


def test_what_is_never_written_is_at_the_new_snapshot(adopted: tuple[Path, str]) -> None:
    """The new snapshot may have another format than the old one."""
    said = "the server https://eu.phone.ai/api was added; nothing was written for it"
    assert re.search(
        rf"\n  api-contracts/phone-ai.json: breaking: .*{re.escape(said)}\n", adopted[1]
    )


def test_names_that_other_providers_have_are_free(adopted: tuple[Path, str]) -> None:
    """`calls.list` is Pamela's, and Phone.ai may have one too."""
    assert "is `calls.list` the right name for GET /calls?" in adopted[1]


def test_a_written_method_takes_an_open_body(adopted: tuple[Path, str]) -> None:
    """As a mapping that is optional if the contract says so; the check finds nothing."""
    tree, said = adopted
    source = (tree / "overlay/trunkline/phone_ai/_async/calls.py").read_text(encoding="utf-8")
    assert "self, call_id: str, fields: Mapping[str, Any] | None = None, **extra" in source
    assert "body = UNSET if fields is None else open_object(" in source
    assert "argument/" not in said
    assert "import/" not in said


def test_what_took_the_place_of_an_operation_is_asked(adopted: tuple[Path, str]) -> None:
    """An operation with the same HTTP method and summary may replace a removed one."""
    gone = f"breaking: {AUDIO} is gone: the method raises now, until a release takes it out"
    assert f"{gone}; was it replaced by PUT /calls/{{callId}}/sound?" in adopted[1]
