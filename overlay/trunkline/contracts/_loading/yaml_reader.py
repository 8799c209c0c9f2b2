"""YAML 1.2 (core schema) by rapidyaml if it is installed, else by PyYAML.

Both yield what JSON can hold: keys are texts, and `.inf`, `.nan` and dates stay texts. rapidyaml
writes JSON and knows neither aliases, tags nor the words `True` and `~` there, so a document that
has them outside of its descriptions goes to PyYAML; the few words that occur in practice are
rewritten before.
"""

from __future__ import annotations

import os
import re
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

from trunkline._json import is_array
from trunkline.contracts.errors import ContractError

from .json_reader import DEEP, loads, not_utf8

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator

# A value that rapidyaml and the core schema read differently, alone on its line.
_LINE: Final = re.compile(
    rb"[ ]*(?:-[ ]+)*(?:[\w.$/{}-]+[ ]*:[ ]+)?(?P<word>[~\w+-]+)[ ]*(?:#.*)?\r?(?:\n|\Z)"
)
# A tag, a number in a form that JSON does not know, or such a word inside `[...]` or `{...}`.
_SUSPECT: Final = re.compile(
    rb"[ ]*(?:-[ ]+)*(?:[\w.$/{}-]+[ ]*:[ ]+)?(?:!|(?:[+-]?0[xo0-9]|\+[0-9.])[0-9a-fA-F.]*[ ]*\r?\n"
    rb"|[\[{][^\n]*[\[,:][ ]*(?:!|(?:True|TRUE|False|FALSE|~|Null|NULL|[+-]?inf|nan|infinity"
    rb"|[+-]?0[xo0-9][0-9a-fA-F]*|\+[0-9.]+)[ ]*[,\]}]))"
)
# What to look for before a line is looked at: bytes are found far faster than patterns.
_FLOW: Final = (b": [", b"- [", b": {", b"- {")
_ODD: Final = re.compile(rb"!|\+[0-9.]|[+-]?0[xo0-9]")
#: The readers recurse in C, where nothing stops them before the stack ends.
_MAX_DEPTH: Final = 900
_NO_BRACKETS: Final = bytes(set(range(256)) - set(b"[]{}"))
#: What nests without brackets, as in `- - - 1`.
_TO_DASHES: Final = bytes.maketrans(b"?:", b"--")
_NAME: Final = re.compile(r'[^"\s*]')
_BLOCK: Final = re.compile(rb"[|>][-+0-9]*[ ]*(?:#.*)?\s*$")
_AFTER_WORD: Final = frozenset({b"", b" ", b"\r", b"\n"})
_QUOTED: Final = (b"inf", b"+inf", b"-inf", b"infinity", b"nan")
_WORDS: Final = {
    **{word: b'"' + word + b'"' for word in _QUOTED},
    b"True": b"true",
    b"TRUE": b"true",
    b"False": b"false",
    b"FALSE": b"false",
    b"~": b"null",
    b"Null": b"null",
    b"NULL": b"null",
}


