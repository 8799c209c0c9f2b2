"""Names in annotations that mean a list, a dict, an awaitable, or only a wrapper."""

from __future__ import annotations

from typing import Final

LISTS: Final = frozenset(
    [
        "list",
        "List",
        "set",
        "Set",
        "frozenset",
        "FrozenSet",
        "Sequence",
        "MutableSequence",
        "Collection",
        "Iterable",
        "Iterator",
        "Generator",
        "AsyncIterable",
        "AsyncIterator",
        "AsyncGenerator",
        "deque",
        "Deque",
        "KeysView",
        "ValuesView",
        "AbstractSet",
        "MutableSet",
        "Container",
        "Reversible",
        "Queue",
        "LifoQueue",
        "PriorityQueue",
        "SimpleQueue",
    ]
)
DICTS: Final = frozenset(
    [
        "dict",
        "Dict",
        "Mapping",
        "MutableMapping",
        "defaultdict",
        "DefaultDict",
        "OrderedDict",
        "ChainMap",
    ]
)
AWAITABLES: Final = frozenset(["Awaitable", "Coroutine", "Task", "Future"])
CONTEXTS: Final = frozenset(
    [
        "AbstractContextManager",
        "AbstractAsyncContextManager",
        "ContextManager",
        "AsyncContextManager",
    ]
)
WRAPPERS: Final = frozenset(
    [
        "Optional",
        "Annotated",
        "Final",
        "ClassVar",
        "Required",
        "NotRequired",
        "ReadOnly",
        "InitVar",
        "Mapped",
    ]
)
ANYTHING: Final = frozenset(["Any", "object"])
VARIABLES: Final = frozenset({"TypeVar", "ParamSpec", "TypeVarTuple"})
