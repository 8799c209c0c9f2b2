# Generated from phone-ai.yaml; do not edit. Change the contract, then run `make generate`.
"""What the functions of this package raise beside httpx's own errors. No message shows a body."""

from __future__ import annotations

from typing import Any, Final

#: What decoding a body raises when it does not fit the contract (JSON errors are ValueErrors).
PARSE_FAILURES: Final = (AttributeError, KeyError, RecursionError, TypeError, ValueError)


class _BadResponse(Exception):
    def __init__(self, message: str, status_code: int, content: bytes = b"") -> None:
        super().__init__(message)
        self.status_code = status_code
        self.content = content

    def __reduce__(self) -> tuple[Any, ...]:
        # The body stays behind: it may hold personal data.
        return type(self), (self.status_code, b"")


class UnexpectedStatus(_BadResponse):
    """The status is not documented and Client.raise_on_unexpected_status is True."""

    def __init__(self, status_code: int, content: bytes) -> None:
        super().__init__(f"Unexpected status code {status_code} ({len(content)} bytes)", status_code, content)


class InvalidResponse(_BadResponse):
    """The body does not fit the contract."""

    def __init__(self, status_code: int, content: bytes, cause: Exception | None = None) -> None:
        reason = f": {type(cause).__name__}" if cause else ""
        super().__init__(f"Body of a {status_code} response does not fit the contract{reason}", status_code, content)


__all__ = ["PARSE_FAILURES", "InvalidResponse", "UnexpectedStatus"]
