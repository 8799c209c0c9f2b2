"""Code written for a new provider, without the generator; `make soak` writes and checks one."""

from __future__ import annotations

import ast
import json
import sys
from copy import deepcopy
from types import ModuleType
from typing import TYPE_CHECKING, Any

import pytest
from tests.pipeline.adopting.changed import HERE

from trunkline.webhooks import WebhookVerificationError
from trunkline_pipeline.adopting.edits.added import Writer
from trunkline_pipeline.adopting.provider import package, pages, provider, registrations, webhooks
from trunkline_pipeline.adopting.provider.identity import Identity, identity_of
from trunkline_pipeline.checks.contract.operations import contract_operations
from trunkline_pipeline.errors import PipelineError
from trunkline_pipeline.inputs import documents

if TYPE_CHECKING:
    from pathlib import Path

ACME = documents.read(HERE / "acme.yaml")
FOLDERS = {each.key[1]: "calls" for each in contract_operations("acme_voice", ACME)}


@pytest.fixture
def acme() -> Identity:
    return identity_of("acme-voice", ACME)


def groups(acme: Identity) -> list[package.Group]:
    return package.groups_of(acme, ACME, Writer(acme.package, ACME, FOLDERS))


def test_an_integer_in_a_path_has_no_sign_and_says_so(acme: Identity) -> None:
    """The contract does not say so, so the bound is declared in the decorator."""
    document = deepcopy(ACME)
    (parameter,) = document["paths"]["/calls/{callId}"]["parameters"]
    parameter["schema"] = {"type": "integer"}
    writer = Writer(acme.package, document, FOLDERS)
    (calls, _) = package.groups_of(acme, document, writer)
    (read,) = (each.method for _, each in calls.methods if each.name == "get")
    assert '@operation(get_call, bounds={"call_id": "an id has no sign"})' in read
    assert 'bounded_int("call_id", call_id, 0)' in read
    parameter["schema"] = {"type": "integer", "minimum": 1}
    writer = Writer(acme.package, document, FOLDERS)
    (calls, _) = package.groups_of(acme, document, writer)
    (read,) = (each.method for _, each in calls.methods if each.name == "get")
    assert "@operation(get_call)" in read
    assert 'bounded_int("call_id", call_id, 1)' in read


def test_a_provider_is_named_after_its_contract(acme: Identity) -> None:
    """The package, the client and the variables are named after the contract."""
    assert (acme.package, acme.client, acme.env) == ("acme_voice", "AcmeVoice", "ACME_VOICE")
    assert acme.base_url == "https://api.acme.example/v2"
    assert acme.scheme["name"] == "X-Acme-Key"


@pytest.mark.parametrize("name", ["Acme", "acme_voice", "1acme", "acme--voice", "../acme"])
def test_an_unusable_name_is_refused(name: str) -> None:
    """The message says what a name may contain."""
    with pytest.raises(PipelineError, match="lower-case words joined by hyphens"):
        identity_of(name, ACME)


def test_a_document_without_a_server_is_refused() -> None:
    """The client would have no base URL."""
    with pytest.raises(PipelineError, match="name the production server"):
        identity_of("acme", {**ACME, "servers": []})


def test_every_operation_becomes_a_documented_method(acme: Identity, tmp_path: Path) -> None:
    """Methods are grouped by tag, have the contract's arguments, and are valid Python."""
    found = groups(acme)
    assert {each.attribute: [m.name for _, m in each.methods] for each in found} == {
        "calls": ["list", "create", "get", "cancel"],
        "numbers": ["list", "route"],
    }
    package.write(tmp_path, acme, found, package.models_of(found))
    source = (tmp_path / "overlay/trunkline/acme_voice/_async/calls.py").read_text("utf-8")
    classes = [each for each in ast.parse(source).body if isinstance(each, ast.ClassDef)]
    functions = {
        each.name: each
        for each in classes[0].body
        if isinstance(each, ast.FunctionDef | ast.AsyncFunctionDef)
    }
    taken = {n: [a.arg for a in f.args.kwonlyargs] for n, f in functions.items()}
    assert taken["list"] == ["cursor", "limit", "status", "since"]
    assert taken["create"] == ["to", "agent", "language", "max_minutes", "metadata"]
    assert [a.arg for a in functions["get"].args.args] == ["self", "call_id"]
    for each in functions.values():
        assert "(operation ``" in (ast.get_docstring(each) or "")
    assert 'page_reader("calls", has_more="has_more", next_cursor="next_cursor")' in source
    provider = (tmp_path / "overlay/trunkline/acme_voice/_provider.py").read_text("utf-8")
    assert 'key_header="X-Acme-Key"' in provider


def test_a_resource_has_a_name_that_no_model_has(acme: Identity) -> None:
    """The sync class of a tag ``calls`` would hide the model ``Calls``."""
    assert [each.name for each in groups(acme)] == ["CallsAPI", "Numbers"]


def test_what_a_body_needs_is_needed(acme: Identity) -> None:
    """Also if the document does not mark the body itself as required."""
    (route,) = (m.method for _, m in groups(acme)[1].methods if m.name == "route")
    assert "(self, number: str, *, agent: str, **extra" in route


