"""The list has every line that may use what has changed, even if that is not certain."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from tests.pipeline.adopting.changed import ROOT, phone_ai, stateset

from trunkline_pipeline.adopting import comparing
from trunkline_pipeline.adopting.callers import calls, failing
from trunkline_pipeline.adopting.callers.by_text import doubtful, sentences, tables, texts
from trunkline_pipeline.adopting.todo import Todo
from trunkline_pipeline.inputs import documents, pins

if TYPE_CHECKING:
    from pathlib import Path

    from trunkline_pipeline.checks.source.facts import Facts

    #: A file name, a line number, and the message.
    Line = tuple[str, int, str]

NEEDED = "json purpose of POST /api/v1/make-call may be missing here: it is added"
RENAMED = {"phone-draft.yaml": "phone-draft.json"}
PHONE = """# trunkline.phone_ai
VERBS = ["hangup", "audio", "route"]
WEBHOOK.on("inboundText")
INJECTED = "inject_audio"
"""
URL = 'GET("/api/v1/voice-sessions?status=active&stream_id=MZ1")  # StateSet'
TABLE = """[phone-ai.operations]
"PUT /calls/{callId}/route" = "route_call"
"POST /agents" = "create_agent"
[phone-ai.webhooks]
inboundText = []
# phone-draft.yaml
"""
STATESET = """# StateSet
ROW = {"agent_key": "support"}
BODY = {"to": TO, "agent_key": "support", "purpose": "a reminder"}
OTHER = {"agent_key": "support", "colour": "red"}
POST(json={"to": TO}, params={"agent_key": "support"})
"""
WORDS = '''# StateSet
LOGGED = "{name}: the answer differs"
SAID = f"the response of {name} is late"
client.{name}("a: b")
RECORDED_AS: Final = "{name}"
"""{name}: it is called."""
'''
HELPED = """# StateSet
def sessions(**params): ...
sessions(status="active", stream_id="MZ1")
sessions(colour="red", stream_id="MZ1")
Session(stream_id="MZ1")
found.list(stream_id="MZ1")
found.list(limit=1)
client.call_logs.list(stream_id="MZ1")
NAMES = ("stream_id", "limit")
COLUMNS = ("stream_id", "colour")
WORD = ["stream_id"]
"""
SENTENCES = """| `make_call(GIVEN, from_=)` | works |
`make_call(GIVEN, purpose=)` and `make_call(...)` and `calls.make(key=...)`
`voice_sessions.list(stream_id="MZ1")` and `voice_sessions.list(limit=1)`
"""
FAILING = """with pytest.raises(errors.NotFoundError):
    client.voice_sessions.list(stream_id="none")
