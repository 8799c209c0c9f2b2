"""What `make contract` checks, on the repository itself."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_the_repository_passes() -> None:
    """Pins match, derived files are up to date, and the overlay matches the contracts."""
    done = subprocess.run(
        [sys.executable, str(ROOT / "scripts" / "contract.py"), "--json"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert json.loads(done.stdout) == [], done.stderr
    assert done.returncode == 0
