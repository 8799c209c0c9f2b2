"""Reject documents that are not OpenAPI 3.0 or 3.1 before comparing anything."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from trunkline._json import is_object
from trunkline.contracts.errors import ContractError

from . import positions
from .pointers import escape

if TYPE_CHECKING:
    from .sources import Source

METHODS: Final = ("get", "put", "post", "delete", "options", "head", "patch", "trace")
_OBJECTS: Final = ("info", "paths", "components", "webhooks")
_SECTIONS: Final = (
    "schemas",
    "responses",
    "parameters",
    "examples",
    "requestBodies",
    "headers",
    "securitySchemes",
    "links",
    "callbacks",
    "pathItems",
)


def check(tree: Any, name: str, source: Source) -> None:
    """Check the version, the shape of the outer objects, and that operation ids are unique.

    Raises:
        ContractError: with the pointer, line and column of the invalid value.
    """
    _Check(name, source).run(tree)


class _Check:
    def __init__(self, name: str, source: Source) -> None:
        self._name = name
        self._source = source

    def run(self, tree: Any) -> None:
        if not is_object(tree):
            raise self._error("is not an OpenAPI document: it holds no object", None)
        self._version(tree)
        for key in _OBJECTS:
            self._object(tree, key, "")
        for section in _SECTIONS:
            self._object(tree.get("components", {}), section, "/components")
        self._operations(tree)

    def _version(self, tree: dict[str, Any]) -> None:
        if "swagger" in tree:
            remedy = "convert it to OpenAPI 3 first"
            raise self._error(f"is Swagger {tree['swagger']}: {remedy}", "/swagger")
        version = tree.get("openapi")
        if version is None:
            raise self._error("is not an OpenAPI document: it has no `openapi` version", None)
        if not str(version).startswith(("3.0.", "3.1.")) and str(version) not in {"3.0", "3.1"}:
            raise self._error(f"is OpenAPI {version}: only 3.0 and 3.1 can be compared", "/openapi")

    def _object(self, parent: dict[str, Any], key: str, above: str) -> None:
        value = parent.get(key, {})
        if not is_object(value):
            raise self._error(f"`{key}` is not an object", f"{above}/{key}")

    def _operations(self, tree: dict[str, Any]) -> None:
        seen: dict[str, str] = {}
        for section in ("paths", "webhooks"):
            for path, item in tree.get(section, {}).items():
                above = f"/{section}/{escape(path)}"
                if not is_object(item):
                    if path.startswith("x-"):
                        continue
                    raise self._error("a path item is not an object", above)
                self._path_item(item, above, seen)

    def _path_item(self, item: dict[str, Any], above: str, seen: dict[str, str]) -> None:
        for method in METHODS:
            if method not in item:
                continue
            operation = item[method]
            pointer = f"{above}/{method}"
            if not is_object(operation):
                raise self._error("an operation is not an object", pointer)
            name = operation.get("operationId")
            if name is not None and seen.setdefault(str(name), pointer) != pointer:
                problem = f"the operationId {name!r} is also that of {seen[str(name)]}"
                raise self._error(problem, f"{pointer}/operationId")

    def _error(self, problem: str, pointer: str | None) -> ContractError:
        position = positions.find(self._source, [pointer]).get(pointer) if pointer else None
        line, column = position or (None, None)
        return ContractError(
            problem, document=self._name, pointer=pointer, line=line, column=column
        )
