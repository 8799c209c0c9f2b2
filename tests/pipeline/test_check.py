"""The contract check passes on a fresh tree and fails on any change."""

from __future__ import annotations

import contextlib
import io
import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.pipeline.trees import (
    GENERATED,
    ROOT,
    SNAPSHOTS,
    Change,
    copied,
    flip,
    remove,
    replace,
    write,
)

import contract
from trunkline_pipeline.checks import reports
from trunkline_pipeline.checks.findings import from_json
from trunkline_pipeline.inputs import manifest, openapi_overlay, pins

if TYPE_CHECKING:
    from trunkline_pipeline.checks.findings import Finding


STATESET = f"{GENERATED}/stateset_voice_public"


#: Changes, with the texts in their findings, and the repair commands.
CHANGES: dict[str, tuple[Change, list[str], list[str]]] = {
    "snapshot": (
        replace(SNAPSHOTS["pamela"], "Queues a call", "Queuez a call"),
        [
            f"{Path(SNAPSHOTS['pamela']).name}: sha256",
            f"{GENERATED}/pamela/openapi.json: it is not",
        ],
        ["make repin", "make generate"],
    ),
    "patch": (
        replace("api-contracts/patches/pamela.overlay.yaml", "harmless: true", "harmless: false"),
        [f"{GENERATED}/pamela/models/tool_", "repr=_mask"],
        ["make generate"],
    ),
    "generated": (
        flip(f"{STATESET}/client.py"),
        [f"{STATESET}/client.py: it is not"],
        ["make generate"],
    ),
    "stray": (
        write(f"{STATESET}/stray.py"),
        [f"{STATESET}/stray.py: nothing"],
        ["make generate"],
    ),
    "missing": (
        remove(f"{STATESET}/py.typed"),
        [f"{STATESET}/py.typed: it is missing"],
        ["make generate"],
    ),
    "twin": (
        flip("overlay/trunkline/stateset_voice/_sync/client.py"),
        ["overlay/trunkline/stateset_voice/_sync/client.py: it is not"],
        ["make generate"],
    ),
    "raw": (
        replace("overlay/trunkline/pamela/_async/resources/calls.py", "self.get ", "self.got "),
        ["overlay/trunkline/pamela/_async/resources/calls.py: it is not"],
        ["make generate"],
    ),
    "stray-raw": (
        write("overlay/trunkline/pamela/_async/resources/stray.py", ""),
        ["overlay/trunkline/pamela/_async/resources/stray.py: nothing"],
        ["make generate"],
    ),
    "diagram": (
        replace("pyproject.toml", '"session",\n', '"sessions",\n'),
        ["docs/assets/layers.svg: it is not", ">session<"],
        ["make generate"],
    ),
    "retry-table": (
        replace("docs/retries.md", "| no | no | yes |", "| no | no | no |"),
        ["docs/retries.md: it is not"],
        ["make generate"],
    ),
    "exports": (
        replace("overlay/trunkline/whispey/__init__.py", '    "TranscriptTurn",\n', ""),
        ["overlay/trunkline/whispey/__init__.py: it is not"],
        ["make generate"],
    ),
    "models-page": (
        replace("docs/models.md", "::: trunkline.whispey.Export\n", ""),
        ["docs/models.md: it is not"],
        ["make generate"],
    ),
    "stray-twin": (
        write("overlay/trunkline/_sync.py", ""),
        ["overlay/trunkline/_sync.py: nothing"],
        ["make generate"],
    ),
    "stray-beside-twins": (
        write("overlay/trunkline/pamela/_sync/notes.txt"),
        ["overlay/trunkline/pamela/_sync/notes.txt: nothing"],
        ["make generate"],
    ),
    "stray-package": (
        write("generated/more/stray.py"),
        ["generated/more/stray.py: nothing"],
        ["remove it"],
    ),
}


@pytest.fixture(scope="module")
def failed(tmp_path_factory: pytest.TempPathFactory) -> tuple[int, list[Finding]]:
    """The exit code and the findings of one check on a tree with all changes."""
    tree, output = copied(tmp_path_factory.mktemp("changed")), io.StringIO()
    for change, _, _ in CHANGES.values():
        change(tree)
    for folder in ("generated", "overlay/trunkline/pamela/_sync"):
        write(f"{folder}/__pycache__/a.pyc")(tree)
    with contextlib.redirect_stdout(output):
        code = contract.main(["--root", str(tree), "--json"])
    return code, [from_json(each) for each in json.loads(output.getvalue())]


@pytest.mark.parametrize("name", CHANGES)
def test_any_change_is_named_with_its_repair(failed: tuple[int, list[Finding]], name: str) -> None:
    """The finding has the file, a diff if there is one, and the command to run."""
    _, named, repair = CHANGES[name]
    remedies = []
    for text in named:
        file, _, message = text.partition(": ")
        shown = re.compile(f"{re.escape(file)}.*{re.escape(message)}")
        about = [each for each in failed[1] if shown.search(reports.text([each], verbose=True))]
        assert about, text
        remedies += [each.remedy.partition(" (")[0] for each in about]
    assert list(dict.fromkeys(remedies)) == repair


def test_a_failed_check_says_what_and_how_to_repair_it(failed: tuple[int, list[Finding]]) -> None:
    """Exit code 1, every problem, and a command for each."""
    code, found = failed
    output = reports.text(found)
    assert code == 1
    assert "it is not what is derived now" in output
    assert re.search("To repair pin/changed: make repin", output)
    assert re.search("To repair derived/changed.*: make generate", output)


def test_what_python_compiled_is_not_stray(failed: tuple[int, list[Finding]]) -> None:
    """Importing the packages creates bytecode files, which the check ignores."""
    assert not [each for each in failed[1] if "__pycache__" in each.file]


def test_every_operation_is_generated() -> None:
    """Each operation of each contract has its endpoint module."""
    pinned = manifest.load(ROOT / "api-contracts" / "contracts.toml")
    for each in pinned.contracts:
        modules = list((ROOT / GENERATED / each.package / "api").glob("*/[!_]*.py"))
        assert (
            len(modules)
            == each.operations
            == len(list(pins.operations(openapi_overlay.patched(each))))
        )
