"""Reports for the tests of the outputs: a typical one and a hostile one."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from trunkline.contracts.model import (
    CallSite,
    Confidence,
    Direction,
    DocumentInfo,
    Edit,
    Finding,
    Level,
    Location,
    OperationKind,
    OperationRef,
    PythonChange,
    Report,
    Skipped,
    Verdict,
)

OLD = DocumentInfo("old/api.json", "Voice API", "1.4.0", "3.1.0")
NEW = DocumentInfo("new/api.json", "Voice API", "1.5.0", "3.1.0")
SENT, RECEIVED = Direction.SENT, Direction.RECEIVED

LIST = OperationRef("GET", "/calls", "listCalls", RECEIVED)
GET = OperationRef("GET", "/calls/{call_id}", "getCall", RECEIVED)
CREATE = OperationRef("POST", "/calls", "createCall", SENT)
ENDED = OperationRef("POST", "call.ended", "callEnded", RECEIVED, OperationKind.WEBHOOK)


def site(line: int, code: str, symbol: str, **changes: Any) -> CallSite:
    made = CallSite(
        file="app/jobs.py",
        line=line,
        column=12,
        code=code,
        symbol=symbol,
        confidence=Confidence.CERTAIN,
        reason=f"This line reads `{symbol}`.",
        end_line=line,
        end_column=25,
        via=("trunkline.Pamela.calls.get", "get_call.sync_detailed"),
    )
    return replace(made, **changes)


def finding(
    rule: str, level: Level, unit: str, pointer: str, number: int, **changes: Any
) -> Finding:
    """Return a finding with an edit at a pointer of both documents; `number` sets its id."""
    edit = Edit(
        unit,
        pointer,
        rule,
        before=changes.pop("before", None),
        after=changes.pop("after", None),
        old=Location(OLD.source, f"/{unit}{pointer}", 10 + number, 7),
        new=Location(NEW.source, f"/{unit}{pointer}", 20 + number, 9),
        subject=pointer.rpartition("/")[2],
    )
    operations = changes.pop("operations", (LIST,))
    ways = dict.fromkeys(operation.direction for operation in operations)
    made = Finding(
        rule=rule,
        level=level,
        verdicts=tuple(Verdict(f"{rule}.{way}", way, level, f"Why {rule}.") for way in ways),
        edit=edit,
        operations=operations,
        message=f"{unit} {pointer}: {changes.pop('message')}",
        remedy="",
        fingerprint=f"{number:016x}",
    )
    return replace(made, **changes)


REMOVED = finding(
    "property-removed",
    Level.BREAKING,
    "components/schemas/Call",
    "/properties/duration",
    1,
    before={"type": "integer", "description": "Seconds from answer to end.", "minimum": 0},
    operations=(LIST, GET, ENDED),
    message="The required property 'duration' was removed from responses",
    remedy="Stop reading 'duration'; use 'ended_at' and 'answered_at'.",
    python=(
        PythonChange(
            "attribute-removed",
            "pamela.models.call.Call.duration",
            "duration: int",
            None,
            "The attribute 'duration' of 'Call' is gone.",
        ),
    ),
    overlay=("trunkline.Pamela.calls.get", "trunkline.Pamela.calls.list"),
    used=(
        site(14, "minutes = call.duration / 60", "Call.duration"),
        site(31, "total += call.duration", "Call.duration", function="Bill.total"),
        site(
            52,
            "print(row.duration)",
            "duration",
            confidence=Confidence.POSSIBLE,
            file="app/report.py",
            reason="The type of `row` is not known.",
            via=(),
        ),
    ),
)
REQUIRED = finding(
    "property-became-required",
    Level.BREAKING,
    "components/schemas/CreateCall",
    "/required/locale",
    2,
    before={"required": ["to", "task"], "properties": {"to": {"type": "string"}}},
    after={"required": ["to", "task", "locale"], "properties": {"to": {"type": "string"}}},
    operations=(CREATE,),
    message="Requests must now hold 'locale'",
    remedy="Pass 'locale' with every call.",
)
ENUM = finding(
    "enum-value-added",
    Level.WARNING,
    "components/schemas/CallStatus",
    "/enum",
    3,
    before=["queued", "ended"],
    after=["queued", "ended", "voicemail"],
    operations=(LIST, GET),
    message="Responses may hold the new value 'voicemail'",
)
OPTIONAL = finding(
    "parameter-added",
    Level.INFO,
    "GET /calls",
    "/parameters/query.since",
    4,
    after={"name": "since", "in": "query", "schema": {"type": "string", "format": "date-time"}},
    message="The optional parameter 'since' was added",
)
RENAMED = finding(
    "operation-id-changed",
    Level.INFO,
    "GET /calls/{call_id}",
    "/operationId",
    5,
    before="fetchCall",
    after="getCall",
    operations=(GET,),
    message="The operationId changed from 'fetchCall' to 'getCall'",
    python=(
        PythonChange(
            "object-removed",
            "pamela.api.calls.fetch_call",
            "fetch_call(call_id: str)",
            "get_call(call_id: str)",
            "The function 'fetch_call' is now 'get_call'.",
        ),
    ),
)
TEXT = finding(
    "description-changed",
    Level.DOC,
    "GET /calls",
    "/description",
    6,
    before="All calls.",
    after="All calls of the account.",
    message="The description changed",
)

REPORT = Report(OLD, NEW, (REMOVED, REQUIRED, ENUM, OPTIONAL, RENAMED, TEXT))
#: The same after an analysis that could not explain or search everything.
PARTIAL = replace(
    REPORT,
    skipped=(Skipped("app/old.py", "invalid syntax (line 3)"),),
    python=(
        PythonChange(
            "object-removed",
            "pamela.models.call_status_1.CallStatus1",
            "CallStatus1",
            None,
            "The class 'CallStatus1' was removed.",
        ),
    ),
)

#: Text in a document that tries to break out of an output or to forge parts of it.
ATTACKS = (
    "<script>document.title = 'pwned'</script>",
    "</script><img src=x onerror=alert(1)>",
    "\"'><svg/onload=alert(1)>",
    "]]>&lt;&#x0;",
    "`code` ``` **bold** [link](https://evil.example) ![x](https://evil.example/x.png)",
    "@octocat #1 <!-- comment --> | cell | \\",
    "\x1b[2J\x1b]0;title\x07\r\nline two\n::error file=x::forged",
    "\u202egnp.exe\u2066\u200b\ufeff\u2028",
    "half a pair \ud800 and NUL \x00",
    "%0A::set-output name=x::y",
)


def hostile(text: str) -> Report:
    """Return a report with a text in every field that a document or code can set."""
    operation = OperationRef("GET", f"/{text}", text, RECEIVED)
    edit = Edit(
        f"components/schemas/{text}",
        f"/properties/{text}",
        "property-removed",
        {text: [text, float("inf")]},
        text,
        Location(f"{text}.json", f"/{text}", 1, 1),
        Location(f"{text}.json", f"/{text}", 1, 1),
        text,
    )
    change = PythonChange("attribute-removed", text, text, text, text)
    verdict = Verdict("property-removed.received", RECEIVED, Level.BREAKING, text)
    bad = Finding(
        "property-removed",
        Level.BREAKING,
        (verdict,),
        edit,
        (operation,),
        text,
        text,
        "00000000000000aa",
        (change,),
        (text,),
        (site(1, text, text, file=text, reason=text, via=(text,), function=text),),
    )
    info = DocumentInfo(text, text, text, text)
    findings = bad, replace(bad, fingerprint="00000000000000ab", used=())
    return Report(info, info, findings, (Skipped(text, text),), (change,))
