"""Trunkline: one typed SDK for four voice APIs.

``Pamela``, ``Whispey``, ``StateSetVoice`` and ``PhoneAI`` are the clients; each has an ``Async``
twin. Everything here is imported when it is first used: importing the package itself costs next
to nothing.
"""

from __future__ import annotations

from trunkline._lazy import lazy

# A name of our own instead of an import: type checkers know it, and `typing` costs milliseconds.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from trunkline._engine._raw import RawResponse
    from trunkline._secret import Secret
    from trunkline.errors import (
        AmbiguousResultError,
        APIError,
        ConfigurationError,
        TrunklineError,
    )
    from trunkline.pamela import AsyncPamela, Pamela
    from trunkline.phone_ai import AsyncPhoneAI, PhoneAI
    from trunkline.stateset_voice import AsyncStateSetVoice, StateSetVoice
    from trunkline.whispey import AsyncWhispey, Whispey

__version__ = "0.1.0"

_HOMES = {
    "APIError": ".errors",
    "AmbiguousResultError": ".errors",
    "AsyncPamela": ".pamela",
    "AsyncPhoneAI": ".phone_ai",
    "AsyncStateSetVoice": ".stateset_voice",
    "AsyncWhispey": ".whispey",
    "ConfigurationError": ".errors",
    "Pamela": ".pamela",
    "PhoneAI": ".phone_ai",
    "RawResponse": "._engine._raw",
    "Secret": "._secret",
    "StateSetVoice": ".stateset_voice",
    "TrunklineError": ".errors",
    "Whispey": ".whispey",
}

__all__ = [
    "APIError",
    "AmbiguousResultError",
    "AsyncPamela",
    "AsyncPhoneAI",
    "AsyncStateSetVoice",
    "AsyncWhispey",
    "ConfigurationError",
    "Pamela",
    "PhoneAI",
    "RawResponse",
    "Secret",
    "StateSetVoice",
    "TrunklineError",
    "Whispey",
    "__version__",
]

if not TYPE_CHECKING:
    __getattr__, __dir__ = lazy(globals(), _HOMES)
