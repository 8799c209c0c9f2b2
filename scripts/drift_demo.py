"""Publish a vendor's next release on loopback, and let the example service notice it."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Final

from trunkline.contracts import load

ROOT: Final = Path(__file__).parents[1]
SERVICE: Final = ROOT / "examples" / "consumer"
SNAPSHOT: Final = ROOT / "api-contracts" / "stateset-voice-public.json"
VENDOR: Final = "https://voice.stateset.app/api-docs"


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the base's name
        pass


def main() -> int:
    """Return 0 if both commands notice the release."""
    with tempfile.TemporaryDirectory(prefix="trunkline-drift-") as folder:
        published = load(SNAPSHOT, overlays=[SERVICE / "next-release.overlay.yaml"])
        (Path(folder) / "public.json").write_text(json.dumps(published.tree), encoding="utf-8")
        server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=folder))
        Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        try:
            address = f"http://127.0.0.1:{server.server_port}"
            noticed = _notices(_pinned(Path(folder) / "service", address), address)
        finally:
            server.shutdown()
            server.server_close()
    print("\nThe release was noticed." if noticed else "\nThe release went unnoticed.")
    return 0 if noticed else 1


def _pinned(folder: Path, address: str) -> Path:
    """Copy the service; replace the vendor's address, and make the snapshot's path absolute."""
    shutil.copytree(SERVICE, folder)
    table = folder / "api-contracts" / "contracts.toml"
    text = table.read_text(encoding="utf-8").replace(VENDOR, address)
    table.write_text(text.replace("../../../api-contracts", str(SNAPSHOT.parent)), encoding="utf-8")
    return folder


def _notices(service: Path, address: str) -> bool:
    code = ("--code", "call_report.py", "--fail-on-used", "breaking")
    drifted = _run(service, "contracts", "drift", "--no-cache")
    broken = _run(service, "contracts", "impact", "voice", f"{address}/public.json", *code)
    return (drifted, broken) == (1, 1)


def _run(service: Path, *arguments: str) -> int:
    print(f"\n$ trunkline {' '.join(arguments)}", flush=True)
    done = subprocess.run([sys.executable, "-m", "trunkline", *arguments], cwd=service, check=False)
    print(f"exit status {done.returncode}", flush=True)
    return done.returncode


if __name__ == "__main__":
    sys.exit(main())
