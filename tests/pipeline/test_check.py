"""The contract check is itself checked: it passes on a fresh tree and fails on any change."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from tests.pipeline.trees import (
    GENERATED,
    ROOT,
    Change,
    findings,
    flip,
    remove,
    replace,
    run,
    write,
)

from trunkline_pipeline.checks import reports
from trunkline_pipeline.inputs import manifest, openapi_overlay, pins

if TYPE_CHECKING:
    from pathlib import Path


STATESET = f"{GENERATED}/stateset_voice_public"


@pytest.mark.parametrize(
    ("checked", "change", "named", "repair"),
    [
        (
            "pins packages",
            replace("api-contracts/pamela.yaml", "Queues a call", "Queuez a call"),
            ["pamela.yaml: sha256", f"{GENERATED}/pamela/openapi.json: it is not"],
            ["make repin", "make generate"],
        ),
        (
            "packages",
            replace(
                "api-contracts/patches/pamela.overlay.yaml", "harmless: true", "harmless: false"
            ),
            [f"{GENERATED}/pamela/models/tool_", "repr=_mask"],
            ["make generate"],
        ),
        (
            "packages",
            flip(f"{STATESET}/client.py"),
            [f"{STATESET}/client.py: it is not"],
            ["make generate"],
        ),
        (
            "packages",
            write(f"{STATESET}/stray.py"),
            [f"{STATESET}/stray.py: nothing"],
            ["make generate"],
        ),
        (
            "packages",
            remove(f"{STATESET}/py.typed"),
            [f"{STATESET}/py.typed: it is missing"],
            ["make generate"],
        ),
        (
            "twins",
            flip("overlay/trunkline/stateset_voice/_sync/client.py"),
            ["overlay/trunkline/stateset_voice/_sync/client.py: it is not"],
            ["make generate"],
        ),
        (
            "resources",
            replace("overlay/trunkline/pamela/_async/resources/calls.py", "self.get ", "self.got "),
            ["overlay/trunkline/pamela/_async/resources/calls.py: it is not"],
            ["make generate"],
        ),
        (
            "resources",
            write("overlay/trunkline/pamela/_async/resources/stray.py", ""),
            ["overlay/trunkline/pamela/_async/resources/stray.py: nothing"],
            ["make generate"],
        ),
        (
            "pages",
            replace("pyproject.toml", '"session",\n', '"sessions",\n'),
            ["docs/assets/layers.svg: it is not", ">session<"],
            ["make generate"],
        ),
        (
            "pages",
            replace("docs/retries.md", "| no | no | yes |", "| no | no | no |"),
            ["docs/retries.md: it is not"],
            ["make generate"],
        ),
        (
            "exports",
            replace("overlay/trunkline/whispey/__init__.py", '    "TranscriptTurn",\n', ""),
            ["overlay/trunkline/whispey/__init__.py: it is not"],
            ["make generate"],
        ),
        (
            "exports",
            replace("docs/models.md", "::: trunkline.whispey.Export\n", ""),
            ["docs/models.md: it is not"],
            ["make generate"],
        ),
        (
            "twins",
            write("overlay/trunkline/_sync.py", ""),
            ["overlay/trunkline/_sync.py: nothing"],
            ["make generate"],
        ),
        (
            "twins",
            write("overlay/trunkline/pamela/_sync/notes.txt"),
            ["overlay/trunkline/pamela/_sync/notes.txt: nothing"],
            ["make generate"],
        ),
        (
            "packages",
            write("generated/more/stray.py"),
            ["generated/more/stray.py: nothing"],
            ["remove it"],
        ),
    ],
    ids=[
        "snapshot",
        "patch",
        "generated",
        "stray",
        "missing",
        "twin",
        "raw",
        "stray-raw",
        "diagram",
        "retry-table",
        "exports",
        "models-page",
        "stray-twin",
        "stray-beside-twins",
        "stray-package",
    ],
)
def test_any_change_is_named_with_its_repair(
    tree: Path,
    checked: str,
    change: Change,
    named: list[str],
    repair: list[str],
) -> None:
    """The file, a diff where there is one, and the command to run."""
    change(tree)
    found = findings(tree, checked)
    output = reports.text(found, verbose=True)
    for text in named:
        file, _, message = text.partition(": ")
        assert re.search(f"{re.escape(file)}.*{re.escape(message)}", output)
    remedies = dict.fromkeys(finding.remedy.partition(" (")[0] for finding in found)
    assert list(remedies) == repair


def test_a_failed_check_says_what_and_how_to_repair_it(
    tree: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Exit code 1, everything that is wrong, and a command for each."""
    flip("overlay/trunkline/stateset_voice/_sync/client.py")(tree)
    replace("api-contracts/pamela.yaml", "Queues a call", "Queuez a call")(tree)
    code, output = run(tree, capsys)
    assert code == 1
    assert "it is not what is derived now" in output
    assert re.search("To repair pin/changed: make repin", output)
    assert re.search("To repair derived/changed.*: make generate", output)


def test_what_python_compiled_is_not_stray(tree: Path) -> None:
    """Importing the packages leaves files behind, which the check passes over."""
    for folder in ("generated", "overlay/trunkline/pamela/_sync"):
        write(f"{folder}/__pycache__/a.pyc")(tree)
    assert findings(tree, "packages twins") == []


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
