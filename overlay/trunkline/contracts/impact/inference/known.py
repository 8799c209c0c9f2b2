"""Functions and methods of Python, and of common packages, that pass values on.

They are recognized by name, because neither the consumer nor a library that was read defines
them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeAlias

from trunkline.contracts.impact.inference import types as t
from trunkline.contracts.impact.inference.program import element

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from trunkline.contracts.impact.inference.calls import Protocols
    from trunkline.contracts.impact.inference.types import Type

__all__ = ["ELEMENT_PARAMETER", "FUNCTIONS", "container_method", "runs_function"]


_Function: TypeAlias = "Callable[[Protocols, Sequence[Type]], Type]"


def _first(args: Sequence[Type]) -> Type:
    return args[0] if args else t.UNKNOWN


def _list_of_elements(protocols: Protocols, args: Sequence[Type]) -> Type:
    return t.listed(protocols.iterate(_first(args)))


def _one_element(protocols: Protocols, args: Sequence[Type]) -> Type:
    """Return the result of `max(a, b)` or `max(iterable)`."""
    if len(args) > 1 and all(protocols.iterate(each) in {t.UNKNOWN, t.FOREIGN} for each in args):
        return t.join(args)
    return t.join([protocols.iterate(_first(args)), *args[1:]])


def _next(protocols: Protocols, args: Sequence[Type]) -> Type:
    return t.join([protocols.iterate(_first(args)), *args[1:]])


def _anext(protocols: Protocols, args: Sequence[Type]) -> Type:
    return t.Instance(t.AWAITABLE, (_next(protocols, args),))


def _filter(protocols: Protocols, args: Sequence[Type]) -> Type:
    return t.listed(protocols.iterate(args[1])) if len(args) > 1 else t.UNKNOWN


def _map(protocols: Protocols, args: Sequence[Type]) -> Type:
    return t.listed(t.join(protocols.call(each, {}) for each in t.members(_first(args))))


def _enumerate(protocols: Protocols, args: Sequence[Type]) -> Type:
    return t.listed(t.Instance(t.TUPLE, (t.FOREIGN, protocols.iterate(_first(args)))))


def _zip(protocols: Protocols, args: Sequence[Type]) -> Type:
    return t.listed(t.Instance(t.TUPLE, tuple(protocols.iterate(each) for each in args)))


def _groupby(protocols: Protocols, args: Sequence[Type]) -> Type:
    group = t.listed(protocols.iterate(_first(args)))
    return t.listed(t.Instance(t.TUPLE, (t.FOREIGN, group)))


def _chain(protocols: Protocols, args: Sequence[Type]) -> Type:
    return t.listed(t.join(protocols.iterate(each) for each in args))


def _flattened(protocols: Protocols, args: Sequence[Type]) -> Type:
    return t.listed(protocols.iterate(protocols.iterate(_first(args))))


def _gather(protocols: Protocols, args: Sequence[Type]) -> Type:
    return t.Instance(t.AWAITABLE, (t.Instance(t.TUPLE, tuple(map(protocols.awaited, args))),))


def _awaited(protocols: Protocols, args: Sequence[Type]) -> Type:
    return protocols.awaited(_first(args))


def _awaitable(protocols: Protocols, args: Sequence[Type]) -> Type:
    return t.Instance(t.AWAITABLE, (protocols.awaited(_first(args)),))


def _identity(_: Protocols, args: Sequence[Type]) -> Type:
    return _first(args)


def _context(_: Protocols, args: Sequence[Type]) -> Type:
    return t.Instance(t.CONTEXT, (_first(args),))


def _entered(protocols: Protocols, args: Sequence[Type]) -> Type:
    return protocols.entered(_first(args))


def _entered_async(protocols: Protocols, args: Sequence[Type]) -> Type:
    return t.Instance(t.AWAITABLE, (protocols.entered(_first(args)),))


def _depends(protocols: Protocols, args: Sequence[Type]) -> Type:
    """A dependency of a web framework: what its function returns, or yields once."""
    kinds: list[Type] = []
    for each in t.members(_first(args)):
        result = protocols.awaited(protocols.call(each, {}))
        is_yielded = isinstance(result, t.Instance) and result.symbol in {t.LIST, t.CONTEXT}
        kinds.append(element(result) if is_yielded else result)
    return t.join(kinds)


def _as_dict(_: Protocols, args: Sequence[Type]) -> Type:
    return t.join(
        t.Wire(each.symbol, attrs=True)
        for each in t.members(_first(args))
        if isinstance(each, t.Instance) and not each.symbol.startswith("builtins::")
    )


def _wait(protocols: Protocols, args: Sequence[Type]) -> Type:
    done = t.listed(protocols.iterate(_first(args)))
    return t.Instance(t.AWAITABLE, (t.Instance(t.TUPLE, (done, done)),))


FUNCTIONS: Final[dict[str, _Function]] = {
    **dict.fromkeys(
        [
            "list",
            "sorted",
            "reversed",
            "set",
            "frozenset",
            "iter",
            "aiter",
            "islice",
            "as_completed",
            "deque",
            "cycle",
            "track",
            "tqdm",
        ],
        _list_of_elements,
    ),
    "tuple": _list_of_elements,
    "max": _one_element,
    "min": _one_element,
    "choice": _next,
    "next": _next,
    "anext": _anext,
    "filter": _filter,
    "takewhile": _filter,
    "dropwhile": _filter,
    "map": _map,
    "enumerate": _enumerate,
    "zip": _zip,
    "groupby": _groupby,
    "chain": _chain,
    "from_iterable": _flattened,
    "gather": _gather,
    "run": _awaited,
    "run_until_complete": _awaited,
    "create_task": _awaitable,
    "ensure_future": _awaitable,
    "wait_for": _awaitable,
    "shield": _awaitable,
    "start_soon": _awaitable,
    "wait": _wait,
    "copy": _identity,
    "deepcopy": _identity,
    "closing": _context,
    "aclosing": _context,
    "nullcontext": _context,
    "enter_context": _entered,
    "enter_async_context": _entered_async,
    "Depends": _depends,
    "Security": _depends,
    "Provide": _depends,
    "asdict": _as_dict,
    "vars": _as_dict,
}

#: Which parameter of a lambda gets the elements of the iterable passed with it.
ELEMENT_PARAMETER: Final = {
    **dict.fromkeys(
        ["sorted", "max", "min", "filter", "map", "takewhile", "dropwhile", "groupby", "sort"], 0
    ),
    "reduce": 1,
}


def runs_function(name: str) -> tuple[int, str] | None:
    """Return the index of the function among the arguments, and what is returned.

    The result is `value` (the function's own), `future` (an awaitable of it), `partial` (the
    function itself with arguments bound) or `list` (called once for each element).
    """
    return {
        "to_thread": (0, "future"),
        "run_in_threadpool": (0, "future"),
        "run_sync": (0, "future"),
        "run_in_executor": (1, "future"),
        "submit": (0, "future"),
        "partial": (0, "partial"),
        "retry_call": (0, "value"),
        "call_soon": (0, "value"),
        "call_soon_threadsafe": (0, "value"),
        "add_task": (0, "value"),
        "map": (0, "list"),
        "starmap": (0, "list"),
    }.get(name)


def container_method(
    kind: t.Instance, name: str, args: Sequence[Type], protocols: Protocols
) -> Type:
    """Return the result of a method of a list, dict, tuple or future."""
    first = kind.args[0] if kind.args else t.UNKNOWN
    if kind.symbol == t.AWAITABLE:
        return first if name == "result" else t.FOREIGN
    if kind.symbol == t.DICT:
        return _dict_method(kind, name, args)
    if kind.symbol in {t.LIST, t.TUPLE}:
        whole = protocols.iterate(kind)
        if name in {"pop", "popleft", "__next__", "send", "get", "get_nowait"}:
            return whole
        if name in {"copy", "union", "difference", "intersection"}:
            return kind
        if name == "__anext__":
            return t.Instance(t.AWAITABLE, (whole,))
    return t.FOREIGN


def _dict_method(kind: t.Instance, name: str, args: Sequence[Type]) -> Type:
    key, value = (*kind.args, t.UNKNOWN, t.UNKNOWN)[:2]
    results: dict[str, Callable[[], Type]] = {
        "items": lambda: t.listed(t.Instance(t.TUPLE, (key, value))),
        "values": lambda: t.listed(value),
        "keys": lambda: t.listed(key),
        "get": lambda: t.join([value, *args[1:]]),
        "pop": lambda: t.join([value, *args[1:]]),
        "setdefault": lambda: t.join([value, *args[1:]]),
        "popitem": lambda: t.Instance(t.TUPLE, (key, value)),
        "copy": lambda: kind,
    }
    found = results.get(name)
    return t.FOREIGN if found is None else found()
