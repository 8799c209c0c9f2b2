"""Trunkline: one typed SDK for four voice APIs.

``Pamela``, ``Whispey``, ``StateSetVoice`` and ``PhoneAI`` are the clients; each has an ``Async``
twin. The exceptions are those of :mod:`trunkline.errors`. Everything here is imported when it is
first used: importing the package itself costs next to nothing.
"""

from __future__ import annotations

from trunkline._lazy import lazy
from trunkline._version import __version__ as __version__

# Defined here, not imported: type checkers know the name, and `typing` costs milliseconds.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from trunkline import errors as errors
    from trunkline import ledger as ledger
    from trunkline import limits as limits
    from trunkline import observe as observe
    from trunkline import pamela as pamela
    from trunkline import phone_ai as phone_ai
    from trunkline import stateset_voice as stateset_voice
    from trunkline import webhooks as webhooks
    from trunkline import whispey as whispey
    from trunkline._engine.client._async.page import AsyncPage
    from trunkline._engine.client._sync.page import Page
    from trunkline._engine.client.raw_response import RawResponse
    from trunkline._models import json_default
    from trunkline._secret import Secret
    from trunkline.errors import (
        AmbiguousResultError,
        AmbiguousTimeoutError,
        APIConnectionError,
        APIError,
        APIStatusError,
        APITimeoutError,
        AuthenticationError,
        BadRequestError,
        ClientClosedError,
        ConfigurationError,
        ConflictError,
        DeadlineExceededError,
        InvalidArgumentError,
        LocalFileError,
        MissingFieldError,
        NotFoundError,
        PermissionDeniedError,
        PreconditionFailedError,
        RateLimitError,
        RemovedOperationError,
        ResponseValidationError,
        ServerError,
        SubscriptionError,
        TrunklineError,
        UnexpectedStatusError,
        UnprocessableEntityError,
        WaitTimeoutError,
    )
    from trunkline.pamela import AsyncPamela, Pamela
    from trunkline.phone_ai import AsyncPhoneAI, PhoneAI
    from trunkline.stateset_voice import AsyncStateSetVoice, StateSetVoice
    from trunkline.whispey import AsyncWhispey, Whispey

_EXPORTS = {
    "AsyncPage": "._engine.client._async.page",
    "AsyncPamela": ".pamela",
    "AsyncPhoneAI": ".phone_ai",
    "AsyncStateSetVoice": ".stateset_voice",
    "AsyncWhispey": ".whispey",
    "Page": "._engine.client._sync.page",
    "Pamela": ".pamela",
    "PhoneAI": ".phone_ai",
    "RawResponse": "._engine.client.raw_response",
    "Secret": "._secret",
    "json_default": "._models",
    "StateSetVoice": ".stateset_voice",
    "Whispey": ".whispey",
}
#: Submodules that are imported on first use.
_SUBMODULES = (
    "errors",
    "ledger",
    "limits",
    "observe",
    "pamela",
    "phone_ai",
    "stateset_voice",
    "webhooks",
    "whispey",
)

__all__ = [
    "APIConnectionError",
    "APIError",
    "APIStatusError",
    "APITimeoutError",
    "AmbiguousResultError",
    "AmbiguousTimeoutError",
    "AsyncPage",
    "AsyncPamela",
    "AsyncPhoneAI",
    "AsyncStateSetVoice",
    "AsyncWhispey",
    "AuthenticationError",
    "BadRequestError",
    "ClientClosedError",
    "ConfigurationError",
    "ConflictError",
    "DeadlineExceededError",
    "InvalidArgumentError",
    "LocalFileError",
    "MissingFieldError",
    "NotFoundError",
    "Page",
    "Pamela",
    "PermissionDeniedError",
    "PhoneAI",
    "PreconditionFailedError",
    "RateLimitError",
    "RawResponse",
    "RemovedOperationError",
    "ResponseValidationError",
    "Secret",
    "ServerError",
    "StateSetVoice",
    "SubscriptionError",
    "TrunklineError",
    "UnexpectedStatusError",
    "UnprocessableEntityError",
    "WaitTimeoutError",
    "Whispey",
    "__version__",
    "json_default",
]

if not TYPE_CHECKING:
    __getattr__, __dir__ = lazy(globals(), _EXPORTS, ".errors", _SUBMODULES)