client.voice_sessions.list(stream_id="MZ1")
"""
ROWS = """[stateset-voice-public.operations]
"GET /api/v1/voice-sessions" = "list_voice_sessions"
[stateset-voice-public.webhooks]
voiceCallStarted = []
[stateset-voice-public.fields.voiceCallStarted]
[stateset-voice-public.fields.make_call]
body = ["to", "stream_id"]
[stateset-voice-public.fields.list_voice_sessions]
query = ["limit", "stream_id"]
answer = ["data.stream_id", "data.summary"]
[other.fields.list_voice_sessions]
query = ["limit", "stream_id"]
"""


def listed(facts: Facts, package: str, new: dict[str, Any]) -> set[Line]:
    """The lines listed for a new document."""
    root = facts.sources.root
    found = comparing.compared(package, facts.vendor[package], new)
    every = [*doubtful.find(root, facts, found, set()), *texts.named(root, facts, found, RENAMED)]
    todo = [each for each in every if isinstance(each, Todo)]
    return {(each.file.rpartition("/")[2], each.line, each.text) for each in todo}


def test_what_is_gone_or_moved_is_listed_where_it_is_only_a_word(
    facts: Facts, folder: Path
) -> None:
    """Method names, path suffixes, ids and webhooks, in code and in tables."""
    (folder / "calling.py").write_text(PHONE, encoding="utf-8")
    (folder / "table.toml").write_text(TABLE, encoding="utf-8")
    found = listed(facts, "phone_ai", phone_ai())
    gone, moved = "PUT /calls/{callId}/audio is gone", "PUT /calls/{callId}/route is now"
    said = {
        (file, line): text for file, line, text in found if file in {"calling.py", "table.toml"}
    }
    lines = sorted(text for file, line, text in found if (file, line) == ("calling.py", 2))
    assert lines == [
        f"'audio' may stand for it: {gone}",
        f"'route' may stand for it: {moved} PUT /calls/{{callId}}/forward",
    ]
    assert "the webhook inboundText is gone, inject_audio is gone" in said["calling.py", 3]
    assert "(also lines 4)" in said["calling.py", 3]
    assert f"{moved} PUT /calls/{{callId}}/forward" in said["table.toml", 2]
    assert (
        "the webhook inboundText is gone, phone-draft.yaml is now phone-draft.json"
        in said["table.toml", 2]
    )
    assert "(also lines 5, 6)" in said["table.toml", 2]


def test_an_operation_that_is_gone_is_listed_on_any_page(facts: Facts, tmp_path: Path) -> None:
    """Its id is listed anywhere; an ambiguous word only on the provider's own page."""
    found = comparing.compared("phone_ai", facts.vendor["phone_ai"], phone_ai())
    (name,) = found.removed_ids
    (tmp_path / "docs").mkdir()
    for page, text in (("page", f"Phone.ai's `{name}`."), ("other", f"`sound`, `{name}_`")):
        (tmp_path / "docs" / f"{page}.md").write_text(text, encoding="utf-8")
    todo = [str(each) for each in texts.named(tmp_path, facts, found, {})]
    assert todo == [f"docs/page.md:1: names what was: {name} is gone"]


def test_a_table_of_all_operations_is_listed_for_a_new_one(facts: Facts, folder: Path) -> None:
    """At its last row; a table that lacks another operation is not listed."""
    old = documents.read(ROOT / "api-contracts" / "stateset-voice-public.json")
    rows = [
        f'"{method.upper()} {path}" = "{each["operationId"]}"\n'
        for path, method, each in pins.operations(old)
    ]
    (folder / "table.toml").write_text("".join(rows), encoding="utf-8")
    (folder / "part.toml").write_text("".join(rows[1:]), encoding="utf-8")
    found = comparing.compared("stateset_voice_public", old, stateset())
    todo = list(texts.tables(facts.sources.root, found))
    said = "names every operation but GET /api/v1/call-logs/{call_sid}: add it"
    assert [(each.file, each.line, each.text) for each in todo] == [
        ("tests/stateset_voice/table.toml", len(rows), said)
    ]


def test_an_object_without_what_must_be_sent_is_listed(facts: Facts, folder: Path) -> None:
    """It has only fields of the operation, and is not passed as the query."""
    (folder / "calling.py").write_text(STATESET, encoding="utf-8")
    found = listed(facts, "stateset_voice_public", stateset())
    assert {line for file, line, text in found if (file, text) == ("calling.py", NEEDED)} == {2, 5}


def test_an_operation_among_the_words_of_a_text_is_listed(facts: Facts, tmp_path: Path) -> None:
    """Names in errors and logs are listed; docstrings and methods of that name are not."""
    (tmp_path / "tests").mkdir()
    old, new = facts.vendor["stateset_voice_public"], stateset()
    name = old["paths"]["/api/v1/make-call"]["post"]["operationId"]
    new["paths"]["/api/v1/make-call"]["post"]["operationId"] = f"{name}_v1"
    text = WORDS.replace("{name}", name)
    (tmp_path / "tests" / "test_calling.py").write_text(text, encoding="utf-8")
    found = comparing.compared("stateset_voice_public", old, new)
    (todo,) = texts.named(tmp_path, facts, found, {})
    assert todo.line == 2
    assert todo.text == f"names what was: {name} is now {name}_v1 (also lines 3)"


