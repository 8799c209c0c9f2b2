"""Check that methods without an operation refuse wrong values as their docstrings say."""

from __future__ import annotations

import ast
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final, NoReturn

import httpx

from trunkline_pipeline.checks.source.facts import about
from trunkline_pipeline.checks.source.modules import docstring

from .clients import TWINS, connected, public_methods

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from trunkline_pipeline.checks.findings import Finding
    from trunkline_pipeline.checks.source.facts import Facts
    from trunkline_pipeline.checks.source.methods import Argument, Method

    from .recorder import Recorder

_ERROR: Final = "InvalidArgumentError"
#: The second one is raised by a method whose operation the API has removed.
_EXPECTED: Final = frozenset({_ERROR, "RemovedOperationError"})
_RIGHT: Final = {"str": "+15555550123", "datetime": datetime(2026, 1, 1, tzinfo=UTC)}
_WRONG: Final = {"str": "", "datetime": "x probe", "float": -1.0}


class _Sent(BaseException):
    """A request was sent: stop, because the rest of the method may take minutes."""


def check(facts: Facts, providers: Iterable[str], recorder: Recorder) -> Iterator[Finding]:
    """Yield wrong values that unmarked methods do not refuse, although their docstring says so."""
    for provider in providers:
        for twin, prefix in TWINS.items():
            try:
                client = connected(provider, twin, httpx.MockTransport(_sent))
                found = dict(public_methods(client))
            except Exception:  # noqa: BLE001, S112  # a finding for the marked methods reports it
                continue
            for method in facts.methods[provider]:
                call = found.get((prefix + method.owner.removeprefix("Async"), method.node.name))
                if call and method.key is None and _ERROR in docstring(method.node):
                    yield from _refusals(method, call, recorder)


def _sent(request: httpx.Request) -> NoReturn:
    raise _Sent(request.url)


def _refusals(method: Method, call: Callable[..., Any], recorder: Recorder) -> Iterator[Finding]:
    arguments = method.arguments
    usual = {n: _of(each, _RIGHT) for n, each in arguments.items() if each.default is None}
    for name, argument in arguments.items():
        if (value := _of(argument, _WRONG)) is None or None in usual.values():
            continue
        try:
            recorder.run(call, {**usual, name: value})
            became = "is accepted"
        except _Sent:
            became = "is sent"
        except Exception as error:  # noqa: BLE001  # any error is reported
            if type(error).__name__ in _EXPECTED:
                continue
            became = f"raises {type(error).__name__}: {error}"
        yield about(method, "argument/unchecked", f"{method}: {name} = {value!r} {became}")


def _of(argument: Argument, values: dict[str, Any]) -> Any:
    annotation = argument.annotation
    return values.get(ast.unparse(annotation)) if annotation is not None else None
