"""Docstrings: edits, line by line, and docstrings of new methods."""

from __future__ import annotations

import re
import textwrap
from typing import TYPE_CHECKING, Final

import libcst as cst

from trunkline_pipeline.checks.contract.sample_values import one_variant

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from trunkline_pipeline.checks.contract.operations import Field, Operation

#: The maximum length of a line.
WIDTH: Final = 100
_INDENT: Final = " " * 8
#: The words of a name in any naming style.
WORDS: Final = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")
_SECTION: Final = re.compile(r"^( *)(Args|Returns|Raises|Yields):$")


def rewritten(function: cst.FunctionDef, edit: Callable[[str], str]) -> cst.FunctionDef:
    """Return a function with its docstring, quotes included, edited; unchanged without one."""
    first = function.body.body[0] if function.body.body else None
    if not isinstance(first, cst.SimpleStatementLine) or not isinstance(first.body[0], cst.Expr):
        return function
    text = first.body[0].value
    if not isinstance(text, cst.SimpleString):
        return function
    made = first.with_changes(
        body=[first.body[0].with_changes(value=text.with_changes(value=edit(text.value)))]
    )
    return function.with_changes(
        body=function.body.with_changes(body=[made, *function.body.body[1:]])
    )


def entry(name: str, text: str, indent: str) -> list[str]:
    """Return the lines that describe an argument."""
    return _filled(f"{name}: {text}", f"{indent}    ", f"{indent}        ")


def _filled(text: str, first: str, following: str) -> list[str]:
    """Return a text as lines; a line of a single word may have any length."""
    return textwrap.wrap(
        text,
        WIDTH,
        initial_indent=first,
        subsequent_indent=following,
        break_long_words=False,
        break_on_hyphens=False,
    )


def described(text: str, name: str, said: str, before: Collection[str] = ()) -> str:
    """Write or replace the entry of an argument: before the named ones, else at the end."""
    lines = text.split("\n")
    indent = _indent(lines)
    if f"{indent}Args:" not in lines:
        lines = _with_section(lines, indent, f"{indent}Args:")
    start = lines.index(f"{indent}Args:") + 1
    found = _entries(lines, start, indent)
    if name in found:
        first, end = found[name]
    else:
        starts = [found[each][0] for each in found if each in before]
        first = end = starts[0] if starts else max((e for _, e in found.values()), default=start)
    lines[first:end] = entry(name, said, indent)
    return "\n".join(lines)


def entry_renamed(text: str, name: str, new: str) -> str:
    """Rename the entry of an argument; its lines are wrapped again."""
    lines = text.split("\n")
    indent = _indent(lines)
    start = lines.index(f"{indent}Args:") + 1 if f"{indent}Args:" in lines else len(lines)
    if found := _entries(lines, start, indent).get(name):
        said = " ".join(line.strip() for line in lines[slice(*found)]).partition(": ")[2]
        lines[slice(*found)] = entry(new, said, indent)
    return "\n".join(lines)


def operation_named(text: str, old: str, new: str) -> str:
    """Name another operation; below the summary if the line gets too long."""
    made = re.sub(rf"\((operation\s+)``{re.escape(old)}``", rf"(\1``{new}``", text)
    lines = made.split("\n")
    indent = _indent(lines)
    named = re.compile(rf"(.*?) (\(operation ``{re.escape(new)}``[^()]*\))(.*?)\.?((?:\"\"\")?)")
    for number, line in enumerate(lines):
        before = 0 if line.startswith(" ") else len(indent)  # the first line lacks its indent
        found = named.fullmatch(line) if before + len(line) > WIDTH else None
        if found:
            below = _filled(found[2], indent, indent)
            end = [f"{indent}{found[4]}"] if found[4] else []
            lines[number] = "\n".join([f"{found[1]}{found[3]}.", "", *below, *end])
    return "\n".join(lines)


def raising(text: str, error: str, said: str) -> str:
    """Name the one error that is raised, and no longer the operation."""
    lines = re.sub(r"\s+\(operation\s+``[^`]+``\)", "", text).split("\n")
    indent = _indent(lines)
    head = f"{indent}Raises:"
    if head not in lines:
        lines = _with_section(lines, indent, head)
    start = lines.index(head) + 1
    end = max((last for _, last in _entries(lines, start, indent).values()), default=start)
    lines[start:end] = entry(error, said, indent)
    return "\n".join(lines)


