"""The contract check is itself checked: it passes on a fresh tree and fails on any change."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import contract
from trunkline_pipeline import check, contracts, packages, pins

if TYPE_CHECKING:
    from trunkline_pipeline.check import Finding

ROOT = Path(__file__).parents[2]
Change = Callable[[Path], None]


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A copy of everything that the check reads."""
    for name in ("api-contracts", "generated", "overlay"):
        ignored = shutil.ignore_patterns("__pycache__")
        shutil.copytree(ROOT / name, tmp_path / name, ignore=ignored)
    return tmp_path


def run(tree: Path, capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    code = contract.main(["--root", str(tree)])
    output = capsys.readouterr()
    return code, output.out + output.err


def flip(name: str) -> Change:
    def change(tree: Path) -> None:
        path = tree / name
        data = path.read_bytes()
        path.write_bytes(data[:-2] + bytes([data[-2] ^ 1]) + data[-1:])

    return change


def replace(name: str, old: str, new: str) -> Change:
    def change(tree: Path) -> None:
        text = (tree / name).read_text()
        assert old in text
        (tree / name).write_text(text.replace(old, new, 1))

    return change


def write(name: str, text: str = "A = 1\n") -> Change:
    def change(tree: Path) -> None:
        (tree / name).parent.mkdir(exist_ok=True)
        (tree / name).write_text(text)

    return change


def remove(name: str) -> Change:
    return lambda tree: (tree / name).unlink()


GENERATED = "generated/trunkline_generated"
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


PATCH = "api-contracts/patches/pamela.overlay.yaml"
TABLE = "api-contracts/contracts.toml"


@pytest.mark.parametrize(
    ("change", "named"),
    [
        (replace(PATCH, "Read from responses", "Taken from responses"), f"{PATCH}: sha256 is"),
        (replace(PATCH, "overlay: 1.0.0\n", "overlay: 1.0.0\n\n"), f"{PATCH}: sha256 is"),
        (
            replace("api-contracts/templates/README.md", "template", "Template"),
            "api-contracts/templates/README.md: sha256 is",
        ),
        (
            write("api-contracts/templates/stray.jinja"),
            "api-contracts/templates/stray.jinja: sha256 is",
        ),
        (
            remove("api-contracts/templates/README.md"),
            "api-contracts/templates/README.md: sha256 is missing",
        ),
        (write("api-contracts/more.yaml"), "unlisted: {}/api-contracts/more.yaml"),
        (
            write("api-contracts/patches/more.yaml"),
            "unlisted: {}/api-contracts/patches/more.yaml",
        ),
    ],
)
def test_any_change_of_the_inputs_is_named(tree: Path, change: Change, named: str) -> None:
    """Also one that changes nothing that is derived: text of a patch, a file that nobody reads."""
    assert not _pin_findings(tree / TABLE)
    change(tree)
    (finding,) = _pin_findings(tree / TABLE)
    (line,) = finding.lines
    assert named.format(tree) in line


def test_what_python_compiled_is_no_stray(tree: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Importing the packages leaves files behind, which are nobody's fault."""
    for folder in ("generated", "overlay/trunkline/pamela/_sync"):
        write(f"{folder}/__pycache__/a.pyc")(tree)
    assert run(tree, capsys) == (0, "contract check: all is up to date\n")


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ("https://api.thisispamela.com", "https://evil.example", "base_url is 'https://evil.ex"),
        ('status = "reconstructed"', 'status = "official"', "status is 'official', not one of"),
        ('status = "reconstructed"', 'status = "published"', "status is 'published', but only"),
    ],
)
def test_facts_of_the_table_hold(tree: Path, old: str, new: str, named: str) -> None:
    """The table cannot say of a contract what the contract itself denies."""
    replace(TABLE, old, new)(tree)
    (finding,) = check.check_facts(contracts.load(tree / TABLE))
    assert named in finding.lines[0]


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
            f"{{}}/{PATCH}: the action for $.components.schemas.CallStatus has no member 'updat'",
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
    """A slip in a file of ours is one readable line, and no traceback."""
    change(tree)
    done = execute(tree)
    assert done.returncode == 1
    assert named.format(tree) in done.stderr
    assert "Traceback" not in done.stderr


