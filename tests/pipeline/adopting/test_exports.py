"""Former names of exported models, after one adoption and after several."""

from __future__ import annotations

import ast
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from trunkline_pipeline.adopting import comparing
from trunkline_pipeline.adopting.edits import exports, names

if TYPE_CHECKING:
    from pathlib import Path

DOCUMENT: dict[str, Any] = {"openapi": "3.1.0", "info": {"title": "A", "version": "1"}, "paths": {}}
MODELS = "trunkline_generated.acme.models"
PACKAGE = f"""from typing import TYPE_CHECKING

from trunkline._lazy import lazy

if TYPE_CHECKING:
    from {MODELS} import CallLog, VoiceSession

_EXPORTS = {{}}
_MODELS = "{MODELS}"

__all__ = [
    "CallLog",
    "VoiceSession",
]

if not TYPE_CHECKING:
    __getattr__, __dir__ = lazy(globals(), _EXPORTS, _MODELS)
"""


@pytest.mark.parametrize(
    ("renames", "former"),
    [
        ([{"CallLog": "CallRecord"}], {"CallLog": "CallRecord"}),
        (
            [{"CallLog": "CallRecord"}, {"CallRecord": "CallEntry"}],
            {"CallLog": "CallEntry", "CallRecord": "CallEntry"},
        ),
        ([{"CallLog": "CallRecord"}, {"CallRecord": "CallLog"}], {"CallRecord": "CallLog"}),
        (
            [{"CallLog": "CallRecord"}, {"VoiceSession": "Session"}],
            {"CallLog": "CallRecord", "VoiceSession": "Session"},
        ),
        ([{"CallLogList": "CallLogPage"}], {}),
    ],
)
def test_every_former_name_leads_to_the_one_of_today(
    tmp_path: Path, renames: list[dict[str, str]], former: dict[str, str]
) -> None:
    """A name that comes back is not a former one: using it would warn forever."""
    file = tmp_path / "overlay" / "trunkline" / "acme" / "__init__.py"
    file.parent.mkdir(parents=True)
    file.write_text(PACKAGE, encoding="utf-8")
    for schemas in renames:
        follow(tmp_path, file, schemas)
    text = file.read_text(encoding="utf-8")
    assert table(text) == former
    assert (", renamed=_RENAMED)" in text) is bool(former)
    aliases = [each for each in text.splitlines() if each.startswith("    ") and " = " in each]
    assert [each for each in aliases if "lazy" not in each] == [
        f"    {old} = {new}" for old, new in former.items()
    ]


def follow(root: Path, file: Path, schemas: dict[str, str]) -> None:
    renames = {f"{MODELS}.{old}": f"{MODELS}.{new}" for old, new in schemas.items()}
    file.write_text(names.renamed(file.read_text(encoding="utf-8"), renames), encoding="utf-8")
    exports.follow(root, replace(comparing.compared("acme", DOCUMENT, DOCUMENT), schemas=schemas))


def table(text: str) -> dict[str, str]:
    for each in ast.parse(text).body:
        if isinstance(each, ast.Assign) and ast.unparse(each.targets[0]) == "_RENAMED":
            return ast.literal_eval(each.value)
    return {}