def parse(data: bytes, source: str) -> Any:
    """Return the one document of a YAML stream.

    Raises:
        ContractError: it is not YAML, no reader is installed, it is nested too deeply, or its
            aliases multiply too far.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise not_utf8(error, source) from error
    if may_be_deep(data):
        _refuse_deep(text, source)
    fast = fast_parse(data)
    return fast[0] if fast else slow_parse(text, source)


def may_be_deep(data: bytes) -> bool:
    """Whether brackets or dashes may nest so deeply that the readers would exhaust the stack.

    Brackets in texts are counted as well; so this only tells which documents need a closer look.
    """
    if b"-" * _MAX_DEPTH in data.translate(_TO_DASHES, b" "):
        return True
    depth = 0
    for bracket in data.translate(None, _NO_BRACKETS):
        depth += 1 if bracket in b"[{" else -1
        if depth > _MAX_DEPTH:
            return True
        depth = max(depth, 0)
    return False


def _refuse_deep(text: str, source: str) -> None:
    with _yaml_errors(source) as yaml:
        depth = 0
        for event in yaml.parse(text, _loader(yaml)):
            if isinstance(event, yaml.CollectionStartEvent):
                depth += 1
            elif isinstance(event, yaml.CollectionEndEvent):
                depth -= 1
            if depth > _MAX_DEPTH:
                line, column = event.start_mark.line + 1, event.start_mark.column + 1
                raise ContractError(DEEP, document=source, line=line, column=column)


def fast_parse(data: bytes) -> tuple[Any] | None:
    """Return the value in a tuple, or None where rapidyaml is missing or not to be trusted."""
    try:
        import ryml  # type: ignore[import-untyped] # pyright: ignore[reportMissingTypeStubs] - it has none

        reader: Any = ryml
    except ImportError:
        return None
    tokens = set(data.split())
    if b"<<:" in data or any(_is_suspect(data, mark) for mark in _marks(tokens)):
        return None
    try:
        with _no_messages():
            tree = reader.parse_in_arena(_plain_words(data.removeprefix(b"\xef\xbb\xbf"), tokens))
            text = reader.emit_json_malloc(tree, tree.root_id())
            if _has_alias(text):
                text = _resolved(reader, tree)
                if not text or _has_alias(text):
                    return None
    except Exception:  # noqa: BLE001 - its errors have no class in common, and PyYAML says more
        return None
    return _from_json(text)


@contextmanager
def _no_messages() -> Generator[None, None, None]:
    """Keep the library from writing its errors to the standard error of the process."""
    try:
        saved = os.dup(2)
    except OSError:  # there is none
        yield
        return
    try:
        with open(os.devnull, "wb") as nowhere:
            os.dup2(nowhere.fileno(), 2)
        yield
    finally:
        os.dup2(saved, 2)
        os.close(saved)


def _resolved(reader: Any, tree: Any) -> str:
    """Return the JSON with aliases replaced; empty if they nest, and so may multiply."""
    anchored = [node for node in range(tree.size()) if tree.has_val_anchor(node)]
    if any(_has_alias(reader.emit_json_malloc(tree, node)) for node in anchored):
        return ""
    tree.resolve()
    return str(reader.emit_json_malloc(tree, tree.root_id()))


def _has_alias(text: str) -> bool:
    """Whether a text in JSON begins like an alias; a quote inside of one has a backslash before."""
    at = text.find('"*')
    while at >= 0:
        if text[at - 1] != "\\" and _NAME.match(text, at + 2):
            return True
        at = text.find('"*', at + 2)
    return '"<<"' in text


def _from_json(text: str) -> tuple[Any] | None:
    try:
        value = loads(text)
    except (ValueError, RecursionError):
        return None
    # A stream with `---` is written as a list of its documents.
    if is_array(value):
        return (value[0],) if len(value) == 1 else None
    return (value,)


def _marks(tokens: set[bytes]) -> list[bytes]:
    """Return what a line that rapidyaml would read differently may begin its value with."""
    return [*_FLOW, *(b" " + token for token in tokens if _ODD.match(token))]


def _is_suspect(data: bytes, mark: bytes) -> bool:
    at = data.find(mark)
    while at >= 0:
        line = data.rfind(b"\n", 0, at) + 1
        if _SUSPECT.match(data, line) and not _in_block_scalar(data, line):
            return True
        at = data.find(mark, at + 1)
    return False


def _plain_words(data: bytes, tokens: set[bytes]) -> bytes:
    words = tokens & _WORDS.keys()
    edits = sorted({edit for word in words for edit in _occurrences(data, word)})
    for start, word in reversed(edits):
        data = data[:start] + _WORDS[word] + data[start + len(word) :]
    return data


def _occurrences(data: bytes, word: bytes) -> Iterator[tuple[int, bytes]]:
    at = data.find(b" " + word)
    size = len(word) + 1
    while at >= 0:
        if data[at + size : at + size + 1] in _AFTER_WORD:
            line = data.rfind(b"\n", 0, at) + 1
            match = _LINE.match(data, line)
            if match and match["word"] == word and not _in_block_scalar(data, line):
                yield match.start("word"), word
        at = data.find(b" " + word, at + size)


def _in_block_scalar(data: bytes, start: int) -> bool:
    indent = _indent(data[start : data.find(b"\n", start)])
    end = start
    while end > 0:
        begin = data.rfind(b"\n", 0, end - 1) + 1
        line = data[begin:end]
        if line.strip() and _indent(line) < indent:
            return _BLOCK.search(line) is not None
        end = begin
    return False


def _indent(line: bytes) -> int:
    return len(line) - len(line.lstrip(b" "))


def slow_parse(text: str, source: str) -> Any:
    """Parse with PyYAML, through libyaml if it was built with it."""
    from .yaml_nodes import value_of

    with _yaml_errors(source) as yaml:
        return value_of(yaml.compose(text, _loader(yaml)), source)


@contextmanager
def _yaml_errors(source: str) -> Generator[Any, None, None]:
    """Give PyYAML, and turn its errors into one that names the document."""
    try:
        import yaml
    except ImportError as error:
        raise ContractError(
            "is YAML, and no YAML reader is installed: pip install 'trunkline[cli]'",
            document=source,
        ) from error
    try:
        yield yaml
    except yaml.YAMLError as error:
        raise _not_yaml(error, source) from error
    except RecursionError as error:
        raise ContractError(DEEP, document=source) from error


def _loader(yaml: Any) -> Any:
    return getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def _not_yaml(error: Any, source: str) -> ContractError:
    mark = getattr(error, "problem_mark", None)
    problem = getattr(error, "problem", None) or getattr(error, "reason", None) or "syntax error"
    if mark is None:
        return ContractError(f"is not YAML: {problem}", document=source)
    return ContractError(
        f"is not YAML: {problem}", document=source, line=mark.line + 1, column=mark.column + 1
    )
