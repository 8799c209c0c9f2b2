"""Print the lowest or newest runtime dependencies of pyproject.toml, as pip arguments."""

from __future__ import annotations

import argparse
import re
import tomllib
from pathlib import Path

_PROJECT = Path(__file__).parents[1] / "pyproject.toml"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("end", choices=["lowest", "newest"])
    end = parser.parse_args().end
    allowed: list[str] = tomllib.loads(_PROJECT.read_text())["project"]["dependencies"]
    print(" ".join(map(lowest, allowed) if end == "lowest" else allowed))


def lowest(requirement: str) -> str:
    """Return the requirement of exactly the lowest version: `a>=1.2,<3` gives `a==1.2`."""
    found = re.fullmatch(r"([\w.-]+)>=([\w.]+)(?:,.*)?", requirement)
    if found is None:
        raise SystemExit(f"{requirement} names no lowest version")
    return f"{found[1]}=={found[2]}"


if __name__ == "__main__":
    main()
