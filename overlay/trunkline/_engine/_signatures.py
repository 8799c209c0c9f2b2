"""Signatures for people: what a method passes on as keywords is written out."""

from __future__ import annotations

from inspect import Parameter, Signature, signature
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable


def passed_on(method: Callable[..., Any], base: Callable[..., Any]) -> Signature:
    """Return a method's signature, its ``**keywords`` replaced by those of the base's method."""
    _, *own = signature(method).parameters.values()
    named = [one for one in own if one.kind is not Parameter.VAR_KEYWORD]
    if len(named) < len(own):
        known = {one.name for one in named}
        further = list(signature(base).parameters.values())[1:]
        named += [_keyword(one) for one in further if one.name not in known]
    return Signature(named)


def _keyword(one: Parameter) -> Parameter:
    # Whatever comes before it, *arguments among them: what is passed on is passed by name.
    return one.replace(kind=Parameter.KEYWORD_ONLY)
