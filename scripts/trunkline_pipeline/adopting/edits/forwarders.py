"""Edit the forwarders of the method marked with a changed operation."""

from __future__ import annotations

from typing import TYPE_CHECKING

import libcst as cst

from trunkline_pipeline.adopting.changes import Kind
from trunkline_pipeline.checks.source.pairing import EXTRA, best

from . import body, docstring, signature
from .forms import form_of
from .methods import Edited

if TYPE_CHECKING:
    from trunkline_pipeline.adopting.changes import Changes, OperationChange
    from trunkline_pipeline.checks.contract.operations import Field
    from trunkline_pipeline.checks.source.methods import Method


def forwarded(
    function: cst.FunctionDef, target: Method, change: OperationChange, changes: Changes
) -> Edited:
    """Return a forwarder that takes and passes on the arguments that its target takes now."""
    edited = Edited(function)
    fields = best(target, [change.old], changes.old).arguments if change.old else {}
    names = {(each.location, each.name): name for name, each in fields.items()}
    for each in change.fields:
        was = each.old or each.field
        name = names.get((was.location, was.name), was.python_name)
        if each.kind is Kind.ADDED or (
            each.kind is Kind.RENAMED and name != each.field.python_name
        ):
            _hand_on(edited, target, each.field, changes, list(names.values()))
        elif each.kind is Kind.OTHER:
            form = form_of(each.field, changes.new, changes.package)
            edited.function = signature.retyped(edited.function, name, form.annotation)
            edited.typing += [*form.typing, *(i for i in form.imports if ".models." in f"{i[0]}.")]
        elif each.kind is Kind.REQUIRED:
            edited.function = signature.make_required(edited.function, name)
        elif each.kind not in {Kind.RENAMED, Kind.KEPT}:
            edited.function = signature.make_optional(edited.function, name)
    return edited


def _hand_on(
    edited: Edited, target: Method, new: Field, changes: Changes, siblings: list[str]
) -> None:
    name, form = new.python_name, form_of(new, changes.new, changes.package)
    own = {*(target.declared.get("own") or ()), *EXTRA}
    call = f"self.{_attribute(edited.function, target)}.{target.node.name}"
    function = body.carried(edited.function, siblings, name, name, [call])
    if function is None:
        edited.left.append(f"{name} is new in {target}: hand it on")
        return
    function = signature.add(function, name, form.annotation, optional=not new.required, own=own)
    if "Args:" in (function.get_docstring() or ""):
        said = docstring.text_of(new, changes.new)
        function = docstring.rewritten(
            function, lambda text: docstring.described(text, name, said, own)
        )
    edited.function = function
    edited.typing += form.typing


def _attribute(function: cst.FunctionDef, target: Method) -> str:
    text = cst.Module([]).code_for_node(function.body)
    before, _, _ = text.partition(f".{target.node.name}(")
    return before.rpartition("self.")[2]
