"""Keep the former names of renamed models in what a provider's package exports."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from trunkline_pipeline.adopting.changes import Changes


def follow(root: Path, changes: Changes) -> None:
    """Let the old names of exported models lead to the new ones, with a warning."""
    models = f"trunkline_generated.{changes.package}.models"
    for path in sorted((root / "overlay" / "trunkline").glob("*/__init__.py")):
        text = path.read_text(encoding="utf-8")
        if f'_MODELS = "{models}"' in text:
            path.write_text(_aliased(text, changes.schemas), encoding="utf-8")


def _aliased(text: str, schemas: dict[str, str]) -> str:
    renamed = {old: new for old, new in schemas.items() if f'"{new}",' in text}
    if not renamed:
        return text
    lines = "".join(f'    "{old}": "{new}",\n' for old, new in sorted(renamed.items()))
    if "_RENAMED = {\n" in text:
        text = text.replace("_RENAMED = {\n", f"_RENAMED = {{\n{lines}", 1)
    else:
        reason = "#: Former names of models; each warns, and goes with the next release."
        table = f"{reason}\n_RENAMED = {{\n{lines}}}\n\n"
        text = text.replace("__all__ = [\n", f"{table}__all__ = [\n", 1)
        text = re.sub(r"(lazy\(globals\(\), _EXPORTS, _MODELS)\)", r"\1, renamed=_RENAMED)", text)
    typed = "".join(f"    {old} = {new}\n" for old, new in sorted(renamed.items()))
    return text.replace("\n_EXPORTS = {", f"{typed}\n_EXPORTS = {{", 1)
