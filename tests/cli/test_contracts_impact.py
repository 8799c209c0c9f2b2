"""``trunkline contracts impact``: which lines of a consumer's code a release hits."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.cli.documents import Run

PINNED = next((Path(__file__).parents[2] / "api-contracts").glob("pamela.*"))
USING = """\
from trunkline import Pamela


def minutes() -> float:
    with Pamela(api_key="pk_test_x") as pamela:
        call = pamela.calls.get("call_1")
        return (call.duration_seconds or 0) / 60
"""
NOT_USING = "from trunkline import Pamela\n\nwith Pamela() as pamela:\n    pamela.usage.get()\n"


@pytest.fixture
def release(run: Run) -> str:
    """The pinned contract without a call's duration, in the same format."""
    text = PINNED.read_text(encoding="utf-8")
    made, count = re.subn(r'(\n +"?)duration_seconds(?="?:)', r"\1seconds", text)
    assert count
    path = run.folder / f"release{PINNED.suffix}"
    path.write_text(made, "utf-8")
    return str(path)


def searched(run: Run, release: str, code: str, *options: str) -> str:
    (run.folder / "app.py").write_text(code, encoding="utf-8")
    arguments = ("contracts", "impact", str(PINNED), release, "--code", "app.py", "--no-cache")
    return run(*arguments, *options)


def test_the_line_that_reads_a_removed_field_is_named(run: Run, release: str) -> None:
    """The output has file, line, column, source line and overlay method."""
    text = searched(run, release, USING, "--no-generator")
    assert "app.py:7:" in text
    assert "(certain) return (call.duration_seconds or 0) / 60" in text
    assert "overlay trunkline.pamela._async.calls.AsyncCalls.get" in text
    assert "1 call site" in text


@pytest.mark.parametrize(
    ("code", "options", "status"),
    [
        (USING, ["--fail-on-used", "warning"], 1),
        (USING, ["--fail-on-used", "info", "--confidence", "possible"], 1),
        (NOT_USING, ["--fail-on-used", "info"], 0),
        (NOT_USING, ["--fail-on-used", "warning", "--fail-on", "warning"], 1),
    ],
)
def test_a_nightly_job_fails_only_when_its_code_is_hit(
    run: Run, release: str, code: str, options: list[str], status: int
) -> None:
    """Findings without call sites fail only if ``--fail-on`` is also given."""
    searched(run, release, code, "--no-generator", *options)
    assert run.status == status


def test_sarif_points_into_the_code(run: Run, release: str) -> None:
    """The consumer's line is the location, the vendor's pointer is related to it."""
    log = json.loads(searched(run, release, USING, "--no-generator", "--format", "sarif"))
    hits = [r for r in log["runs"][0]["results"] if "app.py" in json.dumps(r["locations"])]
    places = {r["locations"][0]["physicalLocation"]["region"]["startLine"] for r in hits}
    assert places == {7}
    related = json.dumps(hits[0]["relatedLocations"])
    assert PINNED.name in related
    assert "duration_seconds in the old document" in related


def test_code_is_required(run: Run, release: str) -> None:
    """Without code there is nothing to search; a missing path is named."""
    run("contracts", "impact", str(PINNED), release)
    assert (run.status, "Missing option '--code'" in run.err) == (2, True)
    run("contracts", "impact", str(PINNED), release, "--code", "missing")
    assert (run.status, "'missing' does not exist" in run.err) == (2, True)


@pytest.mark.parametrize(("protect", "status"), [("wire", 0), ("python", 1), ("both", 1)])
def test_a_renamed_operation_breaks_only_the_python_client(
    run: Run, protect: str, status: int
) -> None:
    """The wire format is unchanged, but the generated function moves."""
    text = PINNED.read_text(encoding="utf-8")
    made, count = re.subn(r'(operationId"?: "?)get_call\w*', r"\1fetch", text)
    assert count == 1
    renamed = run.folder / f"renamed{PINNED.suffix}"
    renamed.write_text(made, "utf-8")
    said = run("contracts", "diff", str(PINNED), str(renamed), "--protect", protect)
    assert run.status == status
    assert ("python  " in said) is (protect != "wire")


@pytest.mark.parametrize(("protect", "status"), [("wire", 0), ("python", 1), ("both", 1)])
def test_a_change_of_the_client_that_no_edit_explains(run: Run, protect: str, status: int) -> None:
    """An inline schema that became a component is the same on the wire, but another class."""
    item = {"type": "object", "properties": {"id": {"type": "string"}}}

    def listing(items: dict[str, object], **schemas: object) -> str:
        body = {"type": "object", "properties": {"data": {"type": "array", "items": items}}}
        content = {"application/json": {"schema": body}}
        operation = {"operationId": "rows", "responses": {"200": {"content": content}}}
        operation["responses"]["200"]["description"] = "The rows."
        contract = {"openapi": "3.1.0", "info": {"title": "T", "version": "1"}}
        return json.dumps(
            {**contract, "paths": {"/a": {"get": operation}}, "components": {"schemas": schemas}}
        )

    old, new = run.folder / "inline.json", run.folder / "named.json"
    old.write_text(listing(item), encoding="utf-8")
    new.write_text(listing({"$ref": "#/components/schemas/Row"}, Row=item), encoding="utf-8")
    run("contracts", "diff", str(old), str(new), "--protect", protect, "--format", "junit")
    assert run.status == status
    assert ("changes of the Python client at or above the limit" in run.err) is bool(status)


def test_a_finding_for_the_client_alone_is_not_one_of_the_wire(run: Run, release: str) -> None:
    """JSON has both levels, whichever counts."""
    report = json.loads(searched(run, release, USING, "--json"))
    removed = next(f for f in report["findings"] if f["edit"]["subject"] == "duration_seconds")
    assert (removed["wire_level"], removed["python_level"]) == ("warning", "breaking")
    assert removed["level"] == "breaking"
    assert (report["python_checked"], report["code_checked"]) == (True, True)