def test_a_query_in_a_text_is_listed(facts: Facts, folder: Path) -> None:
    """Whether the parameter comes first or not."""
    (folder / "calling.py").write_text(URL, encoding="utf-8")
    found = listed(facts, "stateset_voice_public", stateset())
    said = "query stream_id may be given here: it is removed"
    assert ("calling.py", 1, said) in found


def test_what_is_gone_is_listed_where_a_helper_is_given_it(facts: Facts, folder: Path) -> None:
    """A function given only such fields, or a method of any object; not another resource's."""
    (folder / "calling.py").write_text(HELPED, encoding="utf-8")
    found = listed(facts, "stateset_voice_public", stateset())
    lines = {(line, text) for file, line, text in found if file == "calling.py"}
    said = "query stream_id"
    assert lines == {
        (3, f"{said} may be given here: it is removed"),
        (6, f"found.list may be called here: {said} is removed"),
        (9, f"{said} may be given here: it is removed"),
    }


def test_a_call_in_a_sentence_is_listed(tmp_path: Path) -> None:
    """It passes a removed argument, or all required ones; a mere mention is not listed."""
    page = tmp_path / "page.md"
    old = documents.read(ROOT / "api-contracts" / "stateset-voice-public.json")
    found = comparing.compared("stateset_voice_public", old, stateset()).operations
    needed = old["components"]["schemas"]["MakeCallRequest"]["required"]
    given = ", ".join(f"{each}=" for each in needed)
    page.write_text(SENTENCES.replace("GIVEN", given), encoding="utf-8")
    ways = {"make_call": {"make", "make_call"}, "list_voice_sessions": {"list"}}
    wanted = [(e, ways[e.old.operation_id]) for e in found if e.old and e.fields]
    assert [str(each) for each in sentences.listed(tmp_path, [page], wanted)] == [
        "page.md:1: make_call is called here: json purpose is added",
        "page.md:3: list is called here: query stream_id is removed",
    ]


def test_a_call_that_is_to_fail_is_listed_when_it_loses_an_argument(tmp_path: Path) -> None:
    """The edit may have removed the argument that made it fail."""
    (tmp_path / "calling.py").write_text(FAILING, encoding="utf-8")
    old = documents.read(ROOT / "api-contracts" / "stateset-voice-public.json")
    found = comparing.compared("stateset_voice_public", old, stateset()).operations
    fields = [field for each in found for field in each.fields]
    places = {(2, 27): fields, (3, 23): fields}
    (line,) = failing.listed(tmp_path, {"calling.py": places})
    assert str(line) == "calling.py:2: this call is expected to fail: query stream_id is removed"


def test_the_class_of_an_event_that_is_gone_is_listed(facts: Facts, tmp_path: Path) -> None:
    """A handler may be registered by it."""
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests" / "calling.py").write_text("on(stateset.CallStarted)\n", encoding="utf-8")
    old = documents.read(ROOT / "api-contracts" / "stateset-voice-public.json")
    new = {**old, "webhooks": {**old["webhooks"]}}
    del new["webhooks"]["voiceCallStarted"]
    changed = comparing.compared("stateset_voice_public", old, new)
    (found,) = texts.named(tmp_path, facts, changed, {})
    assert str(found).endswith("names what was: the webhook voice.call.started is gone")


def test_tables_of_a_contract_are_listed(facts: Facts, tmp_path: Path) -> None:
    """The rows with removed fields, and the webhooks by their keys."""
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests" / "table.toml").write_text(ROWS, encoding="utf-8")
    old = documents.read(ROOT / "api-contracts" / "stateset-voice-public.json")
    new = stateset()
    del new["webhooks"]["voiceCallStarted"]
    del new["components"]["schemas"]["CallRecord"]["properties"]["summary"]
    changed = comparing.compared("stateset_voice_public", old, new)
    found = {(each.line, each.text) for each in tables.listed(tmp_path, changed)}
    assert (9, "query stream_id may be given here: it is removed") in found
    assert [line for line, text in found if text.startswith("summary ")] == [10]
    assert len(found) == 2
    named = texts.named(tmp_path, facts, changed, {})
    assert [str(each).partition(": ")[2] for each in named] == [
        "names what was: the webhook voiceCallStarted is gone (also lines 5)"
    ]


