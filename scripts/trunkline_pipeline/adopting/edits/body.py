"""Edits of what a method sends: arguments of calls, and entries of objects."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeVar

import libcst as cst

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence


def uses(node: cst.CSTNode, name: str) -> int:
    """Return how often a name is read."""
    count = _Count(name)
    node.visit(count)
    return count.found


def without(function: cst.FunctionDef, name: str) -> cst.FunctionDef:
    """Remove the keyword arguments and object entries with the name and value of an argument."""
    body = function.body.visit(_Remover(name))
    return function.with_changes(body=body)


def carried(
    function: cst.FunctionDef,
    siblings: Collection[str],
    name: str,
    value: str,
    calls: Collection[str] = (),
    *,
    dropped: bool = False,
) -> cst.FunctionDef | None:
    """Send a value together with its siblings, else in the call of one of the named functions.

    These functions do not accept None: a value that may be None must be ``dropped``.

    Returns:
        None if there is no such object or call.
    """
    target = _Target(siblings, calls)
    function.body.visit(target)
    if target.best is None:
        return None
    sent = cst.parse_expression(value)
    named = isinstance(target.best, cst.Call) and _source(target.best.func) in calls
    adder = (_Dropper if dropped and named else _Adder)(target.best, name, sent)
    return function.with_changes(body=function.body.visit(adder))


def resent(function: cst.FunctionDef, name: str, old: str, new: str) -> cst.FunctionDef | None:
    """Replace the expression with which an argument is sent.

    Returns:
        None if the method uses the argument in any other way.
    """
    before = cst.parse_expression(old)
    resender = _Resender(before, cst.parse_expression(new))
    made = function.with_changes(body=function.body.visit(resender))
    if not resender.found or (
        resender.found < 2 and uses(function.body, name) > uses(before, name)
    ):
        return None
    return made


def begun(function: cst.FunctionDef, statement: str) -> cst.FunctionDef:
    """Insert a statement before all others, after the docstring."""
    body = list(function.body.body)
    index = 1 if function.get_docstring() is not None else 0
    body.insert(index, cst.parse_statement(f"{statement}\n"))
    return function.with_changes(body=function.body.with_changes(body=body))


def called(function: cst.FunctionDef, name: str, old: str, new: str) -> cst.FunctionDef:
    """Send an argument under another name."""
    renamer = _Renamer(name, old, new)
    return function.with_changes(body=function.body.visit(renamer))


def read_as(function: cst.FunctionDef, name: str, new: str) -> cst.FunctionDef:
    """Read an argument under its new name; calls that also get its name get the new name."""
    return function.with_changes(body=function.body.visit(_Reader(name, new)))


class _Renamer(cst.CSTTransformer):
    def __init__(self, name: str, old: str, new: str) -> None:
        super().__init__()
        self._name, self._old, self._new = name, old.rstrip("_"), new

    def _sends(self, node: cst.Arg | cst.DictElement) -> bool:
        return _key(node).rstrip("_") == self._old and uses(node.value, self._name) > 0

    def leave_Arg(self, original_node: cst.Arg, updated_node: cst.Arg) -> cst.Arg:
        if not self._sends(original_node):
            return updated_node
        return updated_node.with_changes(keyword=cst.Name(self._new))

    def leave_DictElement(
        self, original_node: cst.DictElement, updated_node: cst.DictElement
    ) -> cst.DictElement:
        if not self._sends(original_node):
            return updated_node
        return updated_node.with_changes(key=cst.SimpleString(f'"{self._new}"'))


class _Reader(cst.CSTTransformer):
    def __init__(self, name: str, new: str) -> None:
        super().__init__()
        self._name, self._new = name, new

    def leave_Name(self, original_node: cst.Name, updated_node: cst.Name) -> cst.Name:
        name = self._new if original_node.value == self._name else original_node.value
        return updated_node.with_changes(value=name)

    def leave_Attribute(
        self, original_node: cst.Attribute, updated_node: cst.Attribute
    ) -> cst.Attribute:
        return updated_node.with_changes(attr=original_node.attr)

    def leave_Arg(self, original_node: cst.Arg, updated_node: cst.Arg) -> cst.Arg:
        return updated_node.with_changes(keyword=original_node.keyword)

    def leave_Call(self, original_node: cst.Call, updated_node: cst.Call) -> cst.Call:
        del original_node
        if not any(uses(each.value, self._new) for each in updated_node.args):
            return updated_node
        said = cst.SimpleString(f'"{self._new}"')
        args = [
            each.with_changes(value=said)
            if isinstance(each.value, cst.SimpleString) and each.value.evaluated_value == self._name
            else each
            for each in updated_node.args
        ]
        return updated_node.with_changes(args=args)


class _Count(cst.CSTVisitor):
    def __init__(self, name: str) -> None:
        self.name, self.found = name, 0

    def visit_Arg(self, node: cst.Arg) -> bool:
        node.value.visit(self)
        return False

    def visit_Attribute(self, node: cst.Attribute) -> bool:
        node.value.visit(self)
        return False

    def visit_Name(self, node: cst.Name) -> None:
        self.found += node.value == self.name


class _Remover(cst.CSTTransformer):
    def __init__(self, name: str) -> None:
        self.name = name

    def leave_Dict(self, original_node: cst.Dict, updated_node: cst.Dict) -> cst.Dict:
        del original_node
        kept = [e for e in updated_node.elements if not self._is_given(_key(e), e.value)]
        return updated_node.with_changes(elements=kept)

    def leave_Call(self, original_node: cst.Call, updated_node: cst.Call) -> cst.Call:
        del original_node
        kept = [
            a for a in updated_node.args if not (a.keyword and self._is_given(_key(a), a.value))
        ]
        if kept and len(kept) < len(updated_node.args):
            kept[-1] = kept[-1].with_changes(comma=updated_node.args[-1].comma)
        return updated_node.with_changes(args=kept)

    def _is_given(self, key: str, value: cst.BaseExpression) -> bool:
        return key.rstrip("_") == self.name.rstrip("_") and uses(value, self.name) > 0


def _key(node: cst.BaseDictElement | cst.Arg) -> str:
    if isinstance(node, cst.Arg):
        return node.keyword.value if node.keyword else ""
    if isinstance(node, cst.DictElement) and isinstance(node.key, cst.SimpleString):
        return str(node.key.evaluated_value)
    return ""


class _Resender(cst.CSTTransformer):
    def __init__(self, old: cst.BaseExpression, new: cst.BaseExpression) -> None:
        super().__init__()
        self._old, self._new, self.found = old, new, 0

    def leave_Arg(self, original_node: cst.Arg, updated_node: cst.Arg) -> cst.Arg:
        if original_node.keyword is None or not original_node.value.deep_equals(self._old):
            return updated_node
        self.found += 1
        return updated_node.with_changes(value=self._new)

    def leave_DictElement(
        self, original_node: cst.DictElement, updated_node: cst.DictElement
    ) -> cst.DictElement:
        if not original_node.value.deep_equals(self._old):
            return updated_node
        self.found += 1
        return updated_node.with_changes(value=self._new)


class _Target(cst.CSTVisitor):
    """Finds the object or call that contains most of the siblings."""

    def __init__(self, siblings: Collection[str], calls: Collection[str]) -> None:
        self._siblings, self._calls = set(siblings), set(calls)
        self.best: cst.Dict | cst.Call | None = None
        self._most = 0.0

    def visit_Dict(self, node: cst.Dict) -> None:
        self._weigh(node, [_key(each) for each in node.elements])

    def visit_Call(self, node: cst.Call) -> None:
        named = _source(node.func) in self._calls
        self._weigh(node, [_key(each) for each in node.args], 0.5 if named else 0)

    def _weigh(self, node: cst.Dict | cst.Call, keys: list[str], bonus: float = 0) -> None:
        weight = len(self._siblings.intersection(keys)) + bonus
        if weight > self._most:
            self.best, self._most = node, weight


class _Adder(cst.CSTTransformer):
    def __init__(self, node: cst.Dict | cst.Call, name: str, value: cst.BaseExpression) -> None:
        self._node, self._name, self._value = node, name, value

    def leave_Dict(self, original_node: cst.Dict, updated_node: cst.Dict) -> cst.Dict:
        if original_node is not self._node:
            return updated_node
        made = cst.DictElement(cst.SimpleString(f'"{self._name}"'), self._value)
        return updated_node.with_changes(elements=_appended(updated_node.elements, made))

    def leave_Call(self, original_node: cst.Call, updated_node: cst.Call) -> cst.Call:
        if original_node is not self._node:
            return updated_node
        return with_keyword(updated_node, self._name, self._value)


class _Dropper(_Adder):
    """Adds a value that may be None to a call that does not accept None."""

    def leave_Call(self, original_node: cst.Call, updated_node: cst.Call) -> cst.Call:
        if original_node is not self._node:
            return updated_node
        entry = cst.DictElement(cst.SimpleString(f'"{self._name}"'), self._value)
        given = cst.Call(cst.Name("drop_none"), [cst.Arg(cst.Dict([entry]))])
        made = cst.Arg(given, star="**")
        return updated_node.with_changes(args=_appended(updated_node.args, made))


def _source(node: cst.CSTNode) -> str:
    return cst.Module([]).code_for_node(node)


def with_keyword(call: cst.Call, name: str, value: cst.BaseExpression) -> cst.Call:
    """Return a call with one more keyword argument, before ``**more``."""
    equal = cst.AssignEqual(cst.SimpleWhitespace(""), cst.SimpleWhitespace(""))
    made = cst.Arg(value, cst.Name(name), equal=equal)
    index = next((n for n, each in enumerate(call.args) if each.star == "**"), len(call.args))
    if index == len(call.args):
        return call.with_changes(args=_appended(call.args, made))
    args = list(call.args)
    args.insert(index, made.with_changes(comma=_COMMA))
    return call.with_changes(args=args)


_COMMA: Final = cst.Comma(whitespace_after=cst.SimpleWhitespace(" "))
Item = TypeVar("Item", cst.Arg, cst.BaseDictElement)


def _appended(items: Sequence[Item], made: Item) -> list[Item]:
    """Append an item; keeps the comment after a trailing comma and the line breaks."""
    found: list[Item] = list(items)
    if not found:
        return [made]
    last = found[-1]
    if isinstance(last.comma, cst.Comma):
        found.append(made.with_changes(comma=cst.Comma()))
        return found
    if isinstance(last, cst.Arg):
        # Keep the line break before the closing bracket.
        made = made.with_changes(whitespace_after_arg=last.whitespace_after_arg)
        last = last.with_changes(whitespace_after_arg=cst.SimpleWhitespace(""))
    found[-1] = last.with_changes(comma=_COMMA)
    found.append(made)
    return found
