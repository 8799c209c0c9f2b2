"""The list has what an adoption's edits leave to a person, and what checks find afterwards."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from tests.pipeline.adopting.changed import STATESET, phone_ai, stateset

from trunkline_pipeline.adopting import comparing, steps
from trunkline_pipeline.adopting.callers.by_text import quotes
from trunkline_pipeline.adopting.edits import overlay, sandbox
from trunkline_pipeline.adopting.edits.added import Writer
from trunkline_pipeline.checks.inputs import facts_of
from trunkline_pipeline.inputs import documents, manifest

if TYPE_CHECKING:
    from pathlib import Path

HANDLER = """def sessions(request):
    request.query["stream_id"] = None
    one = request.query.get("stream_id")
    return one or request.query["stream_id"] or request.path["stream_id"]
NAMES = frozenset({"stream_id", "limit"})
DETAIL, ROW = {"stream_id": "is too long"}, {"stream_id": 3}
"""
PROVIDER = """class Provider:
    package = "phone_ai"
    omits = MappingProxyType(
        {"create_call": frozenset({"id"})}
    )
    def __init__(self):
        self.handlers = {
            "create_call": self.touch,
            "hangup_call": self.touch,
            "play_sound": (
                self.sound
            ),
        }
    def touch(self): ...
    def sound(self): ...
"""


def test_what_the_sandbox_reads_is_listed(tmp_path: Path) -> None:
    """Keys that are read in the provider's modules; not keys that are set or of a path."""
    providers = tmp_path / "overlay" / "trunkline" / "sandbox" / "providers"
    table = """class Provider:
    package = "stateset_voice_public"
    def __init__(self):
        self.handlers = {
            "list_voice_sessions": self.sessions,
        }
"""
    for name, text in (("voice/handlers.py", table), ("voice/reading.py", HANDLER)):
        (providers / name).parent.mkdir(parents=True, exist_ok=True)
        (providers / name).write_text(text, encoding="utf-8")
    (providers / "other.py").write_text(HANDLER, encoding="utf-8")
    old = documents.read(STATESET)
    found = comparing.compared("stateset_voice_public", old, stateset())
    read = [each for each in sandbox.follow(tmp_path, found) if "stream_id" in each.text]
    assert sorted((each.file.rpartition("providers/")[2], each.line) for each in read) == [
        ("voice/reading.py", 3),
        ("voice/reading.py", 4),
        ("voice/reading.py", 5),
        ("voice/reading.py", 6),
    ]


def test_a_quotation_of_what_was_rewritten_is_listed(tmp_path: Path) -> None:
    """Not a quotation of code that still exists, nor of common words."""
    old, new = 'x = call(a, b)\n"""Return the last call."""\ny = call(a, d)\n', "x = call(a, c)\n"
    for name, text in (("overlay/one.py", new), ("overlay/two.py", "y = call(a, d)\n")):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    (tmp_path / "tests").mkdir()
    quoting = ("x = call(a, b)", "y = call(a, d)", "Return the last call.", "z = call(a, e)")
    program = "".join(f"{text!r}\n" for text in quoting)
    (tmp_path / "tests" / "test_it.py").write_text(program, encoding="utf-8")
    found = quotes.listed(tmp_path, {"overlay/one.py": (old.encode(), new.encode())})
    said = "tests/test_it.py:1: quotes overlay/one.py as it was: x = call(a, b)"
    assert [str(each) for each in found] == [said]


def test_a_removed_operation_is_in_no_set_of_the_provider(tmp_path: Path) -> None:
    """Its name is removed from the sets of operations; by hand, that would break a promise."""
    provider = tmp_path / "overlay" / "trunkline" / "voice" / "_provider.py"
    calls = provider.parent / "_async" / "calls.py"
    calls.parent.mkdir(parents=True)
    calls.write_text("import trunkline_generated.stateset_voice_public\n", encoding="utf-8")
    provider.write_text('A = {\n    "list_call_logs",\n    "make_call",\n}\n', encoding="utf-8")
    old = documents.read(STATESET)
    paths = {path: item for path, item in old["paths"].items() if not path.endswith("call-logs")}
    found = comparing.compared("stateset_voice_public", old, {**old, "paths": paths})
    overlay.rename(tmp_path, found, ({}, {}))
    assert provider.read_text(encoding="utf-8") == 'A = {\n    "make_call",\n}\n'


