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
    exports: dict[str, str],
    models: str = "",
    submodules: tuple[str, ...] = (),
    renamed: dict[str, str] | None = None,
) -> tuple[Callable[[str], Any], Callable[[], list[str]]]:
    """Return the ``__getattr__`` and the ``__dir__`` of a package.

    Assign them hidden from type checkers, which would take every misspelt name for something.

    Args:
        package: its ``globals()``, with ``__all__``.
        exports: the module of each name; a leading dot means below the package.
        models: the module of all other names in ``__all__``.
        submodules: modules below the package that are imported when they are named.
        renamed: the names that former ones have now; using a former one warns.
    """
    title = package["__name__"]

    def getattribute(name: str) -> Any:
        if name in submodules:
            return __import__(f"{title}.{name}", fromlist=(name,))
        if renamed and name in renamed:
            import warnings

            new = renamed[name]
            text = f"{title}.{name} is now called {new}"
            warnings.warn(text, DeprecationWarning, stacklevel=2)
            return getattr(__import__(title, fromlist=(new,)), new)
        if name not in package["__all__"]:
            raise AttributeError(f"module {title!r} has no attribute {name!r}")
        place = exports.get(name, models)
        module = __import__(title + place if place[0] == "." else place, fromlist=(name,))
        value = package[name] = getattr(module, name)
        return value

    def directory() -> list[str]:
        dunders = (name for name in package if name.startswith("__"))
        return sorted({*package["__all__"], *submodules, *dunders})

    return getattribute, directory
