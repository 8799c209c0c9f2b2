"""``trunkline campaign``: what it prints, writes, and its exit statuses."""

from __future__ import annotations

import csv
import json
from typing import TYPE_CHECKING

import pytest
from tests.ledger.conftest import TO

from trunkline.campaigns.reporting.results import write_results
from trunkline.cli.runner import run
from trunkline.errors import ConfigurationError

if TYPE_CHECKING:
    from pathlib import Path

    from tests.campaigns.conftest import Fleet

ROWS = f"phone,order\n{TO},1\n{TO},2\n0123,3\n{TO},1\n"


def begin(name: str, folder: Path) -> int:
    """Load the file, and feed nothing."""
    (folder / "orders.csv").write_text(ROWS)
    arguments = ["--provider", "pamela", "--map", "to=phone", "--map", "key=order", "--no-wait"]
    file = str(folder / "orders.csv")
    return run(["campaign", "run", name, file, *arguments, "--text", "task=Confirm {order}"])


@pytest.fixture
def begun(fleet: Fleet, database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Fleet:
    """A campaign that the command has created and that is not fed."""
    monkeypatch.setenv("TRUNKLINE_LEDGER", database)
    monkeypatch.setenv("PAMELA_API_KEY", "pk_test_sandbox")
    monkeypatch.setenv("PAMELA_BASE_URL", fleet.sandbox.pamela_url)
    assert begin("autumn", tmp_path) == 1
    return fleet


def test_bad_lines_are_named_with_the_file(
    begun: Fleet, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """On standard error; the report is on standard output."""
    assert begin("winter", tmp_path) == 1
    shown = capsys.readouterr()
    assert "orders.csv:4: phone begins with 0" in shown.err
    assert "orders.csv:5: its key is that of line 2" in shown.err
    assert TO not in shown.err + shown.out
    assert run(["campaign", "status"]) == 1
    assert "winter  running  2 ready" in capsys.readouterr().out
    assert begun.store.campaign("winter").settings.provider == "pamela"


def test_the_command_feeds_until_all_is_done(
    begun: Fleet, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """``run`` without a file resumes; a pipe gets no progress, only the report."""

    def dial_at_once(_app: object) -> object:
        return begun.dial

    begun.store.steer("autumn", "running")
    monkeypatch.setattr("trunkline.campaigns.worker.ringer", dial_at_once)
    monkeypatch.setattr("time.sleep", lambda _seconds: begun.sandbox.control.advance(60))
    monkeypatch.setattr("trunkline.campaigns.ends.Ends.every", 0.0)
    capsys.readouterr()
    assert run(["campaign", "run", "autumn"]) == 1
    shown = capsys.readouterr()
    assert "campaign autumn: done" in shown.out
    assert "ended completed" in shown.out
    assert shown.err == ""
    assert run(["campaign", "status", "autumn", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["autumn"]["rows"] == {"finished": 2}


def test_pause_resume_and_cancel(begun: Fleet, capsys: pytest.CaptureFixture[str]) -> None:
    """A cancelled campaign cannot be resumed, and ``run`` says why it stops at a paused one."""
    assert run(["campaign", "pause", "autumn", "--reason", "lunch"]) == 0
    assert run(["campaign", "run", "autumn"]) == 1
    assert "paused: lunch" in capsys.readouterr().err
    assert run(["campaign", "resume", "autumn"]) == 0
    assert run(["campaign", "cancel", "autumn"]) == 0
    assert run(["campaign", "resume", "autumn"]) == 2
    assert "is cancelled" in capsys.readouterr().err
    assert begun.store.counts("autumn").rows == {"cancelled": 2}


def test_reports_and_results_are_files(
    begun: Fleet, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A page with the chart, CSV and Parquet; the page runs no scripts and loads nothing."""
    begun.until_done()
    page, table = tmp_path / "report.html", tmp_path / "results.csv"
    capsys.readouterr()
    where = ["-o", str(page), "--results", str(table), "--json"]
    assert run(["campaign", "report", "autumn", *where]) == 0
    report = json.loads(capsys.readouterr().out)
    assert report["outcomes"] == {"completed": 2}
    assert (report["bad_lines"], report["duplicate_lines"]) == (1, 1)
    content = page.read_text()
    assert "<svg" in content
    assert "Cost of all calls: " in content
    assert "2 completed" in content
    assert "<script" not in content
    assert TO not in content
    rows = list(csv.DictReader(table.read_text().splitlines()))
    assert [row["outcome"] for row in rows] == ["completed", "completed"]
    write_results(str(tmp_path / "none.csv"), [])
    assert (tmp_path / "none.csv").read_text() == table.read_text().splitlines(keepends=True)[0]
    write_results(str(tmp_path / "results.parquet"), begun.store.results("autumn"))
    from pyarrow import parquet

    found = parquet.read_table(tmp_path / "results.parquet").to_pylist()
    assert [row["cost"] for row in found] == [row["cost"] for row in rows]
    with pytest.raises(ConfigurationError, match="results are a"):
        write_results("results.xlsx", [])
    assert run(["campaign", "report", "autumn", "-o", "x.pdf"]) == 2


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["run", "winter"], "no campaign 'winter'"),
        (["pause", "winter"], "no campaign 'winter'"),
        (["run", "x", "rows.csv"], "needs --provider"),
        (["run", "autumn", "--concurrency", "50"], "given with its FILE"),
        (["run", "autumn", "--every", "-1"], "--every"),
        (["status", "--database", "calls.db"], "kept in PostgreSQL"),
        (["run", "x", "rows.csv", "--provider", "pamela", "--map", "to"], "NAME=VALUE"),
        (["run", "x", "rows.csv", "--provider", "pamela"], "needs task"),
        (["run", "x", "no.csv", "--provider", "pamela", "--text", "task=x"], "cannot be read"),
        (["run", "x", "r.csv", "--provider", "pamela", "--text", "tsak=x"], "no argument 'tsak'"),
    ],
)
def test_mistakes_are_usage_errors(
    begun: Fleet, arguments: list[str], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Status 2, a sentence, and no campaign."""
    assert run(["campaign", *arguments]) == 2
    assert words in capsys.readouterr().err
    assert begun.store.names() == ["autumn"]
