"""Opening ledgers: many processes at once, lost files, and ``TRUNKLINE_LEDGER``."""

from __future__ import annotations

import os
import subprocess
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.ledger.conftest import TASK, TO, Place
from tests.ledger.test_store_files import accepted

from trunkline import Pamela
from trunkline.ledger import Ledger, LedgerStoreError

if TYPE_CHECKING:
    from trunkline.sandbox.server import Sandbox


def test_many_processes_may_be_the_first(in_file: Place) -> None:
    """They all use one digest key and one ledger, whoever creates the file."""
    code = f"""
import os
from trunkline.ledger import Ledger
pipes = [os.pipe() for _ in range(6)]
for _, end in pipes:
    if os.fork() == 0:
        try:
            with Ledger.open({in_file.where!r}) as ledger:
                os.write(end, (ledger.id + ledger.digest_of("order-1")).encode())
        finally:
            os._exit(0)
for _, end in pipes:
    os.close(end)
print(len({{os.read(start, 99) for start, _ in pipes}}))
"""
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", code], capture_output=True, text=True, check=True
    )
    assert (done.stdout, done.stderr) == ("1\n", "")


@pytest.mark.parametrize("loss", [os.unlink, lambda path: os.truncate(path, 0)])
def test_a_lost_file_is_not_begun_anew(in_file: Place, loss: object) -> None:
    """In an empty ledger every key would look new; to start anew, delete the other files too."""
    accepted(in_file.open(), "order-1")
    in_file.opened[0].close()
    assert callable(loss)
    loss(in_file.where)
    for _ in range(2):
        with pytest.raises(LedgerStoreError, match=r"restore its file; or delete .*\.key"):
            in_file.open()
    for left in ("key", "spool"):
        Path(f"{in_file.where}.{left}").unlink()
    assert in_file.open().attempts("order-1") == ()


def test_an_empty_file_becomes_a_ledger(in_file: Place) -> None:
    """If there was no ledger before, as after ``tempfile``."""
    Path(in_file.where).touch()
    accepted(in_file.open(), "order-1")
    assert len(in_file.open().attempts("order-1")) == 1


def test_the_environment_gives_every_client_one_ledger(
    sandbox: Sandbox, in_file: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Clients without a ledger share that of ``TRUNKLINE_LEDGER``; it must be usable."""
    monkeypatch.setenv("TRUNKLINE_LEDGER", in_file.where)
    client = partial(Pamela, "pk_test_sandbox", base_url=sandbox.pamela_url)
    with client() as one, client() as two:
        calls = [each.calls.create(to=TO, task=TASK, key="order-1") for each in (one, two)]
        assert calls[0].id == calls[1].id
    assert Ledger.shared().attempts("order-1")[0].call_id == calls[0].id
    Ledger.shared().close()
    assert sandbox.control.accepted("pamela", "create_call") == 1
    monkeypatch.setenv("TRUNKLINE_LEDGER", f"{in_file.where}/no/calls.db")
    with pytest.raises(LedgerStoreError, match="no folder"):
        client()
