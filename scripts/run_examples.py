"""Run every example, and the README's own code, against the sandbox (`make examples`)."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from markdown_it import MarkdownIt

from trunkline.sandbox import RunningClock, Sandbox

ROOT = Path(__file__).parents[1]
#: Only stops a hung example; generous, because the machine may be busy.
TIMEOUT_SECONDS = 300


def main() -> int:
    failures = 0
    with Sandbox(clock=RunningClock(speed=60)) as sandbox:
        environment = {**os.environ, **_settings(sandbox)}
        for example in sorted((ROOT / "examples").glob("*.py")):
            failures += _run(example.name, [str(example)], environment)
        failures += _run("README.md", ["-c", _readme_code()], environment)
    return 1 if failures else 0


def _settings(sandbox: Sandbox) -> dict[str, str]:
    return {
        "PAMELA_API_KEY": "pk_live_sandbox",
        "PAMELA_BASE_URL": sandbox.pamela_url,
        "WHISPEY_API_KEY": "pype_sandbox",
        "WHISPEY_BASE_URL": sandbox.whispey_url,
        "WHISPEY_API_URL": sandbox.whispey_ingest_url,
        "STATESET_VOICE_API_KEY": "ssv_sandbox",
        "STATESET_VOICE_BASE_URL": sandbox.stateset_url,
        "PHONE_AI_API_KEY": "phone_ai_sandbox",
        "PHONE_AI_BASE_URL": sandbox.phone_ai_url,
        "PYTHONWARNINGS": "error",
    }


def _readme_code() -> str:
    """Return the README's Python blocks as one program, as a reader pastes them."""
    tokens = MarkdownIt().parse((ROOT / "README.md").read_text(encoding="utf-8"))
    return "\n".join(t.content for t in tokens if t.type == "fence" and t.info == "python")


def _run(name: str, arguments: list[str], environment: dict[str, str]) -> int:
    result = subprocess.run(
        [sys.executable, *arguments],
        env=environment,
        capture_output=True,
        text=True,
        timeout=TIMEOUT_SECONDS,
        check=False,
    )
    print(
        f"{'ok    ' if result.returncode == 0 else 'FAILED'} {name}: {result.stdout.strip()[:200]}"
    )
    if result.returncode:
        print(result.stderr)
    return int(result.returncode != 0)


if __name__ == "__main__":
    sys.exit(main())
