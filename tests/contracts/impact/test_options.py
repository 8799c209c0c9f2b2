from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from tests.contracts.impact import corpus

from trunkline.contracts import Confidence, ContractError, Report, diff, load
from trunkline.contracts.impact import analyse
from trunkline.contracts.impact.client import synthetic
from trunkline.contracts.impact.surface import objects
from trunkline.contracts.impact.surface.generate import generated

if TYPE_CHECKING:
    from pathlib import Path


def _sites(report: Report) -> list[tuple[str, str, int, int, Confidence]]:
    return sorted(
        (finding.fingerprint, site.file, site.line, site.column, site.confidence)
        for finding in report.findings
        for site in finding.used
    )


def _compared() -> Report:
    old, new = corpus.documents("generated")
    return diff(load(old), load(new))


def _read_by_name(code: Path, client: Path, cache: Path) -> Report:
    return analyse(_compared(), [code], client, generator=False, cache=cache)


def test_cached_run_finds_the_same(tmp_path: Path, voice_client: Path) -> None:
    """The second run reads the cache and finds the same sites."""
    code = corpus.programs("generated")
    runs = [
        analyse(_compared(), code, voice_client, generator=False, cache=tmp_path) for _ in range(2)
    ]
    assert _sites(runs[0]) == _sites(runs[1])
    assert list(tmp_path.rglob("*.json"))


def test_changed_file_is_read_again(tmp_path: Path, voice_client: Path) -> None:
    """The cache is keyed by content: an edit of the code is seen at once."""
    program = tmp_path / "code" / "user.py"
    program.parent.mkdir()
    text = "from voice_client.models import Call\ndef show(call: Call): print(call.{})\n"
    found: list[int] = []
    for attribute in ("recording_url", "id", "recording_url"):
        program.write_text(text.format(attribute))
        report = analyse(
            _compared(), [program], voice_client, generator=False, cache=tmp_path / "cache"
        )
        found.append(sum(len(finding.used) for finding in report.findings))
    assert found == [1, 0, 1]


def test_changed_helper_is_seen_where_it_is_used(tmp_path: Path, voice_client: Path) -> None:
    """An unchanged file is analysed anew when a module that it imports has changed."""
    (tmp_path / "user.py").write_text("from helper import call\nprint(call().price)\n")
    found: list[int] = []
    for result in ("Call", "Number"):
        (tmp_path / "helper.py").write_text(
            f"from voice_client.models import {result}\ndef call() -> {result}: ...\n"
        )
        report = analyse(
            _compared(), [tmp_path], voice_client, generator=False, cache=tmp_path / ".cache"
        )
        found.append(sum(len(finding.used) for finding in report.findings))
    assert found == [1, 0]


def test_damaged_cache_counts_as_empty(tmp_path: Path, voice_client: Path) -> None:
    """A cache that is not JSON, or has other contents, changes nothing."""
    code = corpus.programs("generated")
    first = analyse(_compared(), code, voice_client, generator=False, cache=tmp_path)
    (kept,) = tmp_path.rglob("*.json")
    for text in (
        "{",
        "[]",
        json.dumps({key: {"calls": 1} for key in json.loads(kept.read_text())}),
    ):
        kept.write_text(text)
        assert _sites(
            analyse(_compared(), code, voice_client, generator=False, cache=tmp_path)
        ) == _sites(first)


def test_cache_keeps_no_texts_of_the_code(tmp_path: Path, voice_client: Path) -> None:
    """String literals in the code, such as API keys, are not written to the cache."""
    program = tmp_path / "user.py"
    program.write_text(
        "from voice_client import AuthenticatedClient\n"
        "client = AuthenticatedClient(base_url='x', token='sk-very-secret')\n"
    )
    analyse(_compared(), [program], voice_client, generator=False, cache=tmp_path / "cache")
    assert all("very-secret" not in p.read_text() for p in (tmp_path / "cache").rglob("*.json"))