def _indent(lines: list[str]) -> str:
    if len(lines) > 1:
        return lines[-1][: len(lines[-1]) - len(lines[-1].lstrip())]
    return " " * 8


def _with_section(lines: list[str], indent: str, head: str) -> list[str]:
    if len(lines) == 1:
        quotes = lines[0][-3:]
        lines = [lines[0][:-3], f"{indent}{quotes}"]
    index = next((n for n, line in enumerate(lines) if _SECTION.match(line)), len(lines) - 1)
    empty = [] if lines[index - 1] == "" else [""]
    after = [""] if _SECTION.match(lines[index]) else []
    return [*lines[:index], *empty, head, *after, *lines[index:]]


def _entries(lines: list[str], start: int, indent: str) -> dict[str, tuple[int, int]]:
    """Return the first line of each entry and the line after its last."""
    found: dict[str, tuple[int, int]] = {}
    name = ""
    for number in range(start, len(lines)):
        line = lines[number]
        if not line.startswith(f"{indent}    "):
            break
        if match := re.match(rf"{indent}    (\w+):", line):
            name = match[1]
            found[name] = (number, number + 1)
        elif name:
            found[name] = (found[name][0], number + 1)
    return found


def text_of(new: Field, document: Mapping[str, object]) -> str:
    """Return the description of an argument for a docstring, from the contract."""
    schema = one_variant(new.schema, document)
    text = " ".join(str(new.schema.get("description") or schema.get("description") or "").split())
    text = text.rstrip(".") or "the contract says no more of it"
    text = text[:1].lower() + text[1:] if text[1:2].islower() else text
    values = [f"``{each}``" for each in schema.get("enum", ()) if each is not None]
    items = one_variant(schema.get("items", {}), document)
    values += [f"``{each}``" for each in items.get("enum", ())]
    missing = [each for each in values if each not in text]
    more = f"; one of {', '.join(missing)}" if missing else ""
    if "default" in schema and str(schema["default"]) not in text:
        more += f"; the default is {schema['default']}"
    if new.schema.get("deprecated") is True and "deprecated" not in text:
        more += "; deprecated by the contract"
    return f"{text}{more}."


def of_operation(
    operation: Operation, fields: Collection[Field], document: Mapping[str, object]
) -> list[str]:
    """Return the lines of the docstring of a new method."""
    definition = operation.definition
    name = operation.operation_id
    summary, described = _said_of(operation)
    lines = [f'{_INDENT}"""{summary.rstrip(".")} (operation ``{name}``).', ""]
    if definition.get("deprecated") is True:
        lines += [f"{_INDENT}Deprecated by the contract.", ""]
    for paragraph in described.split("\n\n"):
        if text := " ".join(paragraph.split()):
            wrapped = textwrap.wrap(text, WIDTH, initial_indent=_INDENT, subsequent_indent=_INDENT)
            lines += [*wrapped, ""]
    if operation.method == "post":
        lines += [f"{_INDENT}It is never repeated after a timeout or a 5xx.", ""]
    entries = [(e.python_name, text_of(e, document)) for e in fields]
    if operation.open_body:
        absent = "" if operation.needs_body(document) else "; without them no body is sent"
        entries.append(("fields", f"the members of the body, JSON values{absent}."))
    if entries:
        lines.append(f"{_INDENT}Args:")
        lines += [line for each in entries for line in entry(*each, _INDENT)]
        lines.append("")
    lines += [
        f"{_INDENT}Raises:",
        f"{_INDENT}    InvalidArgumentError: an argument is not usable.",
    ]
    if operation.method == "post":
        said = "no response came, and the request may have been carried out."
        lines.append(f"{_INDENT}    AmbiguousResultError: {said}")
    lines += [f"{_INDENT}    APIError: the request failed.", f'{_INDENT}"""']
    return operation_named("\n".join(lines), name, name).split("\n")


def _said_of(operation: Operation) -> tuple[str, str]:
    """Return the summary and the description, which gets a summary too long for a line."""
    definition, name = operation.definition, operation.operation_id
    summary = " ".join(str(definition.get("summary") or _said(name)).split())
    summary = summary[:1].upper() + summary[1:]
    described = str(definition.get("description") or "")
    if len(f'{_INDENT}"""{summary}.') <= WIDTH:
        return summary, described
    return _said(name), summary if not described else f"{summary}\n\n{described}"


def _said(name: str) -> str:
    return " ".join(word.lower() for word in WORDS.findall(name)).capitalize()
