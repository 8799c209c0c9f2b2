"""Edits of a function's parameters, and of the declarations about them in its mark."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, TypeVar

import libcst as cst

from . import body

if TYPE_CHECKING:
    from collections.abc import Callable, Collection


def keywords(function: cst.FunctionDef) -> list[str]:
    """Return the names of the keyword-only parameters."""
    return [each.name.value for each in function.params.kwonly_params]


def add(
    function: cst.FunctionDef,
    name: str,
    annotation: str,
    *,
    optional: bool,
    own: Collection[str] = (),
) -> cst.FunctionDef:
    """Add a parameter: a required one before the optional ones, an optional one before ``own``."""
    params = list(function.params.kwonly_params)
    made = cst.Param(
        cst.Name(name),
        cst.Annotation(cst.parse_expression(f"{annotation} | None" if optional else annotation)),
        default=cst.Name("None") if optional else None,
        equal=cst.AssignEqual() if optional else cst.MaybeSentinel.DEFAULT,
        comma=cst.Comma(whitespace_after=cst.SimpleWhitespace(" ")),
    )
    fits = [p.name.value in own if optional else p.default is not None for p in params]
    params.insert(next((n for n, fit in enumerate(fits) if fit), len(params)), made)
    star = function.params.star_arg
    if not isinstance(star, cst.ParamStar):
        star = cst.ParamStar()
    return function.with_changes(
        params=function.params.with_changes(kwonly_params=params, star_arg=star)
    )


def make_optional(function: cst.FunctionDef, name: str) -> cst.FunctionDef:
    """Give a parameter the default None."""

    def change(param: cst.Param) -> cst.Param:
        if param.default is not None or param.annotation is None:
            return param
        text = cst.Module([]).code_for_node(param.annotation.annotation)
        wider = cst.Annotation(cst.parse_expression(f"{text} | None"))
        return param.with_changes(annotation=wider, default=cst.Name("None"))

    return _changed(function, name, change)


def make_required(function: cst.FunctionDef, name: str) -> cst.FunctionDef:
    """Remove the default of a parameter, and None from its type."""

    def change(param: cst.Param) -> cst.Param:
        if param.default is None or param.annotation is None:
            return param
        text = cst.Module([]).code_for_node(param.annotation.annotation)
        narrow = cst.Annotation(cst.parse_expression(text.removesuffix(" | None")))
        return param.with_changes(annotation=narrow, default=None, equal=cst.MaybeSentinel.DEFAULT)

    return _changed(function, name, change)


def retyped(function: cst.FunctionDef, name: str, annotation: str) -> cst.FunctionDef:
    """Give a parameter another type; an optional one keeps None."""

    def change(param: cst.Param) -> cst.Param:
        text = annotation if param.default is None else f"{annotation} | None"
        return param.with_changes(annotation=cst.Annotation(cst.parse_expression(text)))

    return _changed(function, name, change)


def joined_by(function: cst.FunctionDef, name: str, new: str) -> cst.FunctionDef:
    """Rename a parameter, and add one with the old name after all others."""
    attributes = ("params", "kwonly_params")
    every = [each for attribute in attributes for each in getattr(function.params, attribute)]
    former = next(each for each in every if each.name.value == name)
    function = _changed(function, name, lambda param: param.with_changes(name=cst.Name(new)))
    annotation = former.annotation.annotation if former.annotation else cst.Name("object")
    text = cst.Module([]).code_for_node(annotation).removesuffix(" | None")
    return add(function, name, text, optional=True)


def _changed(
    function: cst.FunctionDef, name: str, change: Callable[[cst.Param], cst.Param]
) -> cst.FunctionDef:
    params = function.params
    lists = {
        attribute: [change(p) if p.name.value == name else p for p in getattr(params, attribute)]
        for attribute in ("posonly_params", "params", "kwonly_params")
    }
    return function.with_changes(params=params.with_changes(**lists))


def without(function: cst.FunctionDef, name: str) -> cst.FunctionDef:
    """Remove a keyword-only parameter."""
    kept = [each for each in function.params.kwonly_params if each.name.value != name]
    return function.with_changes(params=function.params.with_changes(kwonly_params=kept))


def not_own(function: cst.FunctionDef, name: str) -> cst.FunctionDef:
    """Remove the declaration that an argument is not in the contract."""
    return _declared(function, lambda mark: _without_own(mark, name))


def declared_own(function: cst.FunctionDef, name: str) -> cst.FunctionDef:
    """Declare in the mark that an argument is not in the contract."""
    return _declared(function, lambda mark: _with_own(mark, name))


def declared_name(function: cst.FunctionDef, name: str, wire: str) -> cst.FunctionDef:
    """Declare in the mark that an argument has a different name on the wire."""
    return _declared(function, lambda mark: _with_rename(mark, name, wire))


def _declared(
    function: cst.FunctionDef, declare: Callable[[cst.Call], cst.Call]
) -> cst.FunctionDef:
    decorators = [
        each.with_changes(decorator=declare(each.decorator))
        if isinstance(each.decorator, cst.Call)
        and isinstance(each.decorator.func, cst.Name)
        and each.decorator.func.value == "operation"
        else each
        for each in function.decorators
    ]
    return function.with_changes(decorators=decorators)


def _with_own(mark: cst.Call, name: str) -> cst.Call:
    return _with(mark, "own", (*_value(mark, "own", ()), name))


def _without_own(mark: cst.Call, name: str) -> cst.Call:
    return _with(mark, "own", tuple(each for each in _value(mark, "own", ()) if each != name))


def _with_rename(mark: cst.Call, name: str, wire: str) -> cst.Call:
    return _with(mark, "renames", {**_value(mark, "renames", {}), name: wire})


_Declared = TypeVar("_Declared", dict[str, str], tuple[str, ...])


def _value(mark: cst.Call, keyword: str, default: _Declared) -> _Declared:
    for each in mark.args:
        if each.keyword is not None and each.keyword.value == keyword:
            found: _Declared = ast.literal_eval(cst.Module([]).code_for_node(each.value))
            return found
    return default


def _with(mark: cst.Call, keyword: str, value: dict[str, str] | tuple[str, ...]) -> cst.Call:
    """Replace a declaration of a mark; remove it if the value is empty."""
    kept = [each for each in mark.args if not (each.keyword and each.keyword.value == keyword)]
    if kept:
        kept[-1] = kept[-1].with_changes(comma=cst.MaybeSentinel.DEFAULT)
    mark = mark.with_changes(args=kept)
    return body.with_keyword(mark, keyword, cst.parse_expression(repr(value))) if value else mark
