"""Check that the pages name existing models, resources, arguments and operations."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING, Final

from trunkline_pipeline.checks.findings import Finding
from trunkline_pipeline.checks.source.docstrings import annotations_of
from trunkline_pipeline.checks.source.pairing import EXTRA

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from trunkline_pipeline.checks.source.facts import Facts
    from trunkline_pipeline.checks.source.methods import Method

_BLOCK: Final = re.compile(r"^::: ([\w.]+)", re.MULTILINE)
_FENCE: Final = re.compile(r"^( *)```python[^\n]*\n(.*?)^\1```", re.MULTILINE | re.DOTALL)
#: A row of a table of methods: the call, the request, the result.
_ROW: Final = re.compile(
    r"^\| `(\w+)\.(\w+)\(([^`]*)\)` \| (\w* ?)`([A-Z]+) (\S+)` \| (.*) \|$", re.MULTILINE
)


def check(facts: Facts) -> Iterator[Finding]:
    """Yield what the pages omit or name wrongly."""
    folder = facts.sources.root / "docs"
    pages = {path: path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.md"))}
    blocks = {name for text in pages.values() for name in _BLOCK.findall(text)}
    for path, text in pages.items():
        yield from _blocks(facts, path, text)
        yield from _fences(facts, path, text)
        yield from _rows(facts, path, text)
    for provider in facts.sources.providers():
        yield from _missing(facts, provider, blocks)
        page = folder / f"{provider}.md"
        if page in pages:
            yield from _unlisted(facts, provider, page, pages[page])


def _blocks(facts: Facts, path: Path, text: str) -> Iterator[Finding]:
    for match in _BLOCK.finditer(text):
        parts = match[1].split(".")
        home = next(
            (n for n in range(len(parts), 0, -1) if facts.sources.module(".".join(parts[:n]))), 0
        )
        module = facts.sources.module(".".join(parts[:home]))
        if module is None or (home < len(parts) and not _has(facts, module.name, parts[home])):
            yield _found(facts, path, text, match.start(), "docs/gone", f"there is no {match[1]}")


def _has(facts: Facts, module: str, name: str) -> bool:
    found = facts.sources.module(module)
    return found is not None and (found.definition(name) is not None or name in found.imports)


def _missing(facts: Facts, provider: str, blocks: set[str]) -> Iterator[Finding]:
    module = facts.sources.module(f"trunkline.{provider}")
    if module is None:
        return
    for name, (home, _) in module.imports.items():
        if home.startswith("trunkline_generated.") and f"trunkline.{provider}.{name}" not in blocks:
            yield Finding(
                "docs/models.md", 0, "docs/missing", f"no block for trunkline.{provider}.{name}"
            )
    shown = {
        name.rpartition(".")[2] for name in blocks if name.startswith(f"trunkline.{provider}.")
    }
    for name in sorted(set(facts.attributes[provider].values())):
        plain = name.removeprefix("Async")
        if plain not in shown and any(m.owner == name for m in facts.methods[provider]):
            yield Finding(
                f"docs/{provider}.md", 0, "docs/missing", f"no block for the resource {plain}"
            )


def _fences(facts: Facts, path: Path, text: str) -> Iterator[Finding]:
    for match in _FENCE.finditer(text):
        code = "\n".join(line.removeprefix(match[1]) for line in match[2].splitlines())
        try:
            tree = ast.parse(code)
        except SyntaxError:
            continue  # an excerpt; a test runs the complete programs
        start = text.count("\n", 0, match.start(2))
        for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
            parts = ast.unparse(call.func).split(".")
            if len(parts) < 3:
                continue
            found = _named(facts, (parts[-3], path.stem), parts[-2], parts[-1])
            given = {one.arg for one in call.keywords if one.arg}
            if found and not any(_takes(each, given) for each in found):
                yield Finding(
                    path.relative_to(facts.sources.root).as_posix(),
                    start + call.lineno,
                    "docs/argument",
                    f"{parts[-2]}.{parts[-1]} does not take {', '.join(sorted(given))}",
                )


def _named(facts: Facts, hints: tuple[str, str], attribute: str, name: str) -> list[Method]:
    """Return the methods that a client's attribute and a name may refer to.

    The hints are the variable of the client, and the page: one of them may name the provider.
    """
    providers = [r for hint in hints for r in facts.methods if r.startswith(hint)][:1]
    found = [
        m
        for r in providers or facts.methods
        for m in facts.methods[r]
        if m.owner == facts.attributes[r].get(attribute)
    ]
    return [each for each in found if each.node.name == name]


def _takes(method: Method, given: set[str]) -> bool:
    return method.takes_any or given <= method.arguments.keys() | EXTRA


def _rows(facts: Facts, path: Path, text: str) -> Iterator[Finding]:
    provider = path.stem
    for match in _ROW.finditer(text):
        attribute, name, arguments, _, verb, suffix, result = match.groups()
        owner = facts.attributes.get(provider, {}).get(attribute)
        method = next(
            (m for m in facts.methods.get(provider, ()) if (m.owner, m.node.name) == (owner, name)),
            None,
        )
        if method is None:
            text_ = f"there is no method {attribute}.{name}"
            yield _found(facts, path, text, match.start(), "docs/gone", text_)
            continue
        for said in _wrong(facts, method, arguments, f"{verb} {suffix}", result):
            yield _found(
                facts, path, text, match.start(), "docs/method", f"{attribute}.{name}: {said}"
            )


def _wrong(
    facts: Facts, method: Method, arguments: str, request: str, result: str
) -> Iterator[str]:
    for given in filter(None, re.split(r",\s*", arguments)):
        name = given.partition("=")[0]
        free = name == "..." or (name.startswith("**") and method.takes_any)
        if not free and name not in method.arguments:
            yield f"it does not take {name}"
    operations = facts.operations.get(method.key or ("", ""), [])
    verb, _, suffix = request.partition(" ")
    for each in operations[:1]:
        if each.method.upper() != verb or not each.path.endswith(suffix):
            yield f"it sends {each}, not {request}"
    names = set(re.findall(r"\w+", annotations_of(method.node)))
    for shown in re.findall(r"`([^`]+)`", result):
        for word in set(re.findall(r"[A-Z]\w+", shown)) - names:
            yield f"it does not return {word}"


def _unlisted(facts: Facts, provider: str, path: Path, text: str) -> Iterator[Finding]:
    """Yield the methods that are missing from a page's table of methods."""
    listed = {(match[1], match[2]) for match in _ROW.finditer(text)}
    if not listed:
        return
    for attribute, owner in facts.attributes[provider].items():
        for method in facts.methods[provider]:
            if method.owner == owner and method.key and (attribute, method.node.name) not in listed:
                yield Finding(
                    path.relative_to(facts.sources.root).as_posix(),
                    0,
                    "docs/missing",
                    f"no row for {attribute}.{method.node.name}",
                )


def _found(facts: Facts, path: Path, text: str, offset: int, rule: str, message: str) -> Finding:
    file = path.relative_to(facts.sources.root).as_posix()
    return Finding(file, text.count("\n", 0, offset) + 1, rule, message)
