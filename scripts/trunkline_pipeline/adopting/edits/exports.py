"""Follow renamed and new models in what a provider's package exports."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from trunkline_pipeline.adopting.changes import Changes

    from .added import Written


def follow(root: Path, changes: Changes, written: Iterable[Written]) -> None:
    """Export what new methods return, and keep the names of renamed schemas for a release."""
    models = f"trunkline_generated.{changes.package}.models"
    new = {name for each in written for name in each.models}
    for path in sorted((root / "overlay" / "trunkline").glob("*/__init__.py")):
        text = path.read_text(encoding="utf-8")
        if f'_MODELS = "{models}"' in text:
            path.write_text(
                _aliased(_exported(text, models, new), changes.schemas), encoding="utf-8"
            )


def _exported(text: str, models: str, names: Iterable[str]) -> str:
    for name in sorted(names):
        if f'"{name}"' not in text:
            text = text.replace(
                f"    from {models} import (\n", f"    from {models} import (\n        {name},\n", 1
            )
            text = text.replace("__all__ = [\n", f'__all__ = [\n    "{name}",\n', 1)
    return text


def _aliased(text: str, schemas: dict[str, str]) -> str:
    """Let the old names of exported models lead to the new ones, with a warning."""
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
