"""The findings as text, as JSON, and as annotations of a pull request."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from .findings import Finding

_DETAIL: Final = 3
#: Characters that GitHub needs escaped in messages and, additionally, in workflow properties.
_ESCAPES: Final = {"%": "%25", "\r": "%0D", "\n": "%0A"}
_PROPERTY_ESCAPES: Final = {**_ESCAPES, ":": "%3A", ",": "%2C"}


def text(findings: Sequence[Finding], *, verbose: bool = False) -> str:
    """Return one line per finding, some lines of detail, and each remedy once."""
    lines = [line for each in findings for line in _lines(each, verbose=verbose)]
    for remedy in dict.fromkeys(each.remedy for each in findings):
        rules = sorted({each.rule for each in findings if each.remedy == remedy})
        lines.append(f"To repair {', '.join(rules)}: {remedy}")
    count = f"{len(findings)} finding{'s' if len(findings) > 1 else ''}"
    verdict = f"failed, {count}" if findings else "all is up to date"
    return "\n".join([*lines, f"contract check: {verdict}"])


def _lines(each: Finding, *, verbose: bool) -> Iterator[str]:
    where = f"{each.file}:{each.line}" if each.line else each.file
    operation = ".".join(filter(None, (each.contract, each.operation)))
    about = f"{operation}: " if operation else ""
    yield f"{where}: {each.level} {each.rule}: {about}{each.message}"
    shown = len(each.detail) if verbose else _DETAIL
    yield from (f"    {line}" for line in each.detail[:shown])
    if len(each.detail) > shown:
        yield f"    ... {len(each.detail) - shown} more lines with --verbose"


def as_json(findings: Sequence[Finding], *, verbose: bool = False) -> str:
    """Return a JSON array with every field of every finding."""
    del verbose
    return json.dumps([each.to_json() for each in findings], indent=2)


def github(findings: Sequence[Finding], *, verbose: bool = False) -> str:
    """Return workflow commands that GitHub shows next to the lines."""
    return "\n".join([*map(_command, findings), text(findings, verbose=verbose)])


def _command(each: Finding) -> str:
    fields = {"file": each.file, "line": each.line, "endLine": each.end_line, "title": each.rule}
    properties = ",".join(
        f"{key}={_escaped(str(value), _PROPERTY_ESCAPES)}" for key, value in fields.items() if value
    )
    message = _escaped(f"{each.message}\n{each.remedy}", _ESCAPES)
    return f"::{each.level} {properties}::{message}"


def _escaped(value: str, escapes: Mapping[str, str]) -> str:
    for character, escape in escapes.items():
        value = value.replace(character, escape)
    return value


FORMATS: Final[Mapping[str, Callable[..., str]]] = {
    "text": text,
    "json": as_json,
    "github": github,
}
