"""A whole adoption and its undo, with the commands of docs/adopt.md."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from tests.pipeline.adopting.changed import ROOT, stateset
from tests.pipeline.adopting.unnamed import unnamed, used

import adopt
from trunkline_pipeline import files
from trunkline_pipeline.adopting import steps

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NAME = "stateset-voice-public"
PAGE = (ROOT / "docs" / "adopt.md").read_text(encoding="utf-8")
#: A service written for the new contract, run in the tree that has adopted it.
SERVICE = """
import inspect
import warnings
from trunkline.sandbox import Sandbox
from trunkline.stateset_voice import StateSetVoice

with Sandbox() as sandbox, warnings.catch_warnings(record=True) as warned:
    warnings.simplefilter("default")
    environment = sandbox.environment()
    key, url = environment["STATESET_VOICE_API_KEY"], environment["STATESET_VOICE_BASE_URL"]
    with StateSetVoice(key, base_url=url) as client:
        every = inspect.signature(client.make_call).parameters.values()
        needs = {e.name: e.name for e in every if e.kind is e.KEYWORD_ONLY and e.default is e.empty}
        needs = {**needs, "to": "+15555550123"}
        made = client.make_call(**needs)
        print(client.call_logs.get(made.call_sid).call_sid != "")
        print(client.call_logs.with_raw_response.get(made.call_sid).status_code)
        client.voice_sessions.list(stream_id="MZ1")
        from trunkline.stateset_voice import CallLog
        print(CallLog.__name__)
        try:
            needs.pop("purpose")
            client.make_call(**needs)
        except TypeError as error:
            print(error)
for each in warned:
    print(each.category.__name__, each.lineno if each.filename == "<string>" else each.filename)
"""


@pytest.fixture
def repository(repository: Path) -> Iterator[Path]:
    """The copy of the repository, restored also when a test fails."""
    yield repository
    if (repository / "build" / "adoption.json").exists():
        run(repository, NAME, "--undo")


def test_a_changed_contract_is_adopted_and_taken_back(
    repository: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The overlay and its callers are updated, a list has the rest, and undo restores all."""
    before, working = contents(repository), used(repository)
    (tmp_path / "before.json").write_text(json.dumps(working), encoding="utf-8")
    (tmp_path / "new.json").write_text(json.dumps(stateset()), encoding="utf-8")
    commands = re.findall(r"(?m)^\$ trunkline contracts adopt (.*)$", PAGE)
    forwards, backwards = (each.replace("new.json", f"{tmp_path}/new.json") for each in commands)
    assert run(repository, *forwards.split()) == 0
    said = capsys.readouterr().out
    _says_what_the_page_says(said, repository)
    _callers_follow(repository)
    after = used(repository, tmp_path / "before.json")
    assert unnamed(working, after, repository, said) == []
    done = subprocess.run(
        [sys.executable, "-c", SERVICE],
        env={**os.environ, "PYTHONPATH": f"{repository}/overlay{os.pathsep}{repository}/generated"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout.splitlines() == [
        "True",
        "200",
        "CallRecord",
        "StateSetVoice.make_call() missing 1 required keyword-only argument: 'purpose'",
        "DeprecationWarning 18",
        "DeprecationWarning 19",
    ], done.stderr
    assert run(repository, *backwards.split()) == 0
    assert contents(repository) == before
    assert not (repository / "build" / "adoption.json").exists()


def test_what_is_about_a_contract_alone_is_listed_at_its_snapshot(repository: Path) -> None:
    """A person edits the snapshot; the generated package's document is derived from it."""
    snapshot = repository / "api-contracts" / f"{NAME}.json"
    text = snapshot.read_text(encoding="utf-8")
    document = json.loads(text)
    del document["paths"]["/api/v1/call-logs"]["get"]["x-evidence"]
    snapshot.write_text(json.dumps(document, indent=2), encoding="utf-8")
    try:
        (found,) = (e for e in steps.check(repository) if "/call-logs has no x-evidence" in e.text)
    finally:
        snapshot.write_text(text, encoding="utf-8")
    line = json.dumps(document, indent=2).splitlines()[found.line - 2]
    assert (found.file, line.strip()) == (f"api-contracts/{NAME}.json", '"/api/v1/call-logs": {')


def _says_what_the_page_says(said: str, repository: Path) -> None:
    shown = re.search(r"```text\n(.*?)```", PAGE, re.DOTALL)
    assert shown is not None
    lines = [each for each in said.splitlines() if not each.startswith(f"{NAME}:")]
    assert [_unnumbered(each) for each in lines] == _unnumbered(shown[1]).splitlines()
    file, line, _ = lines[-1].strip().split(":", 2)
    text = (repository / file).read_text(encoding="utf-8").splitlines()
    assert "async def get(self, call_sid: str" in text[int(line) - 1]


def _unnumbered(text: str) -> str:
    return re.sub(r"(\.py|\.md):\d+:", r"\1:", text)


def _callers_follow(repository: Path) -> None:
    def text(name: str) -> str:
        return (repository / name).read_text(encoding="utf-8")

    assert 'purpose="purpose"' in text("docs/retries.md")
    assert 'purpose="purpose"' in text("examples/handle_errors.py")
    # An earlier adoption may have added arguments between the two.
    made = re.compile(r'client\.make_call\(to=TO, (?:[^)]+, )?purpose="purpose"\)')
    assert made.search(text("tests/stateset_voice/test_stateset_voice.py"))
    assert "::: trunkline.stateset_voice.CallRecord" in text("docs/models.md")
    assert "- `make_call` needs `purpose`." in text("CHANGELOG.md")
    table = text("api-contracts/contracts.toml")
    assert 'status = "published"\nsource = "https://voice.stateset.app' in table
    # Another provider's model of the same name is unchanged.
    assert "CallLog" in text("overlay/trunkline/webhooks/events/whispey.py")


def run(repository: Path, *arguments: str) -> int:
    return adopt.main(["adopt", *arguments, "--root", str(repository)])


def contents(repository: Path) -> dict[str, bytes]:
    found = files.list_files(repository)
    return {name: path.read_bytes() for name, path in found.items() if name[:6] != "build/"}
