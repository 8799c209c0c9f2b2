"""Write the method of an operation that is new to the overlay."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from trunkline_pipeline.checks.contract.naming import class_name, identifier, inline_class

from . import docstring
from .forms import body_class, form_of, module_of, owner_of
from .paging import paging_of

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from trunkline_pipeline.checks.contract.operations import Field, Operation

    from .forms import Import
    from .paging import Paging

_ENGINE: Final = "trunkline._engine.client"
_INDENT: Final = " " * 8


@dataclass(slots=True)
class Written:
    """Source that was written for an operation.

    Attributes:
        operation: the id of the operation.
        name: the method's name.
        attribute_path: how callers reach it: ``call_logs.get``.
        method: its text, indented for its class.
        constants: lines for the top of the module.
        models: the names of the generated package in its annotations.
        left: what a person has to check.
    """

    operation: str
    name: str
    attribute_path: str = ""
    method: str = ""
    constants: list[str] = field(default_factory=list[str])
    imports: list[Import] = field(default_factory=list["Import"])
    typing: list[Import] = field(default_factory=list["Import"])
    models: set[str] = field(default_factory=set[str])
    left: list[str] = field(default_factory=list[str])


def method_name(operation: Operation, group: str, taken: Collection[str]) -> str:
    """Return the name of a method: the words of the operationId that are not in its group's name.

    Additions of frameworks are left out: the path and the method that FastAPI appends, the
    controller that NestJS prepends.
    """
    text = operation.operation_id
    if operation.path != "/":
        appended = re.sub(r"\W", "_", f"{operation.path}_{operation.method}")
        text = text.removesuffix(appended).rstrip("_")
    _, _, text = text.rpartition("Controller_") if "Controller_" in text else ("", "", text)
    words = [word.lower() for word in docstring.WORDS.findall(text)]
    said = {form for word in docstring.WORDS.findall(group) for form in _forms(word.lower())}
    short = "_".join(word for word in words if word not in said)
    name = identifier(short or "_".join(words))
    if name in {"list_", "set_", "id_"}:
        name = name.rstrip("_")
    return name if name not in taken else identifier("_".join(words))


def _forms(word: str) -> set[str]:
    return {word, f"{word}s", word.removesuffix("s"), re.sub("ies$", "y", word)}


class Writer:
    """Writes methods for the operations of one contract.

    Args:
        package: the generated package.
        document: the patched contract.
        folders: the folder of the generated module of each operation.
    """

    def __init__(
        self, package: str, document: Mapping[str, Any], folders: Mapping[str, str]
    ) -> None:
        self._package, self._document, self._folders = package, document, folders

    def can_write(self, operation: Operation) -> bool:
        """Return whether the generator has written the operation; it warns about omitted ones."""
        return operation.key[1] in self._folders

    def write(self, operation: Operation, group: str, taken: Collection[str]) -> Written:
        """Return the method of an operation, for the class of a group such as ``call_logs``."""
        written = Written(operation.operation_id, method_name(operation, group, taken))
        module = operation.key[1]
        package = f"trunkline_generated.{self._package}"
        written.imports += [
            (f"{_ENGINE}.operation", "operation"),
            (f"{package}.api.{self._folders[module]}", module),
        ]
        written.typing += [
            ("typing", "Unpack"),
            ("trunkline._engine.session.extra_options", "ExtraOptions"),
        ]
        paging = paging_of(operation, self._document)
        if paging is None:
            self._plain(written, operation)
        else:
            self._list(written, operation, paging)
        return written

    def _plain(self, written: Written, operation: Operation) -> None:
        result, wrapped = self._result(written, operation)
        call = f"await {operation.key[1]}.{{call}}({self._sent(written, operation)})"
        call = call.format(call="asyncio_detailed" if result == "None" else "asyncio")
        lines = [*self._body(written, operation)]
        lines.append(call if result == "None" else f"return {wrapped.format(call=call)}")
        written.method = self._text(written, operation, operation.fields, result, lines, "async ")

    def _list(self, written: Written, operation: Operation, paging: Paging) -> None:
        module = operation.key[1]
        name = f"_{module.upper()}"
        facts = "".join(f", {key}={json.dumps(value)}" for key, value in paging.facts.items())
        written.constants += [
            f'{name}: Final = ListBody({paging.page}, "{paging.key}", {paging.item})',
            f'{name}_PAGES: Final = page_reader("{paging.key}"{facts})',
        ]
        written.imports += [
            ("typing", "Final"),
            (f"{_ENGINE}.envelopes", "ListBody"),
            (f"{_ENGINE}.operation", "drop_none"),
            (f"{_ENGINE}.paging", "page_reader"),
            *((module_of(n, self._package), n) for n in (paging.page, paging.item)),
        ]
        written.typing.append((f"{_ENGINE}._async.page", "AsyncPaginator"))
        written.models.add(paging.item)
        entries = self._query(written, operation, paging.position)
        first = self._value(written, operation, _named(operation, paging.position))
        cursor = f', cursor="{paging.position}"' if paging.by_cursor else ""
        lines = [
            f"query = drop_none({{{entries}}})",
            f"request = {module}.get_kwargs",
            f"return self._list(request, query, {name}_PAGES, {name}, {first}, extra{cursor})",
        ]
        result = f"AsyncPaginator[{paging.item}]"
        written.method = self._text(written, operation, operation.fields, result, lines)

    def _query(self, written: Written, operation: Operation, position: str) -> str:
        sent = [each for each in operation.fields if each.python_name != position]
        return ", ".join(
            f'"{each.python_name}": {self._value(written, operation, each)}' for each in sent
        )

    def _result(self, written: Written, operation: Operation) -> tuple[str, str]:
        """Return the annotation of a result, and the expression around the call that returns it."""
        for status, media_type, schema in operation.successes(self._document):
            items = schema.get("items", {})
            if not media_type:
                break
            if media_type.startswith("text/"):
                return self._required(written, "str", "require_type")
            if "$ref" in items:
                name = self._model(written, items["$ref"])
                written.typing.append(("", "builtins"))
                _, wrapped = self._required(written, name, "require_list")
                return f"builtins.list[{name}]", wrapped
            if "$ref" in schema:
                name = self._model(written, schema["$ref"])
            else:
                name = inline_class(operation.operation_id, schema, f"response_{status}")
                self._import_model(written, name)
            return self._required(written, name, "require_type")
        return "None", ""

    def _required(self, written: Written, name: str, function: str) -> tuple[str, str]:
        written.imports.append((f"{_ENGINE}.operation", function))
        return name, f"{function}({name}, {{call}})"

    def _model(self, written: Written, reference: str) -> str:
        name = class_name(reference.rpartition("/")[2])
        self._import_model(written, name)
        return name

    def _import_model(self, written: Written, name: str) -> None:
        written.models.add(name)
        written.imports.append((module_of(name, self._package), name))

    def _sent(self, written: Written, operation: Operation) -> str:
        """Return the arguments of the generated function."""
        path = [each for each in operation.fields if each.location == "path"]
        rest = [each for each in operation.fields if each.location in {"query", "header", "cookie"}]
        parts = [self._value(written, operation, each) for each in path]
        parts.append("client=self._raw_with(extra)")
        if operation.media_type:
            parts.append("body=body")
        parts += [f"{each.python_name}={self._optional(written, operation, each)}" for each in rest]
        return ", ".join(parts)

    def _optional(self, written: Written, operation: Operation, each: Field) -> str:
        value = self._value(written, operation, each)
        if each.required:
            return value
        written.imports.append((f"trunkline_generated.{self._package}.types", "UNSET"))
        return f"UNSET if {each.python_name} is None else {value}"

    def _body(self, written: Written, operation: Operation) -> list[str]:
        if not operation.media_type:
            return []
        name = body_class(operation)
        written.imports.append((module_of(name, self._package), name))
        if operation.open_body:
            return [f"body = {self._open_body(written, operation, name)}"]
        inside = [each for each in operation.fields if each.location in {"json", "form"}]
        given = ", ".join(
            f"{each.python_name}={self._value(written, operation, each)}" for each in inside
        )
        return [f"body = {name}({given})"]

    def _open_body(self, written: Written, operation: Operation, name: str) -> str:
        written.typing += [("collections.abc", "Mapping"), ("typing", "Any")]
        written.imports.append((f"{_ENGINE}.nested_objects", "open_object"))
        value = f'open_object("fields", {name}, fields)'
        if operation.needs_body(self._document):
            return value
        written.imports.append((f"trunkline_generated.{self._package}.types", "UNSET"))
        return f"UNSET if fields is None else {value}"

    def _value(self, written: Written, operation: Operation, each: Field) -> str:
        form = form_of(each, self._document, self._package, owner_of(operation, each))
        written.imports += form.imports
        written.typing += form.typing
        return form.expression(each.python_name, optional=not each.required)

    def _text(
        self,
        written: Written,
        operation: Operation,
        fields: Collection[Field],
        result: str,
        lines: list[str],
        prefix: str = "",
    ) -> str:
        head = f"    @operation({operation.key[1]}{_bounds(fields)})\n"
        head += f"    {prefix}def {written.name}({self._signature(operation, fields)}) -> {result}:"
        said = docstring.of_operation(operation, fields, self._document)
        code = [head, *said, *(_INDENT + line for line in lines)]
        return "\n".join(code) + "\n"

    def _signature(self, operation: Operation, fields: Collection[Field]) -> str:
        path = [each for each in fields if each.location == "path"]
        rest = sorted((e for e in fields if e.location != "path"), key=lambda e: not e.required)
        parts = ["self", *(f"{e.python_name}: {self._annotation(operation, e)}" for e in path)]
        if operation.open_body:
            optional = "" if operation.needs_body(self._document) else " | None = None"
            parts.append(f"fields: Mapping[str, Any]{optional}")
        parts += ["*"] if rest else []
        parts += [f"{e.python_name}: {self._annotation(operation, e)}" for e in rest]
        return ", ".join([*parts, "**extra: Unpack[ExtraOptions]"])

    def _annotation(self, operation: Operation, each: Field) -> str:
        form = form_of(each, self._document, self._package, owner_of(operation, each))
        return form.annotation if each.required else f"{form.annotation} | None = None"


def _named(operation: Operation, name: str) -> Field:
    return next(each for each in operation.fields if each.python_name == name)


def _bounds(fields: Collection[Field]) -> str:
    """Declare that a number in a path has no sign, which the contract does not say."""
    named = [
        f'"{each.python_name}": "an id has no sign"'
        for each in fields
        if each.location == "path" and each.schema.get("type") == "integer"
        if "minimum" not in each.schema and "maximum" not in each.schema
    ]
    return f", bounds={{{', '.join(named)}}}" if named else ""