def test_what_the_generator_leaves_out_is_left_out(acme: Identity) -> None:
    """The generator warns; a missing module cannot be imported."""
    known = dict.fromkeys(("list_calls", "create_call", "list_numbers", "route_number"), "calls")
    found = package.groups_of(acme, ACME, Writer(acme.package, ACME, known))
    assert [m.name for each in found for _, m in each.methods] == [
        "list",
        "create",
        "list",
        "route",
    ]


def test_no_written_line_is_too_long(acme: Identity) -> None:
    """Long names are imported from their package; long summaries go below a short one."""
    document = json.loads(json.dumps(ACME).replace("CallRequest", "Call" * 15 + "Request"))
    create = document["paths"]["/calls"]["post"]
    create["summary"] = "start a call with the agent of this name, " * 3
    writer = Writer(acme.package, document, FOLDERS)
    (calls, _) = package.groups_of(acme, document, writer)
    (written,) = (m for _, m in calls.methods if m.name == "create")
    assert ("trunkline_generated.acme_voice.models", "Call" * 15 + "Request") in written.imports
    assert '"""Create call (operation ``createCall``).\n\n' in written.method
    assert "\n        Start a call with the agent" in written.method
    lines = written.method.partition('"""')[2].rpartition('"""')[0].splitlines()
    assert max(map(len, lines)) <= 100


def test_events_are_read_by_their_types(acme: Identity, tmp_path: Path) -> None:
    """The written module parses a payload, and an event that the contract does not have."""
    for name in ("events", "providers"):
        (tmp_path / "overlay/trunkline/webhooks" / name).mkdir(parents=True)
    left = list(webhooks.write(tmp_path, acme, ACME))
    assert [each.breaking for each in left] == [True]
    assert "X-Acme-Signature" in left[0].text
    module: Any = ModuleType("acme_events")
    sys.modules["acme_events"] = module
    text = (tmp_path / "overlay/trunkline/webhooks/events/acme_voice.py").read_text("utf-8")
    exec(compile(text, "acme_events", "exec"), module.__dict__)
    payload = {"type": "call.ended", "id": "d1", "call": {"call_id": "c1", "seconds": 61.0}}
    event = module.parse(payload)
    assert (type(event).__name__, event.id, event.seconds) == ("CallEnded", "d1", 61)
    assert event.payload == payload
    assert module.parse({"type": "call.begun"}).event == "call.begun"
    with pytest.raises(WebhookVerificationError):
        module.parse([])


def test_the_page_names_methods_and_results(acme: Identity) -> None:
    """Rows have the format that the contract check compares with the signatures."""
    found = groups(acme)
    for each in found:
        for operation, written in each.methods:
            row = pages.row_of(operation, written, ACME)
            assert row.startswith(f"| `{written.attribute_path}(")
    operation, written = found[0].methods[1]
    assert pages.call_of(operation, written, ACME) == (
        'calls.create(to="+15550000227", agent="agent")'
    )


def test_the_other_pages_name_it(acme: Identity, repository: Path, tmp_path: Path) -> None:
    """The webhook is in the table and the reference; the sandbox page exports its variables."""
    (tmp_path / "docs").mkdir()
    for name in ("docs/models.md", "docs/sandbox.md", "docs/webhooks.md", "mkdocs.yml"):
        (tmp_path / name).write_bytes((repository / name).read_bytes())
    (tmp_path / "CHANGELOG.md").write_bytes((repository / "CHANGELOG.md").read_bytes())
    pages.write(tmp_path, acme, ACME, groups(acme))
    sandbox = (tmp_path / "docs/sandbox.md").read_text("utf-8")
    assert "\nexport ACME_VOICE_BASE_URL=http://127.0.0.1:8700/acme-voice\n" in sandbox
    webhooks_ = (tmp_path / "docs/webhooks.md").read_text("utf-8")
    assert "`PhoneAIEvent`, `AcmeVoiceEvent`" in webhooks_
    assert "\n| Acme Voice | `AcmeVoiceWebhook` | " in webhooks_
    assert "\n::: trunkline.webhooks.AcmeVoiceWebhook\n" in webhooks_


def test_a_table_that_moved_is_named(acme: Identity, repository: Path, tmp_path: Path) -> None:
    """If a registration cannot be inserted, the error names it; nothing is left half done."""
    for name in ("overlay/trunkline/__init__.py", "pyproject.toml"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        text = (repository / name).read_text(encoding="utf-8")
        (tmp_path / name).write_text(text.replace("_SUBMODULES = (", "_MODULES = ("))
    with pytest.raises(PipelineError, match="enter the provider by hand"):
        registrations.register(tmp_path, acme, [], webhooks=False)


@pytest.mark.parametrize("name", ["errors", "pamela", "webhooks"])
def test_a_name_of_the_package_is_refused(repository: Path, name: str) -> None:
    """It would be overwritten; a folder with only bytecode may be reused."""
    gone = repository / "overlay" / "trunkline" / "gone" / "__pycache__"
    gone.mkdir(parents=True, exist_ok=True)
    provider.refuse_taken(repository, identity_of("gone", ACME))
    with pytest.raises(PipelineError, match=r"choose another name|is a contract already"):
        provider.refuse_taken(repository, identity_of(name, ACME))
