"""``python -m trunkline.sandbox``: serve until a signal, or until standard input closes."""

from __future__ import annotations

import argparse
import json
import os
import shlex
import signal
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any

from trunkline._json import is_object
from trunkline.errors import ConfigurationError
from trunkline.sandbox._extra import require_extra
from trunkline.sandbox.config import SandboxConfig
from trunkline.sandbox.core.clock import Clock, ManualClock, RunningClock

if TYPE_CHECKING:
    from collections.abc import Sequence

    from trunkline.sandbox.core.provider import ProviderRegistry
    from trunkline.sandbox.server import SandboxServer

__all__ = ["main"]

KEEP_ALIVE_SECONDS = 60


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program; 0 after a clean stop, 2 when it cannot start."""
    options = _parser().parse_args(arguments)
    try:
        require_extra()
        return _serve(options)
    except ConfigurationError as error:
        print(f"sandbox: {error}", file=sys.stderr)  # noqa: T201  # output of the program
        return 2


def _serve(options: argparse.Namespace) -> int:
    from trunkline.sandbox.app import create_app
    from trunkline.sandbox.server import START_FAILED_HINT, SandboxServer, bind, url_of

    contracts = _contracts(options.contract)
    app = create_app(_clock(options.speed), _config(options), contracts)
    server = SandboxServer(app, KEEP_ALIVE_SECONDS)
    with bind(options.host, options.port) as listener:
        _stop_on_signal(server)
        if options.exit_with_stdin:
            _start(lambda: _stop_with_stdin(server))
        tell = _as_json if options.json else _as_text
        text = tell(app.registry, url_of(listener))
        _start(lambda: _announce(server, text))
        server.run([listener])
    if not server.started:
        raise ConfigurationError(f"the server did not start: {START_FAILED_HINT}")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m trunkline.sandbox",
        description="Serve Pamela, Whispey, StateSet Voice, Phone.ai and the ingest API locally.",
    )
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on")
    parser.add_argument("--port", type=int, default=0, help="port, 0 (the default) for a free one")
    parser.add_argument(
        "--speed",
        type=float,
        default=1.0,
        help="virtual seconds per real second; 0 stops the clock until it is advanced",
    )
    parser.add_argument("--config", type=Path, help="JSON file with configuration values")
    parser.add_argument(
        "--contract",
        action="append",
        default=[],
        metavar="[NAME=]FILE",
        help="also serve an API of your own from its OpenAPI document; can be repeated",
    )
    parser.add_argument(
        "--documented-limits", action="store_true", help="use the rate limits the vendors document"
    )
    parser.add_argument("--json", action="store_true", help="report readiness as JSON")
    parser.add_argument(
        "--exit-with-stdin", action="store_true", help="stop when standard input closes"
    )
    return parser


def _clock(speed: float) -> Clock:
    if speed == 0:
        return ManualClock()
    try:
        return RunningClock(speed)
    except ValueError as error:
        raise ConfigurationError(str(error)) from None


def _config(options: argparse.Namespace) -> SandboxConfig:
    config = SandboxConfig()
    if options.documented_limits:
        config = config.with_documented_limits()
    return config if options.config is None else config.changed(_values(options.config))


def _contracts(arguments: Sequence[str]) -> dict[str, Path]:
    from trunkline.sandbox.providers.contract_only import name_of

    contracts: dict[str, Path] = {}
    for argument in arguments:
        name, equals, rest = argument.partition("=")
        # A path may contain an equals sign too.
        is_named = bool(equals) and not Path(argument).exists()
        path = Path(rest if is_named else argument)
        key = name if is_named else name_of(path)
        if key in contracts:
            raise ConfigurationError(f"two contracts are called {key!r}: give --contract NAME=FILE")
        contracts[key] = path
    return contracts


def _values(path: Path) -> dict[str, Any]:
    try:
        values = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise ConfigurationError(f"{path} cannot be read as JSON: {error}") from None
    if not is_object(values):
        raise ConfigurationError(f"{path} has to hold a JSON object")
    return values


def _stop_on_signal(server: SandboxServer) -> None:
    def stop(_number: int, _frame: object) -> None:
        server.should_exit = True

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, stop)


def _stop_with_stdin(server: SandboxServer) -> None:
    # os.read: a thread that waits in a buffered reader would block the interpreter's exit.
    while os.read(0, 4096):
        pass
    server.should_exit = True


def _announce(server: SandboxServer, text: str) -> None:
    if server.wait_until_started():
        # One write: a parent may close the pipe after the first line.
        print(text, flush=True)  # noqa: T201  # output of the program


def _as_json(registry: ProviderRegistry, url: str) -> str:
    port, urls = int(url.rpartition(":")[2]), registry.urls(url)
    return json.dumps({"ready": True, "url": url, "port": port, "pid": os.getpid(), "urls": urls})


def _as_text(registry: ProviderRegistry, url: str) -> str:
    variables = registry.environment(url).items()
    lines = (f"export {name}={shlex.quote(value)}" for name, value in variables)
    return "\n".join([f"sandbox ready at {url}", *lines])


def _start(work: Any) -> None:
    threading.Thread(target=work, daemon=True).start()


if __name__ == "__main__":
    sys.exit(main())
