"""The head of a session, from the keywords of ``start_session``."""

from __future__ import annotations

import re
import uuid
from typing import TYPE_CHECKING, Any, Final

from trunkline.errors import InvalidArgumentError
from trunkline.observe._recording.metadata import checked_metadata
from trunkline.observe._recording.recorder import Head

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["checked_text", "head_of"]

_SESSION_ID: Final = re.compile(r"[!-~]{1,63}")
_NUMBERS: Final = ("phone_number", "customer_number", "phone")
#: Keywords of the published packages that have an effect there and none here.
_UNSUPPORTED: Final = ("eval", "eval_grader_model", "eval_num_examples", "eval_subset_name")
_SECRETS: Final = ("apikey", "api_key", "api_url", "token")


def head_of(
    agent_id: str, metadata: Mapping[str, Any], session_id: str | None, started_at: float
) -> Head:
    """Return the head of a session; without a ``session_id`` it gets a UUID.

    Raises:
        InvalidArgumentError: a keyword is not supported, or its value cannot be sent.
    """
    known = checked_metadata(metadata)
    numbers = [known.pop(name) for name in _NUMBERS if name in known]
    _refuse_unsupported(known)
    given = _text_or_none("session_id", session_id)
    head = Head(
        session_id=str(uuid.uuid4()) if given is None else given,
        agent_id=agent_id,
        started_at=started_at,
        customer_number=str(numbers[0]) if numbers and numbers[0] is not None else "",
        environment=_text_or_none("environment", known.pop("environment", None)),
        reason=_text_or_none("call_ended_reason", known.pop("call_ended_reason", None)),
        metadata=known,
    )
    if not _SESSION_ID.fullmatch(head.session_id):
        raise InvalidArgumentError(
            "session_id must be 1 to 63 visible ASCII characters, such as a UUID"
        )
    return head


def _refuse_unsupported(known: Mapping[str, Any]) -> None:
    for name in _UNSUPPORTED:
        if known.get(name):
            raise InvalidArgumentError(
                f"{name} is not supported: evaluate the transcript after the export"
            )
    for name in _SECRETS:
        if name in known:
            raise InvalidArgumentError(
                f"{name} must not be metadata, which is stored: give it to the observer itself"
            )


def checked_text(name: str, value: Any) -> str:
    if not isinstance(value, str):
        raise InvalidArgumentError(f"{name} must be text, not {type(value).__name__}")
    return value


def _text_or_none(name: str, value: Any) -> str | None:
    return None if value is None else checked_text(name, value)