def test_rows_of_the_sandbox_are_no_longer_than_lines_may_be(tmp_path: Path) -> None:
    """FastAPI generates long ids."""
    table = tmp_path / "overlay" / "trunkline" / "sandbox" / "providers" / "voice.py"
    table.parent.mkdir(parents=True)
    row = '            "list_voice_sessions": self.sessions,\n'
    text = f'package = "stateset_voice_public"\nself.handlers = {{\n{row}        }}\n'
    table.write_text(text, encoding="utf-8")
    new, name = stateset(), "list_voice_sessions" + "_api" * 15
    new["paths"]["/api/v1/voice-sessions"]["get"]["operationId"] = name
    old = documents.read(STATESET)
    list(sandbox.follow(tmp_path, comparing.compared("stateset_voice_public", old, new)))
    lines = table.read_text(encoding="utf-8").splitlines()
    assert lines[2:5] == [
        f'            "{name}": (',
        "                self.sessions",
        "            ),",
    ]


def test_what_the_linter_and_the_check_find_is_listed(repository: Path) -> None:
    """Findings about a contract are listed at their line in the snapshot."""
    pinned = manifest.load(repository / "api-contracts" / "contracts.toml").contracts
    (snapshot,) = (each.snapshot for each in pinned if each.name == "phone-ai")
    source = repository / "overlay" / "trunkline" / "phone_ai" / "_provider.py"
    before = {file: file.read_bytes() for file in (snapshot, source)}
    document = documents.read(snapshot)
    path = next(iter(document["paths"]))
    method = next(iter(document["paths"][path]))
    del document["paths"][path][method]["x-evidence"]
    snapshot.write_text(json.dumps(document, indent=1), encoding="utf-8")
    source.write_bytes(before[source] + b"# " + b"long " * 19 + b"line\n")
    found = {(each.file, each.text) for each in steps.check(repository) if each.line}
    for file, data in before.items():
        file.write_bytes(data)
    assert (
        f"api-contracts/{snapshot.name}",
        f"contract/evidence: {method.upper()} {path} has no x-evidence: say where it comes from",
    ) in found
    assert (
        "overlay/trunkline/phone_ai/_provider.py",
        "lint/E501: Line too long (101 > 100)",
    ) in found


def test_a_handler_that_nothing_calls_any_more_is_listed(tmp_path: Path) -> None:
    """A handler that another operation uses too is not listed."""
    file = tmp_path / "overlay/trunkline/sandbox/providers/phone_ai.py"
    file.parent.mkdir(parents=True)
    file.write_text(PROVIDER, encoding="utf-8")
    old = phone_ai()
    new = {**old, "paths": {"/calls": {**old["paths"]["/calls"]}}}
    new["paths"]["/calls"]["post"] = {**old["paths"]["/calls"]["post"], "operationId": "dial"}
    found = comparing.compared("phone_ai", old, new)
    assert [(each.line, each.text) for each in sandbox.follow(tmp_path, found)] == [
        (11, "PUT /calls/{callId}/sound is gone: nothing calls sound any more")
    ]
    text = file.read_text(encoding="utf-8")
    assert "play_sound" not in text
    assert (text.count('"create_call"'), text.count('"dial"')) == (0, 2)


def test_a_new_operation_that_no_class_is_for_is_listed(repository: Path) -> None:
    """At the client, where its class must be added."""
    facts = facts_of(manifest.load(repository / "api-contracts" / "contracts.toml"), repository)
    new = stateset()
    new["paths"]["/api/v1/call-logs/{call_sid}"]["get"]["tags"] = ["reports"]
    found = comparing.compared("stateset_voice_public", documents.read(STATESET), new)
    (todo,) = overlay.add(facts, found, Writer(found.package, found.new, {}))
    assert str(todo) == (
        "overlay/trunkline/stateset_voice/_async/client.py: GET /api/v1/call-logs/{call_sid} is "
        "new, and no class has methods of reports: write one"
    )
