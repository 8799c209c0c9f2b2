"""Packages whose names are imported when they are first used (PEP 562).

`typing` and `importlib` are not imported on purpose: each costs more than this whole module.
"""

from __future__ import annotations

# Defined here, not imported: type checkers know the name, and `typing` costs milliseconds.
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

    Assign them hidden from type checkers, which would otherwise accept every misspelt name.

    Args:
        package: its ``globals()``, with ``__all__``.
        exports: the module of each name; a leading dot means below the package.
        models: the module of all other names in ``__all__``.
        submodules: modules below the package that are imported when they are named.
        renamed: the new name of each former one; using a former one warns.
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
        path = exports.get(name, models)
        module = __import__(title + path if path[0] == "." else path, fromlist=(name,))
        value = package[name] = getattr(module, name)
        return value

    def directory() -> list[str]:
        dunders = (name for name in package if name.startswith("__"))
        return sorted({*package["__all__"], *submodules, *dunders})

    return getattribute, directory