def test_a_patch_that_no_longer_fits_is_named(
    tree: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A correction of something that the vendor has changed is an error, not a no-op."""
    patch = "api-contracts/patches/pamela.overlay.yaml"
    replace(patch, "$.components.schemas.CallStatus\n", "$.components.schemas.Gone\n")(tree)
    code, output = run(tree, capsys)
    assert code == 1
    assert f"{tree / patch}: the target $.components.schemas.Gone selects nothing" in output


def test_a_generator_warning_fails(tree: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """An operation that the generator would drop silently stops the run."""
    replace("api-contracts/pamela.yaml", "in: path", "in: nowhere")(tree)
    code, output = run(tree, capsys)
    assert code == 1
    assert "pamela.yaml" in output


def test_an_overwritten_operation_fails(tree: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Two operation ids that give one Python name are noticed, though the generator is silent."""
    replace("api-contracts/pamela.yaml", "operationId: get_call", "operationId: listCalls")(tree)
    code, output = run(tree, capsys)
    assert code == 1
    assert "15 operations in the document, 14 endpoint modules generated" in output


def test_repinning_writes_what_the_snapshots_are(
    tree: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Digest and counts change, comments and the other tables do not."""
    file = tree / "api-contracts" / "contracts.toml"
    before = file.read_text().splitlines()
    added = "\n  schemas:\n    Added:\n      type: string\n"
    replace("api-contracts/pamela.yaml", "\n  schemas:\n", added)(tree)
    assert _pin_findings(file)
    assert contract.main(["--root", str(tree), "--repin"]) == 0
    assert "new pins written" in capsys.readouterr().out
    assert not _pin_findings(file)
    after = file.read_text().splitlines()
    changed = [new for old, new in zip(before, after, strict=True) if old != new]
    assert [line.split(" = ")[0] for line in changed] == ["sha256", "schemas"]


def test_repinning_takes_patches_and_templates(tree: Path) -> None:
    """After a change on purpose, one command pins it; a pin without a file goes."""
    file = tree / TABLE
    before = file.read_text()
    replace(PATCH, "Read from", "Taken from")(tree)
    write("api-contracts/templates/new.jinja")(tree)
    remove("api-contracts/templates/README.md")(tree)
    assert contract.main(["--root", str(tree), "--repin"]) == 0
    assert not _pin_findings(file)
    assert len(file.read_text().splitlines()) == len(before.splitlines())
    assert contract.main(["--root", str(tree), "--repin"]) == 0


def test_repinning_needs_a_place_to_write_to(
    tree: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A table that lacks a pin is named rather than left without one."""
    replace(TABLE, "schemas = ", "others = ")(tree)
    assert contract.main(["--root", str(tree), "--repin"]) == 1
    assert "[contracts.pamela] needs a line `schemas = " in capsys.readouterr().err


def _pin_findings(file: Path) -> list[Finding]:
    return check.check_pins(contracts.load(file))


def test_every_operation_is_generated() -> None:
    """Each operation of each contract has its endpoint module."""
    pinned = contracts.load(ROOT / "api-contracts" / "contracts.toml")
    for each in pinned.contracts:
        modules = list((ROOT / GENERATED / each.package / "api").glob("*/[!_]*.py"))
        assert len(modules) == each.operations == len(list(pins.operations(packages.patched(each))))


def execute(tree: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(ROOT / "scripts" / "contract.py"), "--root", str(tree), *arguments],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, **environment},
    )


def fake_ruff(folder: Path, source: str) -> str:
    (folder / "ruff").mkdir(parents=True)
    (folder / "ruff" / "__init__.py").write_text(source)
    return str(folder)


def test_a_missing_ruff_is_loud(tree: Path) -> None:
    """Without the formatter nothing could be compared, so that is no success."""
    done = execute(tree, PYTHONPATH=fake_ruff(tree / "fake", "raise ImportError('no ruff')"))
    assert (done.returncode, done.stdout) == (2, "")
    assert "ruff is not installed" in done.stderr


def test_another_ruff_is_refused(tree: Path) -> None:
    """A formatter of another version would give other bytes."""
    program = tree / "ruff-of-tomorrow"
    program.write_text("#!/bin/sh\necho ruff 99.0.0\n")
    program.chmod(0o755)
    source = f"def find_ruff_bin():\n    return {str(program)!r}\n"
    done = execute(tree, PYTHONPATH=fake_ruff(tree / "fake", source))
    assert done.returncode == 2
    assert "ruff 99.0.0 is installed, but contracts.toml pins" in done.stderr


@pytest.mark.parametrize("body", ["echo broken >&2; exit 1", "exit 0"])
def test_a_broken_ruff_is_refused(tree: Path, body: str) -> None:
    """A formatter that cannot even say its version is a wrong tool, not a wrong input."""
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
    """Neither configuration above, nor PATH, nor the hash seed decides about bytes."""
    hostile = 'line-length = 40\n[lint]\nselect = ["ALL"]\n[format]\nquote-style = "single"\n'
    (tree / "ruff.toml").write_text(hostile)
    (tree / "bin").mkdir()
    program = tree / "bin" / "ruff"
    program.write_text("#!/bin/sh\nexit 0\n")
    program.chmod(0o755)
    (tree / "tmp").mkdir()
    path = f"{tree / 'bin'}{os.pathsep}{os.environ['PATH']}"
    for seed in ("1", "2"):
        done = execute(tree, PATH=path, TMPDIR=str(tree / "tmp"), PYTHONHASHSEED=seed)
        assert (done.returncode, done.stdout) == (0, "contract check: all is up to date\n")
