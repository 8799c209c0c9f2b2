"""The contract check is itself checked: it passes on a fresh tree and fails on any change."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.pipeline.trees import GENERATED, ROOT, Change, flip, remove, replace, run, write

from trunkline_pipeline.inputs import manifest, openapi_overlay, pins

if TYPE_CHECKING:
    from pathlib import Path


STATESET = f"{GENERATED}/stateset_voice_public"


def test_a_fresh_tree_passes(tree: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What is committed is what the contracts give."""
    assert run(tree, capsys) == (0, "contract check: all is up to date\n")


@pytest.mark.parametrize(
    ("change", "named", "repair"),
    [
        (
            replace("api-contracts/pamela.yaml", "Queues a call", "Queuez a call"),
            ["pamela.yaml: sha256", f"changed: {{}}/{GENERATED}/pamela/openapi.json"],
            ["make repin", "make generate"],
        ),
        (
            replace("api-contracts/patches/pamela.overlay.yaml", "CallStatus\n", "CallEventName\n"),
            [f"changed: {{}}/{GENERATED}/pamela/models/call_status.py", "-class CallStatus"],
            ["make generate"],
        ),
        (flip(f"{STATESET}/client.py"), [f"changed: {{}}/{STATESET}/client.py"], ["make generate"]),
        (write(f"{STATESET}/stray.py"), [f"stray: {{}}/{STATESET}/stray.py"], ["make generate"]),
        (remove(f"{STATESET}/py.typed"), [f"missing: {{}}/{STATESET}/py.typed"], ["make generate"]),
        (
            flip("overlay/trunkline/stateset_voice/_sync/client.py"),
            ["changed: {}/overlay/trunkline/stateset_voice/_sync/client.py"],
            ["make generate"],
        ),
        (
            replace("overlay/trunkline/pamela/_async/resources/calls.py", "self.get ", "self.got "),
            ["changed: {}/overlay/trunkline/pamela/_async/resources/calls.py"],
            ["make generate"],
        ),
        (
            write("overlay/trunkline/pamela/_async/resources/stray.py", ""),
            ["stray: {}/overlay/trunkline/pamela/_async/resources/stray.py"],
            ["make generate"],
        ),
        (
            replace("pyproject.toml", '"session",\n', '"sessions",\n'),
            ["changed: {}/docs/assets/layers.svg", ">session<"],
            ["make generate"],
        ),
        (
            write("overlay/trunkline/_sync.py", ""),
            ["stray: {}/overlay/trunkline/_sync.py"],
            ["make generate"],
        ),
        (
            write("overlay/trunkline/pamela/_sync/notes.txt"),
            ["stray: {}/overlay/trunkline/pamela/_sync/notes.txt"],
            ["make generate"],
        ),
        (
            write("generated/more/stray.py"),
            ["stray: {}/generated/more/stray.py"],
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
        "stray-twin",
        "stray-beside-twins",
        "stray-package",
    ],
)
def test_any_change_is_named_with_its_repair(
    tree: Path,
    capsys: pytest.CaptureFixture[str],
    change: Change,
    named: list[str],
    repair: list[str],
) -> None:
    """Exit code 1, the file, a diff where there is one, and the command to run."""
    change(tree)
    code, output = run(tree, capsys)
    assert code == 1
    for text in named:
        assert text.format(tree) in output
    for command in repair:
        assert f"To repair: {command}" in output


def test_what_python_compiled_is_no_stray(tree: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Importing the packages leaves files behind, which are nobody's fault."""
    for folder in ("generated", "overlay/trunkline/pamela/_sync"):
        write(f"{folder}/__pycache__/a.pyc")(tree)
    assert run(tree, capsys) == (0, "contract check: all is up to date\n")


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
