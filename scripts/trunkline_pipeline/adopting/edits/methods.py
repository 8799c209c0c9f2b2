"""Edit the method that is marked with a changed operation."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import libcst as cst

from trunkline_pipeline.adopting.changes import ALIKE, Kind
from trunkline_pipeline.checks.source.pairing import EXTRA, best

from . import body, docstring, former, signature
from .forms import form_of, owner_of

if TYPE_CHECKING:
    from trunkline_pipeline.adopting.changes import Changes, FieldChange, OperationChange
    from trunkline_pipeline.checks.contract.operations import Field, Operation
    from trunkline_pipeline.checks.source.methods import Method

    from .forms import Import

_ENGINE: Final = "trunkline._engine.client.operation"
_NOT_SENT: Final = "not sent any more: the API does not take it; giving it warns."


@dataclass(slots=True)
class Edited:
    """A function edited for its changed operation.

    Attributes:
        function: the function.
        imports: the imports that it needs.
        typing: the additional imports of its annotations.
        left: what a person has to do, as sentences.
    """

    function: cst.FunctionDef
    imports: list[Import] = field(default_factory=list["Import"])
    typing: list[Import] = field(default_factory=list["Import"])
    left: list[str] = field(default_factory=list[str])


def followed(
    function: cst.FunctionDef, method: Method, change: OperationChange, changes: Changes
) -> Edited:
    """Return a marked method, edited for the new operation."""
    edited = Edited(function)
    old = change.old
    if old is None:
        return edited
    names = {
        (each.location, each.name): name
        for name, each in best(method, [old], changes.old).arguments.items()
    }
    for each in change.fields:
        was = each.old or each.field
        name = names.get((was.location, was.name))
        if each.kind is Kind.ADDED:
            owner = owner_of(change.new, each.field) if change.new else ""
            _add(edited, method, each.field, changes, list(names.values()), owner)
        elif name is None:
            edited.left.append(f"{each.field} is {each.kind}: {method} has no argument of its own")
        elif each.kind is Kind.OTHER:
            _retype(edited, name, each, change, changes)
        elif each.kind is Kind.KEPT:
            _keep(edited, name, each)
        elif each.kind is Kind.RENAMED:
            owner = owner_of(change.new, each.field) if change.new else ""
            _rename(edited, method, name, each, changes, list(names.values()), owner)
        else:
            _follow(edited, name, each)
    if change.new is not None:
        ids = (old.operation_id, change.new.operation_id)
        edited.function = docstring.rewritten(
            edited.function, lambda text: docstring.operation_named(text, *ids)
        )
    return edited


def given_up(function: cst.FunctionDef, operation: Operation) -> Edited:
    """Return a method of a removed operation: it raises until a person removes it."""
    marks = [
        each
        for each in function.decorators
        if not (
            isinstance(each.decorator, cst.Call)
            and isinstance(each.decorator.func, cst.Name)
            and each.decorator.func.value == "operation"
        )
    ]
    docs = [each for each in function.body.body[:1] if function.get_docstring() is not None]
    params = function.params
    every = [*params.params[1:], *params.kwonly_params, *filter(None, [params.star_kwarg])]
    names = ", ".join(each.name.value for each in every)
    lines = [f"del {names}  # taken as before\n"] if names else []
    lines.append(f'raise RemovedOperationError("the API has no {operation} any more")\n')
    made = function.body.with_changes(body=[*docs, *map(cst.parse_statement, lines)])
    function = function.with_changes(decorators=marks, body=made)
    said = f"always: the API has no {operation} any more."
    edited = Edited(
        docstring.rewritten(
            function, lambda text: docstring.raising(text, "RemovedOperationError", said)
        )
    )
    edited.imports.append(("trunkline.errors", "RemovedOperationError"))
    return edited


def _follow(edited: Edited, name: str, change: FieldChange) -> None:
    if change.kind is Kind.REMOVED:
        _stop_sending(edited, name)
    elif change.kind is Kind.REQUIRED:
        edited.function = signature.make_required(edited.function, name)
    else:
        edited.function = signature.make_optional(edited.function, name)


def _retype(
    edited: Edited, name: str, change: FieldChange, whole: OperationChange, changes: Changes
) -> None:
    """Change the type, if the method uses the argument only as its form does."""
    if change.old is None or whole.old is None or whole.new is None:
        return
    package = changes.package
    old = form_of(change.old, changes.old, package, owner_of(whole.old, change.old))
    new = form_of(change.field, changes.new, package, owner_of(whole.new, change.field))
    if old == new:
        return
    optional = not change.old.required
    sent = (each.expression(name, optional=optional) for each in (old, new))
    function = body.resent(edited.function, name, *sent)
    if function is None:
        edited.left.append(f"{change.field} takes {new.annotation} now, and took {old.annotation}")
        return
    edited.function = signature.retyped(function, name, new.annotation)
    if "description" in change.field.schema:
        said = docstring.text_of(change.field, changes.new)
        edited.function = docstring.rewritten(
            edited.function, lambda text: docstring.described(text, name, said)
        )
    edited.imports += new.imports
    edited.typing += new.typing


def _stop_sending(edited: Edited, name: str) -> None:
    """Keep an argument that the API no longer accepts, with a warning."""
    function = signature.make_optional(edited.function, name)
    function = former.given_up(body.without(function, name), name)
    if body.uses(function.body, name):
        edited.left.append(f"{name} is not in the contract any more, and the method still reads it")
    function = body.begun(function, former.unsent(name))
    function = docstring.rewritten(
        function, lambda text: docstring.described(text, name, _NOT_SENT)
    )
    edited.function = signature.declared_own(function, name)
    edited.imports.append((_ENGINE, former.UNSENT))


def _rename(
    edited: Edited,
    method: Method,
    name: str,
    change: FieldChange,
    changes: Changes,
    siblings: list[str],
    owner: str,
) -> None:
    """Accept an argument under its new name; the former name warns."""
    new = change.field.python_name
    if new == name:
        return  # only the name on the wire differs, which the generated code has
    if new in method.arguments and former.revived(edited.function, new) is None:
        edited.left.append(f"{name} is now {new}, and {method} has an argument of that name")
        return
    edited.function = former.moved(edited.function, name, new)
    sent = Edited(body.without(edited.function, name))
    _add(sent, method, change.field, changes, siblings, owner)
    asked = f"is {new} what was {name}?"
    if body.uses(sent.function.body, name) or new not in signature.keywords(sent.function):
        _read_as(edited, name, new)
        edited.left.append(f"{asked} The method passes it on: check what it sends")
    else:
        edited.function = sent.function
        edited.imports += sent.imports
        edited.typing += sent.typing
        if change.likeness < ALIKE:
            edited.left.append(f"{asked} {name} is sent as {new}, with a warning")
    function = body.begun(edited.function, former.renamed(name, new))
    was, now = (f"the former name of ``{each}``;" for each in (name, new))
    said = f"{now} giving it warns."
    function = docstring.rewritten(
        function, lambda text: docstring.described(text.replace(was, now), name, said)
    )
    edited.function = signature.declared_own(function, name)
    edited.imports.append((_ENGINE, former.RENAMED))


def _read_as(edited: Edited, name: str, new: str) -> None:
    """Rename an argument in a method that does more with it than send it."""
    function = former.revived(edited.function, new) or edited.function
    function = body.read_as(body.called(function, name, name, new), name, new)
    function = signature.joined_by(function, name, new)
    edited.function = docstring.rewritten(
        function, lambda text: docstring.entry_renamed(text, name, new)
    )


def _keep(edited: Edited, name: str, change: FieldChange) -> None:
    """Send a required field under its new name; the argument keeps its name."""
    new = change.field.python_name
    edited.function = body.called(edited.function, name, change.argument, new)
    if name.rstrip("_") == new.rstrip("_"):
        return
    edited.function = signature.declared_name(edited.function, name, change.field.name)
    edited.left.append(f"is {change.field.name} what was {name}? The argument is still {name}")


def _add(
    edited: Edited,
    method: Method,
    new: Field,
    changes: Changes,
    siblings: list[str],
    owner: str,
) -> None:
    """Add an argument for a new field."""
    name = new.python_name
    kept = former.revived(edited.function, name)
    form = form_of(new, changes.new, changes.package, owner)
    own = {*(method.declared.get("own") or ()), *EXTRA} - {name}
    value = form.expression(name, optional=not new.required)
    calls = (
        [f"{method.key[1]}.{call}" for call in ("asyncio", "asyncio_detailed", "get_kwargs")]
        if method.key
        else []
    )
    keys = [each.rstrip("_") for each in siblings] + siblings
    function = body.carried(
        kept or edited.function, keys, name, value, calls, dropped=not new.required
    )
    if function is None or (name in method.arguments and not kept):
        edited.left.append(f"{new} is new: no place was found to send it from {method}")
        return
    if new.location == "path":
        edited.left.append(f"{new} is new in the path: {method} needs it as an argument")
        return
    function = signature.add(function, name, form.annotation, optional=not new.required, own=own)
    said = docstring.text_of(new, changes.new)
    edited.function = docstring.rewritten(
        function, lambda text: docstring.described(text, name, said, own)
    )
    if body.uses(function.body, "drop_none"):
        edited.imports.append((_ENGINE, "drop_none"))
    edited.imports += form.imports
    edited.typing += form.typing
