"""Calls every operation on Prism, which generates responses from the pinned contracts.

Run as a separate program.
"""

from __future__ import annotations

import argparse
import json
import socket
import subprocess
import sys
import time
from contextlib import ExitStack, closing
from typing import TYPE_CHECKING, Final

from tests.engine.operations import all_calls, client_of
from tests.fault.soak.program import ROOT, prepare, run_program, watch

import trunkline
from trunkline.errors import APIStatusError, ResponseValidationError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import TracebackType
    from typing import Self

    from tests.engine.operations import Call

COMMAND: Final = ROOT / ".venv" / "prism" / "node_modules" / ".bin" / "prism"
SNAPSHOTS: Final = {
    "Pamela": "pamela.yaml",
    "Whispey": "whispey.yaml",
    "StateSetVoice": "stateset-voice-public.json",
    "PhoneAI": "phone-ai.yaml",
}
INGEST: Final = "whispey-ingest.yaml"
#: One operation requires it: Twilio calls it, not an application.
SIGNED: Final = {"X-Twilio-Signature": "sample"}
#: Seconds within which Prism starts, however busy the machine is.
START: Final = 120.0


class Prism:
    """A server with random responses of one contract."""

    def __init__(self, snapshot: str) -> None:
        with closing(socket.create_server(("127.0.0.1", 0))) as found:
            self._address = found.getsockname()
        self.url = f"http://127.0.0.1:{self._address[1]}"
        where = ["--host", "127.0.0.1", "--port", str(self._address[1])]
        document = str(ROOT / "api-contracts" / snapshot)
        self._command = [str(COMMAND), "mock", "--dynamic", *where, document]

    def __enter__(self) -> Self:
        self._process = subprocess.Popen(self._command, stdout=subprocess.DEVNULL)
        ends = time.monotonic() + START
        while not self._answers():
            if self._process.poll() is not None or time.monotonic() > ends:
                self._process.kill()
                raise RuntimeError(f"it did not start: {' '.join(self._command)}")
            time.sleep(0.1)
        return self

    def _answers(self) -> bool:
        try:
            socket.create_connection(self._address, timeout=1).close()
        except OSError:
            return False
        return True

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._process.terminate()
        self._process.communicate()


def operations(servers: ExitStack) -> list[Call]:
    """Start a server for each contract; return every operation, ready to be called there."""
    urls = {name: servers.enter_context(Prism(file)).url for name, file in SNAPSHOTS.items()}
    ingest = servers.enter_context(Prism(INGEST)).url + "/send-call-log"
    clients = []
    for name, url in urls.items():
        more = {"ingest_url": ingest} if name == "Whispey" else {}
        client = servers.enter_context(client_of(getattr(trunkline, name), url, **more))
        clients.append(client.with_options(headers=SIGNED))
    return all_calls(clients)


def faults_of(calls: list[Call], rounds: int) -> Iterator[str]:
    """Make each call several times; yield a sentence for each that has no result."""
    without = {call.name for call in calls}
    for _ in range(rounds):
        for call in calls:
            try:
                call()
                without.discard(call.name)
            except Exception as error:  # noqa: BLE001 - every other one is a fault
                if not _is_documented(error):
                    body = getattr(error, "body", None)  # random: it cannot be reproduced
                    yield f"{call.name}: {error!r} for {body!r}"
    yield from (f"{name}: no result in {rounds} rounds" for name in sorted(without))


def _is_documented(error: Exception) -> bool:
    """Return whether the documentation (errors and models) says that a 2xx is not a result."""
    if isinstance(error, ResponseValidationError):  # a list of unknown shape, without items
        return "holds 0 lists of objects" in str(error)
    return isinstance(error, APIStatusError) and b'"success":false' in (error.body or b"")


def called(rounds: int) -> tuple[int, list[str]]:
    """Do so in a separate process; return the number of operations and the faults.

    Raises:
        SoakError: the process hangs.
    """
    told = run_program(__name__, [f"--rounds={rounds}"], 300 + 40 * rounds)
    return told["operations"], told["faults"]


def main() -> None:
    """Print the result as one line of JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, required=True)
    chosen = parser.parse_args()
    prepare(300 + 40 * chosen.rounds)
    lost: list[str] = []
    watch(lost)
    with ExitStack() as servers:
        calls = operations(servers)
        faults = list(faults_of(calls, chosen.rounds))
    told = {"operations": len({call.name for call in calls}), "faults": faults + lost}
    sys.stdout.write(json.dumps(told) + "\n")


if __name__ == "__main__":
    main()
