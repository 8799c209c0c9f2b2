"""Wrong inputs and wrong tools have different errors of one line."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from tests.pipeline.trees import (
    PATCH,
    SNAPSHOTS,
    TABLE,
    Change,
    execute,
    findings,
    nowhere,
    remove,
    replace,
    run,
    write,
)
from tests.request_bodies import contract

import generate
from trunkline_pipeline.errors import PipelineError


@pytest.mark.parametrize(
    ("change", "named"),
    [
        (
            write("api-contracts/templates/model.py.jinja", "{% if %}"),
            "{}/api-contracts/templates/model.py.jinja, line 1: Expected an expression",
        ),
        (
            remove("api-contracts/templates/coding.jinja"),
            "{}/api-contracts/templates: TemplateNotFound: coding.jinja",
        ),
        (
            replace(PATCH, "actions:", "actions: [oops]\nx-old:"),
            f"{{}}/{PATCH}: an action is an object, not 'oops'",
        ),
        (
            replace(PATCH, "    update:", "    updat:"),
            "ToolDefinition.properties.name has no member 'updat'",
        ),
        (
            replace(TABLE, 'patches = ["patches/pamela.overlay.yaml"]', 'patches = "p"'),
            f"{{}}/{TABLE}: pamela: patches must be a list",
        ),
        (
            replace(TABLE, "[contracts.pamela]", "[contracts]\nold = 1\n[contracts.pamela]"),
            "old must be a table",
        ),
    ],
)
def test_an_input_that_cannot_be_read_is_named(tree: Path, change: Change, named: str) -> None:
    """A mistake in one of our files is an error with its location."""
    change(tree)
    with pytest.raises(PipelineError) as caught:
        findings(tree, "packages")
    assert named.format(tree) in str(caught.value)


def test_a_patch_that_no_longer_fits_is_named(
    tree: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A correction of something that the vendor changed is an error, not a no-op."""
    patch = "api-contracts/patches/pamela.overlay.yaml"
    replace(patch, "$.components.schemas.ToolInput.", "$.components.schemas.Gone.")(tree)
    code, output = run(tree, capsys)
    assert code == 1
    target = "$.components.schemas.Gone.properties.name"
    assert f"{tree / patch}: the target {target} selects nothing" in output
    assert "Traceback" not in output


def test_what_the_generator_drops_is_a_finding(tree: Path) -> None:
    """With a warning, or silently as for two operation ids with one Python name."""
    nowhere(tree)
    operations = list(contract("pamela")[1])
    named = re.compile(rf'(operationId"?: "?){operations[0]}\b')
    replace(SNAPSHOTS["pamela"], named, rf"\1{operations[1].upper()}")(tree)
    remove("generated/trunkline_generated/whispey/py.typed")(tree)
    found = findings(tree, "packages")
    rules = {(each.rule, each.file) for each in found}
    assert ("generator/warning", SNAPSHOTS["phone-ai"]) in rules
    assert ("derived/missing", "generated/trunkline_generated/whispey/py.typed") in rules
    texts = {each.message for each in found}
    count = len(operations)
    assert f"{count} operations in the document, {count - 1} endpoint modules generated" in texts


def test_a_generator_warning_writes_nothing(
    tree: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Incomplete packages do not overwrite complete ones."""
    nowhere(tree)
    output = tmp_path / "output"
    assert generate.main(["--contracts", str(tree / TABLE), "--output", str(output)]) == 1
    assert f"{Path(SNAPSHOTS['phone-ai']).name}: the generator warns" in capsys.readouterr().err
    assert not output.exists()


def fake_ruff(folder: Path, source: str) -> str:
    (folder / "ruff").mkdir(parents=True)
    (folder / "ruff" / "__init__.py").write_text(source)
    return str(folder)


def test_a_missing_ruff_is_loud(tree: Path) -> None:
    """Without the formatter nothing can be compared, so the check fails."""
    done = execute(tree, PYTHONPATH=fake_ruff(tree / "fake", "raise ImportError('no ruff')"))
    assert (done.returncode, done.stdout) == (2, "")
    assert "ruff is not installed" in done.stderr


def test_another_ruff_is_refused(tree: Path) -> None:
    """Another version of the formatter would give other bytes."""
    program = tree / "ruff-of-tomorrow"
    program.write_text("#!/bin/sh\necho ruff 99.0.0\n")
    program.chmod(0o755)
    source = f"def find_ruff_bin():\n    return {str(program)!r}\n"
    done = execute(tree, PYTHONPATH=fake_ruff(tree / "fake", source))
    assert done.returncode == 2
    assert "ruff 99.0.0 is installed, but contracts.toml pins" in done.stderr


@pytest.mark.parametrize("body", ["echo broken >&2; exit 1", "exit 0"])
def test_a_broken_ruff_is_refused(tree: Path, body: str) -> None:
    """A formatter that cannot print its version is a wrong tool, not a wrong input."""
    write("ruff-of-yesterday", f"#!/bin/sh\n{body}\n")(tree)
    program = tree / "ruff-of-yesterday"
    program.chmod(0o755)
    source = f"def find_ruff_bin():\n    return {str(program)!r}\n"
    done = execute(tree, PYTHONPATH=fake_ruff(tree / "fake", source))
    assert done.returncode == 2
    assert "install the locked tools" in done.stderr


def test_another_generator_is_refused(tree: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The generator's version is pinned as exactly as the formatter's."""
    pin = 'openapi-python-client = "'
    replace("api-contracts/contracts.toml", pin, f"{pin}1.")(tree)
    code, output = run(tree, capsys)
    assert code == 2
    assert "openapi-python-client" in output


def test_surroundings_change_nothing(tree: Path) -> None:
    """Configuration in parent folders, PATH and the hash seed do not affect the bytes."""
    hostile = 'line-length = 40\n[lint]\nselect = ["ALL"]\n[format]\nquote-style = "single"\n'
    (tree / "ruff.toml").write_text(hostile)
    (tree / "bin").mkdir()
    program = tree / "bin" / "ruff"
    program.write_text("#!/bin/sh\nexit 0\n")
    program.chmod(0o755)
    (tree / "tmp").mkdir()
    path = f"{tree / 'bin'}{os.pathsep}{os.environ['PATH']}"
    done = execute(tree, PATH=path, TMPDIR=str(tree / "tmp"), PYTHONHASHSEED="1")
    assert (done.returncode, done.stdout) == (0, "contract check: all is up to date\n")
