"""Changes of the pages, some of which users would not notice."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .mutation import Mutation, always

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def page_mutations(root: Path) -> Iterator[Mutation]:
    """Yield changes of the pages, some of which users would not notice."""
    for path in sorted((root / "docs").glob("*.md")):
        text, file = path.read_text(encoding="utf-8"), path.relative_to(root).as_posix()
        for match in re.finditer(
            r"^::: (trunkline\.(?:pamela|whispey|stateset_voice)\.[A-Z]\w+)$", text, re.MULTILINE
        ):
            new = text[: match.start()] + text[match.end() :]
            yield Mutation("block dropped", match[1], file, always(new), "", path.stem == "models")
        for match in re.finditer(r"^\| `(\w+\.\w+)\([^|]*\| `[A-Z]+ /.*\n", text, re.MULTILINE):
            new = text[: match.start()] + text[match.end() :]
            yield Mutation("row dropped", match[1], file, always(new))
        yield Mutation(
            "page lengthened", path.stem, file, always(f"{text}\nMore words.\n"), "", False
        )
        for match in re.finditer(r"(?<=calls\.create\()(\w+)=", text):
            new = f"{text[: match.start()]}x_{text[match.start() :]}"
            # Phone.ai's methods take any field, so an example of them cannot name a wrong one.
            matters, place = path.stem != "phone_ai", f"{path.stem} {match[1]}"
            yield Mutation("keyword renamed", place, file, always(new), "", matters)
        for match in re.finditer(r"^\| `\w+\.\w+\([^|]*\| `(?=[A-Z]+ /)", text, re.MULTILINE):
            new = f"{text[: match.end()]}X{text[match.end() :]}"
            yield Mutation("row's method", path.stem, file, always(new))
