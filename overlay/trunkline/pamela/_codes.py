"""The error codes that the vendor documents."""

from __future__ import annotations

from enum import IntEnum
from typing import Self


class ErrorCode(IntEnum):
    """A Pamela error code, as found in ``error.code`` (a plain ``int`` that equals the member).

    The list is open: ``ErrorCode(error.code)`` of a number that is not listed gives a member whose
    :attr:`is_known` is False. Source: the README of the vendor's package, 1.0.2 to 1.2.0; the codes
    7002, 7004 and 7005 come without a status there.
    """

    API_KEY_REQUIRED = 1001
    INVALID_API_KEY = 1002
    API_KEY_EXPIRED = 1003
    SUBSCRIPTION_REQUIRED = 1005
    VALIDATION_ERROR = 2001
    INVALID_PHONE_NUMBER = 2002
    RATE_LIMIT_EXCEEDED = 6001
    QUOTA_EXCEEDED = 6002
    PARTNER_NOT_FOUND = 7001
    PROJECT_NOT_FOUND = 7002
    CALL_NOT_FOUND = 7003
    NO_PHONE_NUMBER_FOR_COUNTRY = 7004
    UNSUPPORTED_COUNTRY = 7005
    SUBSCRIPTION_EXPIRED = 7008

    @property
    def is_known(self) -> bool:
        """Whether the vendor documents this code."""
        return self._name_ in type(self).__members__

    @classmethod
    def _missing_(cls, value: object) -> Self | None:
        if not isinstance(value, int):
            return None
        member = int.__new__(cls, value)
        member._name_ = f"CODE_{value}"
        member._value_ = value
        return member
