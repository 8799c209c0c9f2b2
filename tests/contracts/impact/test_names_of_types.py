"""Names of types in code: quoted, through an alias, or by a member of an enum."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest
from tests.contracts.impact import corpus

from trunkline.contracts import Report, diff, load
from trunkline.contracts.impact import analyse

if TYPE_CHECKING:
    from pathlib import Path

ALIASES = """\
from __future__ import annotations
from typing import Dict, Generic, TypeAlias, TypeVar, Union
from voice_client.models import Call
T = TypeVar("T")
Named: TypeAlias = "Call"
Table: TypeAlias = "dict[str, list[Named]]"
ById = Dict[str, T]
Tree: TypeAlias = "Union[Call, dict[str, Tree]]"
class Holder(Generic[T]):
    def __init__(self, inner: T) -> None:
        self.inner = inner
def one(call: Named, table: Table, found: ById[Call], tree: Tree, held: Holder[Named]) -> None:
    print(call.recording_url)  #!
    print([each.recording_url for calls in table.values() for each in calls])  #!
    print(found["a"].recording_url)  #!
    print(held.inner.recording_url)  #!
    if isinstance(tree, Call):
        print(tree.recording_url)  #!
"""
STATEMENTS = """\
from voice_client.models import Call
type Named = Call
type Table[T] = dict[str, list[T]]
type Tree = Call | dict[str, Tree]
class Holder[T]:
    def __init__(self, inner: T) -> None:
        self.inner = inner
def one(call: Named, table: Table[Call], held: Holder[Named]) -> None:
    print(call.recording_url)  #!
    print([each.recording_url for calls in table.values() for each in calls])  #!
    print(held.inner.recording_url)  #!
"""


def _report(code: Path, client: Path, old: dict[str, object], new: dict[str, object]) -> Report:
    compared = diff(load(old), load(new))
    return analyse(compared, [code], client, generator=False, cache=False)


def _lines(report: Report, label: str) -> set[tuple[str, int, str]]:
    return {
        (site.file.rpartition("/")[2], site.line, str(site.confidence))
        for finding in report.findings
        if corpus.label(finding) == label
        for site in finding.used
    }


def _marked(text: str, file: str = "user.py") -> set[tuple[str, int, str]]:
    lines = enumerate(text.splitlines(), 1)
    return {(file, number, "certain") for number, line in lines if line.endswith("#!")}


def test_aliases_are_followed(tmp_path: Path, voice_client: Path) -> None:
    """Quoted ones, generic ones, and one that names itself."""
    (tmp_path / "user.py").write_text(ALIASES)
    report = _report(tmp_path, voice_client, *corpus.documents("generated"))
    assert _lines(report, "recordingUrl") == _marked(ALIASES)
    assert not report.skipped


@pytest.mark.skipif(sys.version_info < (3, 12), reason="the interpreter must read the statement")
def test_type_statements_are_followed(tmp_path: Path, voice_client: Path) -> None:
    """`type X = …` with and without parameters."""
    (tmp_path / "user.py").write_text(STATEMENTS)
    report = _report(tmp_path, voice_client, *corpus.documents("generated"))
    assert _lines(report, "recordingUrl") == _marked(STATEMENTS)


def test_a_quoted_name_means_the_class_of_its_own_module(
    tmp_path: Path, voice_client: Path
) -> None:
    """The same quoted name in two modules may mean two classes."""
    own = "import voice_client\nclass Call:\n    recording_url = ''\n"
    show = "def show(call: 'Call') -> None:\n    print(call.recording_url)  #!\n"
    user = f"from voice_client.models import Call\n{show}"
    for name, text in (("a.py", own + show), ("b.py", user), ("c.py", own + show)):
        (tmp_path / name).write_text(text)
    report = _report(tmp_path, voice_client, *corpus.documents("generated"))
    assert _lines(report, "recordingUrl") == _marked(user, "b.py")


def test_a_member_is_gone_that_only_came_in_answers(tmp_path: Path, voice_client: Path) -> None:
    """Nothing breaks on the wire, but the new client does not have the name."""
    user = "from voice_client.models import CallStatus as S\nprint(S.ACTIVE)\nx = S.RINGING  #!\n"
    (tmp_path / "user.py").write_text(user)
    old, _ = corpus.documents("generated")
    del old["paths"]["/calls"]["get"]["parameters"]
    values = ["queued", "active", "completed", "failed"]
    path = "/components/schemas/CallStatus/enum"
    new = corpus.edited(old, [{"set": path, "to": values}])
    report = _report(tmp_path, voice_client, old, new)
    assert [finding.level.label for finding in report.findings] == ["info"]
    assert _lines(report, "ringing") == _marked(user)