def test_cache_can_be_turned_off(
    tmp_path: Path, voice_client: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without a cache nothing is written."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    code = corpus.programs("generated")
    analyse(_compared(), code, voice_client, generator=False, cache=False)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("generator", [True, False], ids=["generator", "naming rules"])
def test_client_that_is_not_installed(*, generator: bool, voice_client: Path) -> None:
    """The import name alone is enough: the client's contents follow from the old contract."""
    code = corpus.programs("generated")
    named = analyse(_compared(), code, "voice_client", generator=generator, cache=False)
    assert _sites(named) == _sites(analyse(_compared(), code, voice_client, cache=False))


def test_client_inside_the_code(tmp_path: Path, voice_client: Path) -> None:
    """A client generated into the consumer's own package is found there."""
    import shutil

    package = tmp_path / "backend"
    package.mkdir()
    (package / "__init__.py").touch()
    shutil.copytree(voice_client, package / "voice_client")
    (package / "far.py").write_text(
        "from backend.voice_client.models import Call\ndef f(c: Call): return c.price\n"
    )
    (package / "near.py").write_text(
        "from .voice_client.models.call import Call\ndef f(c: Call): return c.price\n"
    )
    client = package / "voice_client"
    report = analyse(_compared(), [tmp_path], client, generator=False, cache=False)
    files = {site.file.rpartition("/")[2] for f in report.findings for site in f.used}
    assert files == {"far.py", "near.py"}


def test_code_without_a_client_needs_a_name(tmp_path: Path) -> None:
    """If no package of this project fits the contract, the error says what to pass."""
    with pytest.raises(ContractError, match="name it with `client`"):
        analyse(_compared(), [tmp_path], cache=False)


def test_overlay_methods_are_named() -> None:
    """A finding names the methods of the overlay through which its operations are called."""
    report = corpus.report("overlay", *corpus.documents("overlay"), generator=False)
    (finding,) = (f for f in report.findings if f.rule == "operation-removed")
    assert {name.rpartition(".")[2] for name in finding.overlay} >= {"cancel", "cancel_call"}


def test_function_around_a_line_is_named(tmp_path: Path, voice_client: Path) -> None:
    """A call site in a method has its qualified name, one outside functions has none."""
    (tmp_path / "user.py").write_text(
        "from voice_client.models import Call\n"
        "class Bill:\n    def total(self, c: Call): return c.price\n"
        "print(Call(id='1').price)\n"
    )
    report = analyse(_compared(), [tmp_path], voice_client, generator=False, cache=False)
    functions = {
        (s.line, s.function) for f in report.findings for s in f.used if ".price" in s.code
    }
    assert functions == {(3, "Bill.total"), (4, "")}


def test_change_that_no_finding_explains_is_kept(voice_client: Path) -> None:
    """The client's changes are kept when no finding can hold them."""
    full = analyse(_compared(), [], voice_client, generator=False, cache=False)
    explained = {change.path for finding in full.findings for change in finding.python}
    empty = replace(_compared(), findings=())
    report = analyse(empty, [], voice_client, generator=False, cache=False)
    assert explained
    assert {change.path for change in report.python} >= explained


def test_result_does_not_depend_on_the_order_of_paths(voice_client: Path) -> None:
    """The report is the same for any order of the paths."""
    code = corpus.programs("generated")
    there = analyse(_compared(), code, voice_client, generator=False, cache=False)
    back = analyse(_compared(), reversed(code), voice_client, generator=False, cache=False)
    assert there == back


@pytest.mark.parametrize(
    "name", ["pamela", "phone_ai", "stateset_voice_public", "whispey", "whispey_ingest"]
)
def test_naming_rules_agree_with_the_generator(name: str, tmp_path: Path) -> None:
    """Modules, classes, attributes and arguments are named as the generator names them."""
    document = json.loads((corpus.PAMELA.parents[1] / name / "openapi.json").read_text())
    synthetic.write(document, tmp_path)
    ours = objects.read(tmp_path)
    with generated(document, "client", generator=True, label=name) as folder:
        theirs = objects.read(folder)
    assert _names(ours) >= _names(theirs)


def _names(modules: dict[str, objects.Module]) -> set[str]:
    found = set(modules)
    for module, each in modules.items():
        for name, member in each.members.items():
            found.add(f"{module}.{name}")
            if isinstance(member, objects.Class):
                found |= {f"{module}.{name}.{attribute}" for attribute in member.attributes}
            elif isinstance(member, objects.Function):
                found |= {f"{module}.{name}({p.name})" for p in member.parameters}
    return found


def test_another_result_of_one_operation_leaves_others_certain(
    tmp_path: Path, voice_client: Path
) -> None:
    """If one operation returns another schema, reads of the old class are only possible hits."""
    (tmp_path / "user.py").write_text(
        "from voice_client.models import Call\ndef f(c: Call): return c.price\n"
    )
    pointer = (
        "/paths/~1calls~1{call_id}~1hangup/post/responses/200/content/application~1json/schema"
    )
    old, _ = corpus.documents("generated")
    new = corpus.edited(old, [{"set": pointer, "to": {"$ref": "#/components/schemas/Message"}}])
    compared = diff(load(old), load(new))
    report = analyse(compared, [tmp_path], voice_client, generator=False, cache=False)
    sites = [site for finding in report.findings for site in finding.used]
    assert [(site.line, site.confidence) for site in sites] == [(2, Confidence.POSSIBLE)]
