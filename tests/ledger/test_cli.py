"""``trunkline ledger``: what it prints, and its exit statuses."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING

import pytest
from tests.ledger.conftest import TASK, TO

from trunkline import Pamela, errors
from trunkline.cli.runner import run
from trunkline.ledger import Ledger

if TYPE_CHECKING:
    from pathlib import Path

    from trunkline.sandbox.server import Sandbox


@pytest.fixture
def where(sandbox: Sandbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A ledger with an accepted call and an unknown one that was placed."""
    place = str(tmp_path / "calls.db")
    monkeypatch.setenv("TRUNKLINE_LEDGER", place)
    monkeypatch.setenv("PAMELA_API_KEY", "pk_test_sandbox")
    monkeypatch.setenv("PAMELA_BASE_URL", sandbox.pamela_url)
    with Ledger.open(place) as ledger, Pamela(ledger=ledger) as client:
        client.calls.create(to=TO, task=TASK, key="order-1")
        sandbox.control.fault("reset", operation="create_call", when="after")
        with pytest.raises(errors.AmbiguousResultError):
            client.calls.create(to=TO, task=TASK, key="order-2")
    return place


def test_status_is_one_while_a_call_is_unknown(
    where: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """After ``reconcile`` it is zero."""
    assert run(["ledger", "status"]) == 1
    assert "unknown" in capsys.readouterr().out
    assert run(["ledger", "reconcile", "pamela", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["found"] == 1
    assert run(["ledger", "status", "--json", "--ledger", where]) == 0
    assert json.loads(capsys.readouterr().out)["attempts"] == {"pamela": {"accepted": 2}}


def test_show_and_resolve(where: str, capsys: pytest.CaptureFixture[str]) -> None:
    """What a person enters is kept and shown; a missing key is status 1."""
    assert run(["ledger", "show", "order-9", "--ledger", where]) == 1
    assert "does not hold" in capsys.readouterr().err
    arguments = ["order-2", "--not-placed", "--by", "ops", "--note", "asked"]
    assert run(["ledger", "resolve", *arguments]) == 0
    assert run(["ledger", "show", "order-2"]) == 0
    shown = capsys.readouterr().out
    assert "not_placed" in shown
    assert '"by": "ops"' in shown
    assert run(["ledger", "resolve", "order-2", "--by", "ops"]) == 2
    assert run(["ledger", "resolve", "order-2", "--by", "ops", "--call-id", "x"]) == 2
    assert "nothing to resolve" in capsys.readouterr().err


def test_export_and_purge(where: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Every record is a line of CSV, without numbers or texts; recent ones are not purged."""
    assert run(["ledger", "export"]) == 0
    content = capsys.readouterr().out
    rows = list(csv.DictReader(io.StringIO(content)))
    assert sorted(row["state"] for row in rows) == ["accepted", "unknown"]
    assert TO not in content
    assert run(["ledger", "purge", "--days", "1"]) == 0
    assert "0" in capsys.readouterr().out
    with Ledger.open(f"{where}.empty"):
        assert run(["ledger", "export", "--ledger", f"{where}.empty"]) == 0
    assert capsys.readouterr().out == content.splitlines(keepends=True)[0]


def test_a_misspelt_path_makes_no_ledger(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The commands read ledgers; they create none."""
    missing = tmp_path / "cals.db"
    assert run(["ledger", "status", "--ledger", str(missing)]) == 2
    assert "no ledger" in capsys.readouterr().err
    assert not missing.exists()
