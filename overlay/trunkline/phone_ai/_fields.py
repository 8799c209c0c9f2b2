"""Request bodies whose fields the vendor does not document."""

from __future__ import annotations

from keyword import iskeyword
from typing import TYPE_CHECKING, Any, Final, TypeVar

from trunkline._engine.client.ledgers import KeyedRequest, arguments_of
from trunkline._json import is_object
from trunkline_generated.phone_ai.types import UNSET, Model, Unset

if TYPE_CHECKING:
    from collections.abc import Mapping

M = TypeVar("M", bound=Model)

#: The operation's name in ledgers: with another one every key would be new and dialled again.
RECORDED_AS: Final = "create_call"
#: The vendor documents no response field: these are the usual names of a call's id in such APIs.
_IDS: Final = ("id", "call_id", "callId", "call_sid", "sid")


def open_body(model: type[M], fields: Mapping[str, Any]) -> M | Unset:
    """Return a body that holds exactly these fields; no body when there are none.

    A reserved word of Python is written with a trailing underscore: ``from_`` is ``from``.
    """
    if not fields:
        return UNSET
    body = model()
    body.additional_properties = {_wire_name(name): value for name, value in fields.items()}
    return body


def _wire_name(name: str) -> str:
    plain = name.removesuffix("_")
    return plain if iskeyword(plain) else name


def keyed_call(
    key: str,
    attempt: int,
    body: Model | Unset,
    extra: Mapping[str, Any],
    *,
    retry_rejected: bool,
) -> KeyedRequest:
    """Return a call's request as the ledger needs it."""
    own = body.to_dict() if isinstance(body, Model) else {}
    fields = arguments_of(own, extra)
    kept = (*_IDS, "status")
    return KeyedRequest(RECORDED_AS, key, attempt, retry_rejected, fields, _id_of, kept)


def _id_of(answer: Any) -> str | None:
    """Return a call's id, at the top of a response or one level below; None if there is none."""
    raw = answer.to_dict()
    for candidate in (raw, raw.get("call"), raw.get("data")):
        for name in _IDS if is_object(candidate) else ():
            if isinstance(candidate.get(name), str | int):
                return str(candidate[name])
    return None
