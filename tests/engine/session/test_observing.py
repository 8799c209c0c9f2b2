"""``observe=``: shapes of responses go into one file per process, and nothing else changes."""

from __future__ import annotations

import asyncio
import json
import logging
import multiprocessing
import os
import stat
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from tests.engine.server import Exchange, response
from tests.engine.support import NO_WAIT

import trunkline
from trunkline import AsyncStateSetVoice, Pamela, StateSetVoice, Whispey
from trunkline._shapes import observer
from trunkline.errors import ConfigurationError, InvalidArgumentError, NotFoundError

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.engine.server import Asked

KEY = "tk_live_0123456789abcdef"
JSON = "Content-Type: application/json"
SECRETS = ("tk_live", "+15555550123", "Maria", "4711", "req_secret", "127.0.0.1", "localhost")


def answered(body: Any, status: str = "200 OK") -> Callable[[Asked], bytes]:
    """Return a server's response to every request."""
    whole = response(json.dumps(body).encode(), JSON, "X-Request-Id: req_secret", status=status)
    return lambda _: whole


def written(folder: Path, contract: str) -> dict[str, Any]:
    """Return the only file about a contract in a folder."""
    observer.observer_at(str(folder)).flush()
    (path,) = (folder / contract).iterdir()
    found: dict[str, Any] = json.loads(path.read_bytes())
    return found


def operations(folder: Path, contract: str) -> dict[str, Any]:
    """Return the counts of a contract's operations."""
    found: dict[str, Any] = written(folder, contract)["counts"]["operations"]
    return found


def test_every_client_counts_into_the_folder_of_its_contract(tmp_path: Path) -> None:
    """Both APIs of Whispey have a folder, sync and async clients share a file."""
    with Exchange(answered({"data": [{"call_sid": "CA1"}], "items": [], "total": 1})) as server:
        with StateSetVoice(KEY, base_url=server.url, observe=tmp_path) as client:
            list(client.call_logs.list())
        asyncio.run(list_once(server.url, tmp_path))
        with Pamela(KEY, base_url=server.url, observe=str(tmp_path)) as client:
            list(client.calls.list())
        ingest = f"{server.url}/ingest"
        with Whispey(KEY, base_url=server.url, ingest_url=ingest, observe=tmp_path) as client:
            list(client.calls.list())
            client.ingest.call_started(call_id="a", agent_id="b")
    assert operations(tmp_path, "stateset-voice-public")["list_call_logs"]["answers"] == 2
    assert operations(tmp_path, "pamela").keys() == {"list_calls"}
    assert operations(tmp_path, "whispey").keys() == {"listCalls"}
    assert operations(tmp_path, "whispey-ingest").keys() == {"sendCallLog"}


async def list_once(url: str, folder: Path) -> None:
    async with AsyncStateSetVoice(KEY, base_url=url, observe=folder) as client:
        await client.call_logs.list()


def test_nothing_of_a_value_header_or_address_is_in_the_file(tmp_path: Path) -> None:
    """No key, number, name or server is in the file; only its owner can read it."""
    call = {"call_sid": "CA4711", "to_number": "+15555550123", "Maria": "Maria", "4711": 4711}
    with Exchange(answered({"data": [call] * 3, "total": 4711})) as server:
        with StateSetVoice(KEY, base_url=server.url, observe=tmp_path / "new") as client:
            client.call_logs.list(status="Maria")
            client.make_call(to="+15555550123", from_="+15555550124", agent_key="Maria")
    text = json.dumps(written(tmp_path / "new", "stateset-voice-public"))
    assert not [secret for secret in SECRETS if secret in text]
    assert '"e164": 3' in text
    modes = [stat.S_IMODE(path.stat().st_mode) for path in sorted((tmp_path / "new").rglob("*"))]
    assert modes == [0o700, 0o600]
    assert stat.S_IMODE((tmp_path / "new").stat().st_mode) == 0o700


