"""Packages whose names are imported when they are first used (PEP 562).

`typing` and `importlib` are left out on purpose: each costs more than all of this.
"""

from __future__ import annotations

# A name of our own instead of an import: type checkers know it, and `typing` costs milliseconds.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any


def lazy(
    package: dict[str, Any],
    homes: dict[str, str],
    models: str = "",
    rooms: tuple[str, ...] = (),
) -> tuple[Callable[[str], Any], Callable[[], list[str]]]:
    """Return the ``__getattr__`` and the ``__dir__`` of a package.

    Assign them hidden from type checkers, which would take every misspelt name for something.

    Args:
        package: its ``globals()``, with ``__all__``.
        homes: the module of each name; a leading dot means below the package.
        models: the module of all other names in ``__all__``.
        rooms: modules below the package that are imported when they are named.
    """
    title = package["__name__"]

    def getattribute(name: str) -> Any:
        if name in rooms:
            return __import__(f"{title}.{name}", fromlist=(name,))
        if name not in package["__all__"]:
            raise AttributeError(f"module {title!r} has no attribute {name!r}")
        home = homes.get(name, models)
        module = __import__(title + home if home[0] == "." else home, fromlist=(name,))
        value = package[name] = getattr(module, name)
        return value

    def directory() -> list[str]:
        dunders = (name for name in package if name.startswith("__"))
        return sorted({*package["__all__"], *rooms, *dunders})

    return getattribute, directory
