from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from tests.contracts.impact import corpus

from trunkline.contracts import ContractError, diff, load
from trunkline.contracts.impact import analyse

if TYPE_CHECKING:
    from pathlib import Path

    from trunkline.contracts import PythonChange

CALL = "/components/schemas/Call/properties"
HANGUP = "/paths/~1calls~1{call_id}~1hangup/post/responses/200/content/application~1json/schema"
CREATE = "/components/schemas/CreateCall"


def _changes(edits: list[dict[str, Any]], **options: Any) -> dict[str, list[PythonChange]]:
    """Return the changes of the client, grouped by the rule of the edit that explains them."""
    old, _ = corpus.documents("generated")
    compared = diff(load(old), load(corpus.edited(old, edits)))
    report = analyse(compared, cache=False, **options)
    found: dict[str, list[PythonChange]] = {}
    for finding in report.findings:
        found.setdefault(finding.rule, []).extend(finding.python)
    return found


CASES: list[tuple[str, list[dict[str, Any]], str, str, str]] = [
    (
        "a removed property takes its attribute away",
        [{"remove": f"{CALL}/from"}],
        "property-removed",
        "object-removed",
        "client.models.call.Call.from_",
    ),
    (
        "a removed operation takes its module away",
        [{"remove": "/paths/~1calls~1{call_id}~1hangup"}],
        "operation-removed",
        "object-removed",
        "client.api.calls.hangup_call",
    ),
    (
        "another type changes the annotation",
        [{"set": f"{CALL}/to/type", "to": "integer"}],
        "type-changed",
        "attribute-changed-type",
        "client.models.call.Call.to",
    ),
    (
        "null joins the annotation",
        [{"set": f"{CALL}/id/type", "to": ["string", "null"]}],
        "became-nullable",
        "attribute-changed-type",
        "client.models.call.Call.id",
    ),
    (
        "a new required property is a new required argument of the model",
        [
            {"set": f"{CREATE}/properties/consent", "to": {"type": "boolean"}},
            {"set": f"{CREATE}/required", "to": ["to", "from", "consent"]},
        ],
        "property-added",
        "parameter-added-required",
        "client.models.create_call.CreateCall(consent)",
    ),
    (
        "a property that becomes required loses its default",
        [{"set": f"{CREATE}/required", "to": ["to", "from", "label"]}],
        "property-became-required",
        "parameter-changed-required",
        "client.models.create_call.CreateCall(label)",
    ),
    (
        "a removed parameter is gone from every function of the operation",
        [{"remove": "/paths/~1calls~1{call_id}/get/parameters/1"}],
        "parameter-removed",
        "parameter-removed",
        "client.api.calls.get_call.sync(expand)",
    ),
    (
        "a parameter that becomes required loses its default",
        [{"set": "/paths/~1calls~1{call_id}/get/parameters/1/required", "to": True}],
        "parameter-became-required",
        "parameter-changed-required",
        "client.api.calls.get_call.sync(expand)",
    ),
    (
        "a removed value takes the member of the enum away",
        [
            {
                "set": "/components/schemas/CallStatus/enum",
                "to": ["queued", "ringing", "active", "completed"],
            }
        ],
        "enum-value-removed",
        "object-removed",
        "client.models.call_status.CallStatus.FAILED",
    ),
    (
        "another schema of a response changes what the functions return",
        [
            {
                "set": HANGUP,
                "to": {"$ref": "#/components/schemas/Message"},
            }
        ],
        "property-removed",
        "return-changed-type",
        "client.api.calls.hangup_call.sync",
    ),
]


def _batches() -> list[list[dict[str, Any]]]:
    """The edits of all cases in few batches; no pointer in a batch contains another."""
    batches: list[list[dict[str, Any]]] = []
    for _, edits, *_ in CASES:
        for batch in batches:
            if not any(_overlap(edit, other) for edit in edits for other in batch):
                batch.extend(edits)
                break
        else:
            batches.append(list(edits))
    return batches


def _overlap(edit: dict[str, Any], other: dict[str, Any]) -> bool:
    pointer, another = (each.get("set") or each["remove"] for each in (edit, other))
    return pointer.startswith(another) or another.startswith(pointer)


@pytest.fixture(scope="module", params=[True, False], ids=["generator", "naming rules"])
def explained(request: pytest.FixtureRequest) -> set[tuple[str, str, str]]:
    """Which change of the client is listed with which edit, over all edits."""
    found = [_changes(edits, generator=request.param) for edits in _batches()]
    return {
        (rule, change.kind, change.path)
        for each in found
        for rule, changes in each.items()
        for change in changes
    }


@pytest.mark.parametrize(
    ("rule", "kind", "path"), [c[2:] for c in CASES], ids=[c[0] for c in CASES]
)
def test_change_of_the_client_stands_beside_its_edit(
    explained: set[tuple[str, str, str]], rule: str, kind: str, path: str
) -> None:
    """Each edit of the contract lists its changes to the generated client."""
    assert (rule, kind, path) in explained


def test_renamed_operation_says_where_it_went() -> None:
    """A new operation id moves the module; the change names the new one."""
    edit = {"set": "/paths/~1calls~1{call_id}/get/operationId", "to": "fetch_call"}
    found = _changes([edit], generator=False)
    (change,) = found["operation-id-changed"]
    assert (change.path, change.after) == ("client.api.calls.get_call", "api.calls.fetch_call")


def test_renamed_operation_hits_what_imports_it(tmp_path: Path, voice_client: Path) -> None:
    """The import and the call of a renamed operation break when the client is regenerated."""
    program = tmp_path / "program.py"
    program.write_text(
        "from voice_client import Client\n"
        "from voice_client.api.calls import get_call\n"
        "get_call.sync('c', client=Client(base_url='x'))\n"
    )
    old, _ = corpus.documents("generated")
    new = corpus.edited(
        old, [{"set": "/paths/~1calls~1{call_id}/get/operationId", "to": "fetch_call"}]
    )
    compared = diff(load(old), load(new))
    report = analyse(compared, [tmp_path], voice_client, generator=False, cache=False)
    (finding,) = (f for f in report.findings if f.rule == "operation-id-changed")
    assert [(site.line, site.symbol) for site in finding.used] == [
        (2, "voice_client.api.calls.get_call"),
        (3, "sync"),
    ]


def test_widened_type_only_breaks_readers() -> None:
    """A widened type is harmless if it is only sent."""
    edit = {"set": f"{CREATE}/properties/label/type", "to": ["string", "null"]}
    found = _changes([edit], generator=False)
    levels = {change.level.label for changes in found.values() for change in changes}
    assert levels == {"info"}


def test_generator_that_is_missing_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """The error says what to install."""
    monkeypatch.setitem(__import__("sys").modules, "openapi_python_client", None)
    with pytest.raises(ContractError, match="pip install openapi-python-client"):
        _changes([{"remove": f"{CALL}/from"}], generator=True)
