"""Request bodies whose fields the vendor does not document."""

from __future__ import annotations

from keyword import iskeyword
from typing import TYPE_CHECKING, Any, TypeVar

from trunkline_generated.phone_ai.types import UNSET, Model, Unset

if TYPE_CHECKING:
    from collections.abc import Mapping

M = TypeVar("M", bound=Model)


def open_body(model: type[M], fields: Mapping[str, Any]) -> M | Unset:
    """Return a body that holds exactly these fields; no body when there are none.

    A word that Python reserves is written with an underscore behind it: ``from_`` is ``from``.
    """
    if not fields:
        return UNSET
    body = model()
    body.additional_properties = {_wire_name(name): value for name, value in fields.items()}
    return body


def _wire_name(name: str) -> str:
    plain = name.removesuffix("_")
    return plain if iskeyword(plain) else name
