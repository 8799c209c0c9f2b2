"""Rename imported names: every use of an import, but nothing that only has the same name."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache
from typing import TYPE_CHECKING

import libcst as cst
from libcst.metadata import MetadataWrapper, QualifiedNameSource, ScopeProvider

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

Unreadable = cst.ParserSyntaxError
#: The new dotted name by the old one: ``package.models.call_log.CallLog``.
Renames = dict[str, str]


def renamed(text: str, renames: Renames) -> str:
    """Return the text of a module with its imported names renamed."""
    if not any(package in text and words.search(text) for package, words in _finders(*renames)):
        return text
    wrapper = MetadataWrapper(cst.parse_module(text), unsafe_skip_copy=True)
    return wrapper.visit(_Renamer(renames)).code


@cache
def _finders(*names: str) -> list[tuple[str, re.Pattern[str]]]:
    """Return each package with a pattern for its names: a cheap filter before parsing."""
    packages: dict[str, set[str]] = defaultdict(set)
    for name in names:
        packages[".".join(name.split(".")[:2])].add(name.rpartition(".")[2])
    return [(each, re.compile(rf"\b(?:{'|'.join(packages[each])})\b")) for each in packages]


class _Renamer(cst.CSTTransformer):
    METADATA_DEPENDENCIES = (ScopeProvider,)

    def __init__(self, renames: Mapping[str, str]) -> None:
        super().__init__()
        self._renames = renames
        self._locals = {old.rpartition(".")[2] for old in renames}
        self._imported: dict[str, str] = {}

    def leave_SimpleStatementLine(
        self, original_node: cst.SimpleStatementLine, updated_node: cst.SimpleStatementLine
    ) -> cst.SimpleStatementLine | cst.FlattenSentinel[cst.BaseStatement]:
        first = original_node.body[0]
        if not isinstance(first, cst.ImportFrom) or isinstance(first.names, cst.ImportStar):
            return updated_node
        made = list(self._imports(first, first.names))
        lines = [updated_node.with_changes(body=[made[0]])]
        lines += [cst.SimpleStatementLine([each]) for each in made[1:]]
        return cst.FlattenSentinel(lines)

    def _imports(
        self, node: cst.ImportFrom, names: Sequence[cst.ImportAlias]
    ) -> Iterator[cst.ImportFrom]:
        """Yield an import statement for each module that now contains its names."""
        module = "." * len(node.relative) + _dotted(node.module)
        homes: dict[str, list[cst.ImportAlias]] = {}
        for each in names:
            local = each.evaluated_name
            home, _, name = self._renames.get(f"{module}.{local}", f"{module}.{local}").rpartition(
                "."
            )
            if name != local:
                self._imported[local] = name
            homes.setdefault(home, []).append(each.with_changes(name=cst.Name(name)))
        for home, found in homes.items():
            if home == module:
                yield node.with_changes(names=found)
                continue
            found[-1] = found[-1].with_changes(comma=cst.MaybeSentinel.DEFAULT)
            yield node.with_changes(module=_parsed(home), names=found)

    def leave_Assign(self, original_node: cst.Assign, updated_node: cst.Assign) -> cst.Assign:
        target = original_node.targets[0].target
        if isinstance(target, cst.Name) and target.value == "__all__":
            return cst.ensure_type(updated_node.visit(_Texts(self._imported)), cst.Assign)
        return updated_node

    def leave_AnnAssign(
        self, original_node: cst.AnnAssign, updated_node: cst.AnnAssign
    ) -> cst.AnnAssign:
        """Rename in type aliases, which may be strings."""
        if _dotted(original_node.annotation.annotation).endswith("TypeAlias"):
            return cst.ensure_type(updated_node.visit(_Texts(self._imported)), cst.AnnAssign)
        return updated_node

    def leave_Call(self, original_node: cst.Call, updated_node: cst.Call) -> cst.Call:
        """Rename in the type of a cast, which may be a string."""
        if _dotted(original_node.func).endswith("cast") and updated_node.args:
            made = updated_node.args[0].visit(_Texts(self._imported))
            rest = updated_node.args[1:]
            return updated_node.with_changes(args=[cst.ensure_type(made, cst.Arg), *rest])
        return updated_node

    def leave_Name(self, original_node: cst.Name, updated_node: cst.Name) -> cst.Name:
        name = self._new_name(original_node, original_node.value)
        return updated_node.with_changes(value=name) if name else updated_node

    def leave_Attribute(
        self, original_node: cst.Attribute, updated_node: cst.Attribute
    ) -> cst.Attribute:
        name = self._new_name(original_node, original_node.attr.value)
        return updated_node.with_changes(attr=cst.Name(name)) if name else updated_node

    def _new_name(self, node: cst.CSTNode, local: str) -> str:
        if local not in self._locals:
            return ""
        scope = self.get_metadata(ScopeProvider, node, None)
        for each in scope.get_qualified_names_for(node) if scope else ():
            new = self._renames.get(each.name, "")
            imported = each.source is QualifiedNameSource.IMPORT
            if imported and new and each.name.rpartition(".")[2] == local:
                return new.rpartition(".")[2]
        return ""

    def visit_ImportFrom(self, node: cst.ImportFrom) -> bool:  # noqa: ARG002 - libcst's name
        return False  # leave_SimpleStatementLine handles it as a whole


def _dotted(node: cst.BaseExpression | None) -> str:
    return "" if node is None else cst.Module([]).code_for_node(node)


def _parsed(name: str) -> cst.Attribute | cst.Name:
    found = cst.parse_expression(name)
    return found if isinstance(found, cst.Name) else cst.ensure_type(found, cst.Attribute)


class _Texts(cst.CSTTransformer):
    """Renames words in strings that name types."""

    def __init__(self, renames: Mapping[str, str]) -> None:
        super().__init__()
        self._renames = renames

    def visit_Subscript(self, node: cst.Subscript) -> bool:
        return not _dotted(node.value).endswith("Literal")

    def leave_SimpleString(
        self, original_node: cst.SimpleString, updated_node: cst.SimpleString
    ) -> cst.SimpleString:
        text = str(original_node.evaluated_value)
        made = re.sub(r"\w+", lambda word: self._renames.get(word[0], word[0]), text)
        return updated_node.with_changes(value=f'"{made}"') if made != text else updated_node