def test_the_folder_is_named_once(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """The log says where shapes are counted, for the first client of the process."""
    with caplog.at_level(logging.INFO, "trunkline"):
        for _ in range(2):
            StateSetVoice(KEY, observe=tmp_path).close()
    assert [str(tmp_path) in record.getMessage() for record in caplog.records] == [True]


def test_failures_are_counted_with_the_shape_of_their_body(tmp_path: Path) -> None:
    """A 404 has its own count; the message in it is not read."""
    with (
        Exchange(answered({"message": "no 4711", "error": "x"}, "404 Not Found")) as server,
        StateSetVoice(KEY, base_url=server.url, observe=tmp_path, **NO_WAIT) as client,
        pytest.raises(NotFoundError, match="no 4711"),
    ):
        client.call_logs.list()
    found = written(tmp_path, "stateset-voice-public")["counts"]
    assert found["operations"]["list_call_logs"]["statuses"]["404"]["bodies"] == {"json": 1}
    error = found["objects"]["#/components/schemas/ErrorBody"]
    assert error["fields"]["error"]["types"] == {"string": 1}
    assert "strings" not in error["fields"]["error"]


def test_the_environment_turns_it_on_and_false_off(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """TRUNKLINE_OBSERVE is the folder of clients without observe=; with_options changes it."""
    monkeypatch.setenv("TRUNKLINE_OBSERVE", str(tmp_path / "a"))
    with Exchange(answered({"data": [], "total": 0})) as server:
        with StateSetVoice(KEY, base_url=server.url) as client:
            client.call_logs.list()
            client.with_options(observe=False).call_logs.list()
            client.with_options(observe=tmp_path / "b").call_logs.list()
        with StateSetVoice(KEY, base_url=server.url, observe=False) as client:
            client.call_logs.list()
    for name in ("a", "b"):
        found = operations(tmp_path / name, "stateset-voice-public")
        assert found["list_call_logs"]["answers"] == 1


@pytest.mark.parametrize("value", ["", 1, True, b"x", object()])
def test_what_is_no_folder_is_refused(value: Any) -> None:
    """The message says what observe takes."""
    with pytest.raises(InvalidArgumentError, match="observe must be the path of a folder"):
        StateSetVoice(KEY, observe=value)


def test_a_folder_that_cannot_be_made_is_refused(tmp_path: Path) -> None:
    """The message names the folder and the remedy."""
    (tmp_path / "file").write_text("")
    with pytest.raises(ConfigurationError, match=r"file/x cannot be used.*may write to"):
        StateSetVoice(KEY, observe=tmp_path / "file" / "x")


def test_a_full_disk_is_logged_once(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """If files cannot be written, calls continue."""
    with (
        Exchange(answered({"data": [], "total": 0})) as server,
        StateSetVoice(KEY, base_url=server.url, observe=tmp_path / "x") as client,
    ):
        (tmp_path / "x" / "stateset-voice-public").write_text("in the way")
        for _ in range(2):
            client.call_logs.list()
            observer.observer_at(str(tmp_path / "x")).flush()
    assert ["cannot be written" in record.getMessage() for record in caplog.records] == [True]


PROGRAM = """
import os, sys
from trunkline import StateSetVoice
with StateSetVoice("k", base_url=sys.argv[1], observe=sys.argv[2]) as client:
    client.call_logs.list()
    client.call_logs.list()
    if os.fork() == 0:
        with StateSetVoice("k", base_url=sys.argv[1], observe=sys.argv[2]) as client:
            client.call_logs.list()
        sys.exit()
    os.wait()
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork on Windows")
def test_each_process_has_a_file_of_its_own(tmp_path: Path) -> None:
    """A process writes its counts when it ends; a forked one starts with none."""
    with Exchange(answered({"data": [], "total": 0})) as server:
        command = [sys.executable, "-c", PROGRAM, server.url, str(tmp_path)]
        subprocess.run(command, check=True, timeout=60)
    files = [json.loads(path.read_bytes()) for path in tmp_path.rglob("*.json")]
    counted = [each["counts"]["operations"]["list_call_logs"]["answers"] for each in files]
    assert sorted(counted) == [1, 2]


POOL = """
import multiprocessing, sys
from trunkline import StateSetVoice

def work() -> None:
    with StateSetVoice("k", base_url=sys.argv[1], observe=sys.argv[2]) as client:
        client.call_logs.list()

if __name__ == "__main__":
    process = multiprocessing.get_context(sys.argv[3]).Process(target=work)
    process.start()
    process.join()
"""


@pytest.mark.parametrize("method", multiprocessing.get_all_start_methods())
def test_processes_of_a_pool_write_what_they_counted(tmp_path: Path, method: str) -> None:
    """Processes of ``multiprocessing`` exit without running a program's exit handlers."""
    program, folder = tmp_path / "program.py", tmp_path / "observed"
    program.write_text(POOL)
    with Exchange(answered({"data": [], "total": 0})) as server:
        command = [sys.executable, str(program), server.url, str(folder), method]
        subprocess.run(command, check=True, timeout=60)
    (path,) = folder.rglob("*.json")
    assert json.loads(path.read_bytes())["counts"]["operations"]["list_call_logs"]["answers"] == 1


def test_all_clients_take_it() -> None:
    """Two clients of each provider have the option, with the same description."""
    kinds = [getattr(trunkline, name) for name in trunkline.__all__]
    clients = [kind for kind in kinds if hasattr(kind, "with_options")]
    providers = list(Path(trunkline.__file__).parent.glob("*/_provider.py"))
    assert len(clients) == 2 * len(providers) >= 8
    for client in clients:
        assert "observe" in client.__signature__.parameters
