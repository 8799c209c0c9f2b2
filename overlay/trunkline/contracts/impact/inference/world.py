"""Which file a module name means, and what a name in that module stands for."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from trunkline.contracts.impact import source
from trunkline.contracts.impact.inference.files import Files, absolute, in_folder, module_parts
from trunkline.contracts.impact.inference.modules import (
    Assigned,
    ClassInfo,
    Definition,
    FunctionInfo,
    Import,
    ModuleInfo,
    read_module,
)
from trunkline.contracts.model import Skipped

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = ["World"]

#: Errors of the parser for files that it cannot read.
_UNREADABLE = (SyntaxError, ValueError, RecursionError, MemoryError)


class World:
    """All modules that can be read: those of the libraries, and the consumer's own files.

    Args:
        libraries: folder of each package that leads to the API, by its import name.
        files: the consumer's files.
        texts: bytes of files that were read already.
    """

    def __init__(
        self,
        libraries: Mapping[str, Path],
        files: Iterable[Path] = (),
        texts: Mapping[Path, bytes] | None = None,
    ) -> None:
        self.libraries = {name: folder.resolve() for name, folder in libraries.items()}
        self.skipped: dict[str, Skipped] = {}
        self._texts = texts or {}
        self._modules: dict[Path, ModuleInfo | None] = {}
        self._nested: dict[str, FunctionInfo] = {}
        self.files = Files(files)
        # Every file looks up the same few names.
        self._named: dict[tuple[str, Path | None], ModuleInfo | None] = {}
        self._by_key: dict[str, ModuleInfo | None] = {}
        self._symbols: dict[str, ClassInfo | FunctionInfo | Assigned | None] = {}
        self._is_library: dict[str, bool] = {}
        self._meanings: dict[tuple[str, str], Definition | None] = {}
        self._beside: dict[tuple[Path, str, int], ModuleInfo | None] = {}
        # Equal paths compare fast if they are one object.
        self._folders: dict[Path, Path] = {}

    def at(self, path: Path) -> ModuleInfo | None:
        """Return the module in a file, or None if it cannot be read."""
        whole = absolute(path)
        if whole not in self._modules:
            self._modules[whole] = self._read(whole)
        return self._modules[whole]

    def module(self, dotted: str, by: ModuleInfo | None = None) -> ModuleInfo | None:
        """Return the module of a dotted name, as a module of the consumer would import it."""
        key = (dotted, by.folder if by else None)
        if key not in self._named:
            self._named[key] = self._find_module(dotted, by)
        return self._named[key]

    def _find_module(self, dotted: str, by: ModuleInfo | None) -> ModuleInfo | None:
        library = self._library(dotted)
        if library:
            rest = dotted[len(library) + 1 :]
            found = in_folder(self.libraries[library], rest.split(".") if rest else [])
            return self.at(found) if found else None
        path = self.files.module(dotted, by.path if by else None)
        return self.at(path) if path else self._vendored(dotted)

    def _vendored(self, dotted: str) -> ModuleInfo | None:
        """Return a module of a library that is inside the consumer's own package."""
        for name, folder in self.libraries.items():
            outer, found, rest = f".{dotted}.".partition(f".{name}.")
            above = tuple(outer.split(".")[1:])
            parents = folder.parts[: len(folder.parts) - name.count(".") - 1]
            if found and above and parents[-len(above) :] == above:
                return self.module(f"{name}.{rest}".rstrip("."))
        return None

    def is_library(self, key: str) -> bool:
        """Whether a module belongs to a package that leads to the API."""
        if key not in self._is_library:
            self._is_library[key] = bool(self._library(key))
        return self._is_library[key]

    def _library(self, dotted: str) -> str:
        fitting = [n for n in self.libraries if dotted == n or dotted.startswith(f"{n}.")]
        return max(fitting, key=len, default="")

    def resolve(self, found: Import, module: ModuleInfo) -> Definition | None:
        """Return what an import refers to, or None if it is not among the files."""
        base = self._relative(found, module) if found.level else self.module(found.module, module)
        if found.name is None:
            return base
        if base is None:
            return self._submodule(found, module)
        return self.name(base, found.name)

    def name(self, module: ModuleInfo, name: str, depth: int = 0) -> Definition | None:
        """Return what a name of a module stands for, through re-exports, or a submodule."""
        key = (module.key, name)
        if key not in self._meanings:
            self._meanings[key] = self._meaning(module, name, depth)
        return self._meanings[key]

    def _meaning(self, module: ModuleInfo, name: str, depth: int) -> Definition | None:
        found = module.scope.get(name)
        if isinstance(found, Import) and depth < 20:
            is_itself = found.name == name and self._is_own(found, module)
            found = None if is_itself else self._follow(found, module, depth)
        if found is None and depth < 20:
            for star in module.stars:
                base = self.resolve(Import(star.module, star.level, None, star.node), module)
                if isinstance(base, ModuleInfo) and base is not module:
                    found = found or self.name(base, name, depth + 1)
        if found is None and module.is_package:
            path = in_folder(module.folder, [name])
            return self.at(path) if path and self._is_known(path) else None
        return found

    def _follow(self, found: Import, module: ModuleInfo, depth: int) -> Definition | None:
        if found.name is None:
            return self.resolve(found, module)
        base = self.resolve(Import(found.module, found.level, None, found.node), module)
        if isinstance(base, ModuleInfo):
            return self.name(base, found.name, depth + 1)
        return self._submodule(found, module)

    def consumer(self, path: Path) -> ModuleInfo | None:
        """Return the module in a file if it is one of the consumer's."""
        return self.at(path) if path in self.files else None

    def register(self, info: FunctionInfo) -> None:
        """Register a nested function."""
        self._nested[info.symbol] = info

    def symbol(self, symbol: str) -> ClassInfo | FunctionInfo | Assigned | None:
        """Return the definition of `module::qualified.name`."""
        if symbol in self._nested:
            return self._nested[symbol]
        if symbol not in self._symbols:
            self._symbols[symbol] = self._find_symbol(symbol)
        return self._symbols[symbol]

    def _find_symbol(self, symbol: str) -> ClassInfo | FunctionInfo | Assigned | None:
        key, _, qualified = symbol.partition("::")
        if not qualified:
            return None
        module = self.by_key(key)
        scope: dict[str, Definition] = module.scope if module else {}
        found: Definition | None = None
        for part in qualified.split("."):
            found = scope.get(part)
            scope = found.scope if isinstance(found, ClassInfo) else {}
        return found if isinstance(found, ClassInfo | FunctionInfo | Assigned) else None

    def by_key(self, key: str) -> ModuleInfo | None:
        """Return the module with a key: a dotted name of a library, or a path."""
        if key not in self._by_key:
            found = self.module(key) if self.is_library(key) else self.at(Path(key))
            self._by_key[key] = found
        return self._by_key[key]

    def _is_own(self, found: Import, module: ModuleInfo) -> bool:
        # `from . import name` inside the package itself: only a submodule can be meant.
        target = self._relative(found, module) if found.level else self.module(found.module, module)
        return target is module

    def _is_known(self, path: Path) -> bool:
        return path in self.files or self._library_of(path) is not None

    def _submodule(self, found: Import, module: ModuleInfo) -> ModuleInfo | None:
        if found.level:
            dotted = Import(
                ".".join(filter(None, [found.module, found.name])), found.level, None, found.node
            )
            return self._relative(dotted, module)
        return self.module(f"{found.module}.{found.name}", module)

    def _relative(self, found: Import, module: ModuleInfo) -> ModuleInfo | None:
        key = (module.folder, found.module, found.level)
        if key not in self._beside:
            folder = key[0]
            for _ in range(found.level - 1):
                folder = folder.parent
            path = in_folder(folder, found.module.split(".") if found.module else [])
            self._beside[key] = self.at(path) if path and self._is_known(path) else None
        return self._beside[key]

    def _read(self, path: Path) -> ModuleInfo | None:
        shown = self.files.shown(path)
        data = self._texts.get(shown)
        if data is None:
            loaded = source.read(path)
            if isinstance(loaded, Skipped):
                self.skipped[shown.as_posix()] = loaded
                return None
            data = loaded.data
        package = self._library_of(path)
        dotted = package or ".".join(module_parts(path))
        is_package = path.name == "__init__.py"
        try:
            found = read_module(
                package or shown.as_posix(),
                path,
                source.decode(data),
                dotted=dotted,
                is_package=is_package,
                library=package is not None,
            )
        except _UNREADABLE as error:
            self.skipped[shown.as_posix()] = Skipped(shown.as_posix(), _reason(error))
            return None
        found.folder = self._folders.setdefault(found.folder, found.folder)
        return found

    def _library_of(self, path: Path) -> str | None:
        for name, folder in self.libraries.items():
            if path.is_relative_to(folder):
                inside = path.relative_to(folder).with_suffix("").parts
                parts = inside[:-1] if inside[-1] == "__init__" else inside
                return ".".join([name, *parts])
        return None


def _reason(error: BaseException) -> str:
    if isinstance(error, SyntaxError):
        return f"not Python that this interpreter reads: {error.msg} (line {error.lineno})"
    if isinstance(error, RecursionError | MemoryError):
        return "nested too deeply"
    return str(error)
