"""Parse YAML 1.2 (core schema) with rapidyaml if it is installed, else with PyYAML.

Both return only JSON values: keys are strings, and `.inf`, `.nan` and dates stay strings.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

from trunkline.contracts._loading.json_reader import DEEP, not_utf8
from trunkline.contracts.errors import ContractError

from . import rapid

if TYPE_CHECKING:
    from collections.abc import Generator

#: The readers recurse in C, where nothing stops them before the stack overflows.
_MAX_DEPTH: Final = 900
_USUAL_DEPTH: Final = 20
_TO_SQUARE: Final = bytes.maketrans(b"{}", b"[]")
_NO_BRACKETS: Final = bytes(set(range(256)) - set(b"[]{}"))
#: Characters that nest without brackets, as in `- - - 1`.
_TO_DASHES: Final = bytes.maketrans(b"?:", b"--")


def parse(data: bytes, source: str) -> Any:
    """Return the only document of a YAML stream.

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
    fast = rapid.parse(data)
    return fast[0] if fast else slow_parse(text, source)


def may_be_deep(data: bytes) -> bool:
    """Whether brackets or dashes may nest so deeply that the readers would exhaust the stack.

    Brackets in strings are counted as well, so this only selects documents for an exact check.
    """
    if b"-" * _MAX_DEPTH in data.translate(_TO_DASHES, b" "):
        return True
    brackets = data.translate(_TO_SQUARE, _NO_BRACKETS)
    for _ in range(_USUAL_DEPTH):  # each round removes the innermost pairs
        brackets = brackets.replace(b"[]", b"")
    return brackets.count(b"[") > _MAX_DEPTH - _USUAL_DEPTH


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


def slow_parse(text: str, source: str) -> Any:
    """Parse with PyYAML, which uses libyaml if it was built with it."""
    from .nodes import value_of

    return value_of(composed(text, source), source)


def composed(text: str, source: str) -> Any:
    """Return PyYAML's node of the only document of a stream; None for an empty stream."""
    with _yaml_errors(source) as yaml:
        return yaml.compose(text, _loader(yaml))


@contextmanager
def _yaml_errors(source: str) -> Generator[Any, None, None]:
    """Yield PyYAML, and turn its errors into one that names the document."""
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