def test_a_name_with_brackets_is_listed(facts: Facts, folder: Path) -> None:
    """Wire names may contain any character."""
    (folder / "calling.py").write_text(URL.replace("stream_id", "filter[id]"), encoding="utf-8")
    old = documents.read(ROOT / "api-contracts" / "stateset-voice-public.json")
    operation = old["paths"]["/api/v1/voice-sessions"]["get"]
    added = {"name": "filter[id]", "in": "query", "schema": {"type": "string"}}
    old["paths"]["/api/v1/voice-sessions"] = {
        "get": {**operation, "parameters": [*operation["parameters"], added]}
    }
    found = comparing.compared("stateset_voice_public", old, stateset())
    todo = doubtful.find(facts.sources.root, facts, found, set())
    said = "query filter[id] may be given here: it is removed"
    assert said in {each.text for each in todo if isinstance(each, Todo)}


def test_a_call_is_found_by_its_argument() -> None:
    """Columns count characters from 1; a position outside calls gives None."""
    text = "é = make(\n    a.list(b=1),\n    c=f(b=2),\n)\n"
    assert calls.with_argument(text, (2, 12)) == ("list", (2, 7))
    assert calls.with_argument(text, (3, 5)) == ("make", (1, 5))
    assert calls.with_argument(text, (3, 9)) == ("f", (3, 7))
    assert calls.with_argument(text, (1, 5)) is None


@pytest.mark.parametrize(
    ("page", "text", "wanted"),
    [
        ("stateset_voice", "`CallLog`", True),
        ("page", "the class trunkline.stateset_voice.CallLog", True),
        ("stateset_voice", "CallLog and `CallLogs`", False),
        ("page", "StateSet's, and Whispey's `CallLog`: trunkline.whispey.CallLog", False),
    ],
)
def test_pages_that_name_a_model_are_listed(
    facts: Facts, tmp_path: Path, page: str, text: str, *, wanted: bool
) -> None:
    """By the package name; on the provider's own page as code is enough."""
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / f"{page}.md").write_text(f"{text}\n", encoding="utf-8")
    old = documents.read(ROOT / "api-contracts" / "stateset-voice-public.json")
    found = comparing.compared("stateset_voice_public", old, stateset())
    named = [str(each) for each in texts.named(tmp_path, facts, found, {})]
    said = f"docs/{page}.md:1: names what was: CallLog is now CallRecord"
    assert named == ([said] if wanted else [])


def test_a_value_that_was_refused_is_listed(facts: Facts, folder: Path) -> None:
    """A method's argument may be `format` while generated code has `format_`."""
    (folder / "calling.py").write_text(
        "whispey.exports.create(format='csv')\nwhispey.exports.create(format='xlsx')\n",
        encoding="utf-8",
    )
    posting = "# whispey\nPOST(json={'format': 'csv'})\nPOST(json={'format': 'xlsx'})\n"
    (folder / "posting.py").write_text(posting, encoding="utf-8")
    old, new = (json.loads(json.dumps(facts.vendor["whispey"])) for _ in range(2))
    for document, more in ((old, {"enum": ["csv", "json"]}), (new, {})):
        document["components"]["schemas"]["ExportFormat"] = {"type": "string", **more}
    found = comparing.compared("whispey", old, new)
    hits = [str(each) for each in doubtful.find(facts.sources.root, facts, found, set())]
    said = "json format is 'xlsx' here: it is now accepted"
    assert hits == [
        f"tests/stateset_voice/calling.py:2: whispey.exports.create may be called here: {said}",
        f"tests/stateset_voice/posting.py:3: {said}",
    ]
