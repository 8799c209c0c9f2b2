"""The pinned tools, from the environment of this Python and never through PATH."""

from __future__ import annotations

import json
import subprocess
from dataclasses import dataclass
from importlib import import_module, metadata
from pathlib import Path
from typing import TYPE_CHECKING, Final

from trunkline_pipeline.errors import PipelineError, ToolError

if TYPE_CHECKING:
    from collections.abc import Sequence

#: Replace the generator's own hooks: configuration in parent folders is ignored, and the rules are
#: named, because ruff's defaults change between releases.
GENERATED_RULES: Final = ("--select", "F,I,UP")
GENERATED_STYLE: Final = ("--target-version", "py311", "--line-length", "120")
#: The same for files derived into the overlay.
OVERLAY_RULES: Final = ("--select", "F401,I,RUF022")
OVERLAY_STYLE: Final = (
    "--target-version",
    "py311",
    "--line-length",
    "100",
    "--config",
    'lint.isort.known-first-party = ["trunkline", "trunkline_generated"]',
)


@dataclass(frozen=True, slots=True)
class Ruff:
    """The ruff of this environment; its version is the pinned one."""

    executable: str

    @classmethod
    def pinned(cls, version: str) -> Ruff:
        """Find ruff.

        Raises:
            ToolError: it is not installed, or has another version.
        """
        ruff = cls(_find_ruff())
        try:
            words = ruff._run(["--version"]).split()
        except PipelineError as error:
            raise ToolError(f"{error}; {_REPAIR}") from error
        _require("ruff", words[-1] if words else "without a version", version)
        return ruff

    def fix(self, folder: Path, rules: Sequence[str], style: Sequence[str]) -> None:
        """Apply safe fixes, then the formatter, to every Python file of a folder."""
        common = [".", "--isolated", "--no-cache", "--quiet"]
        self._run(["check", *common, "--fix-only", *rules, *style], folder)
        self._run(["format", *common, *_for_formatter(style)], folder)

    def tidy(self, root: Path, names: Sequence[str]) -> None:
        """Sort the imports of handwritten files and format them by the repository's settings."""
        if names:
            common = ["--no-cache", "--quiet", *names]
            self._run(["check", "--fix-only", "--select", "I", *common], root)
            self._run(["format", *common], root)

    def place_imports(self, root: Path, names: Sequence[str]) -> None:
        """Move imports that only annotations use into the block for type checkers."""
        fix = ["--fix-only", "--unsafe-fixes", "--select", "TC001,TC002,TC003"]
        self._run(["check", *fix, "--no-cache", "--quiet", *names], root)

    def findings(self, root: Path, names: Sequence[str]) -> list[tuple[str, int, str]]:
        """Return what the repository's own rules find in its files: file, line and message."""
        if not names:
            return []
        arguments = ["check", "--no-cache", "--exit-zero", "--output-format", "json", *names]
        return [
            (
                Path(each["filename"]).relative_to(root).as_posix(),
                each["location"]["row"],
                f"{each['code']}: {each['message']}",
            )
            for each in json.loads(self._run(arguments, root))
        ]

    def formatted(self, source: str) -> str:
        """Return a piece of code as ruff formats it."""
        common = ["--isolated", "--no-cache", "--quiet", "--stdin-filename", "module.py"]
        return self._run(["format", *common, *_for_formatter(OVERLAY_STYLE), "-"], text=source)

    def _run(self, arguments: Sequence[str], folder: Path | None = None, text: str = "") -> str:
        try:
            done = subprocess.run(
                [self.executable, *arguments],
                cwd=folder,
                input=text,
                capture_output=True,
                text=True,
                check=False,
            )
        except OSError as error:
            raise ToolError(f"ruff cannot be started: {error}") from error
        if done.returncode != 0:
            said = (done.stderr or done.stdout).strip()
            raise PipelineError(f"ruff {arguments[0]} failed ({done.returncode}): {said}")
        return done.stdout


_REPAIR: Final = "install the locked tools with `make .venv/.ready`"


def check_generator(version: str) -> None:
    """Refuse any version of the generator but the pinned one.

    Raises:
        ToolError: the generator is not installed, or has another version.
    """
    try:
        found = metadata.version("openapi-python-client")
    except metadata.PackageNotFoundError as error:
        raise ToolError(f"openapi-python-client is not installed; {_REPAIR}") from error
    _require("openapi-python-client", found, version)


def _find_ruff() -> str:
    try:
        return str(import_module("ruff").find_ruff_bin())
    except (ImportError, FileNotFoundError) as error:
        raise ToolError(f"ruff is not installed; {_REPAIR}") from error


def _require(tool: str, found: str, wanted: str) -> None:
    if found != wanted:
        raise ToolError(f"{tool} {found} is installed, but contracts.toml pins {wanted}; {_REPAIR}")


def _for_formatter(style: Sequence[str]) -> Sequence[str]:
    # The formatter refuses the linter's options, such as the list of first-party packages.
    return style[: style.index("--config")] if "--config" in style else style
