"""A separate PostgreSQL server, which may be stopped and started at any time."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

#: Where Debian keeps the programs that other systems have in PATH.
DEBIAN = Path("/usr/lib/postgresql")


@dataclass
class Cluster:
    """A server on a free port of loopback.

    Attributes:
        folder: its data.
        port: its port.
    """

    folder: str
    port: int

    @property
    def url(self) -> str:
        return f"postgresql://postgres@127.0.0.1:{self.port}/postgres"

    def start(self) -> None:
        options = f"-p {self.port} -c listen_addresses=127.0.0.1 -k {self.folder}"
        log = os.path.join(self.folder, "log")
        run("pg_ctl", "-D", self.folder, "-o", options, "-l", log, "-w", "start")

    def stop(self) -> None:
        """Stop at once, like a machine that loses power."""
        run("pg_ctl", "-D", self.folder, "-m", "immediate", "-w", "stop")

    def restart(self) -> None:
        self.stop()
        self.start()


@contextmanager
def cluster() -> Iterator[Cluster]:
    """Create a server, and delete it."""
    with tempfile.TemporaryDirectory(prefix="trunkline-postgres-") as folder:
        if os.geteuid() == 0:  # the server refuses to run as root
            shutil.chown(folder, "postgres")
        run("initdb", "-D", folder, "-A", "trust", "-U", "postgres", "--no-sync")
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        made = Cluster(folder, port)
        made.start()
        try:
            yield made
        finally:
            made.stop()


def run(program: str, *arguments: str) -> None:
    found = shutil.which(program) or str(max(DEBIAN.glob(f"*/bin/{program}")))
    as_user = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"]
    command = [*(as_user if os.geteuid() == 0 else []), found, *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd="/")
    assert done.returncode == 0, done.stdout + done.stderr
