"""What every provider's room in the sandbox has: state, handlers and its own way to refuse."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, ClassVar

from trunkline.sandbox.core.http import Problem, Request, Response

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from trunkline.sandbox.contract.openapi import Contract, Violation
    from trunkline.sandbox.core.http import Handler
    from trunkline.sandbox.core.state import SandboxState

__all__ = ["MockProvider", "bearer_token"]


class MockProvider(ABC):
    """One provider.

    Attributes:
        name: the provider in the control endpoints.
        mount: where the API is served.
        package: the generated package that holds the contract.
        contract: the contract.
        handlers: what to do for each operationId.
    """

    name: ClassVar[str]
    mount: ClassVar[str]
    package: ClassVar[str]
    handlers: Mapping[str, Handler]

    def __init__(self, state: SandboxState) -> None:
        self.state = state
        self.contract: Contract = state.contract(self.package)

    @property
    def client_path(self) -> str:
        """Path of the URL that a client is given."""
        return self.mount

    def check_rate_limit(self, _request: Request) -> Mapping[str, str]:
        """Count the request against its limits; the headers that tell the client.

        Raises:
            Problem: 429 when it is one too many.
        """
        return {}

    @abstractmethod
    def authorize(self, request: Request) -> None:
        """Check the credential; raises Problem."""

    @abstractmethod
    def error_response(self, problem: Problem) -> Response:
        """Write a problem in the provider's shape."""

    @abstractmethod
    def validation_problem(self, violations: Sequence[Violation]) -> Problem:
        """The problem of a request that breaks the contract."""

    def finalize(self, response: Response) -> Response:
        """Add what every answer of the provider carries."""
        return response

    def emit(self, event: str, _data: Mapping[str, object]) -> int:
        """Send an event of the caller's making to whoever asked for it; how many were sent.

        Raises:
            Problem: 400 when the provider has no such event.
        """
        raise Problem(400, f"{self.name} has no event {event!r}")


def bearer_token(request: Request) -> str | None:
    """The token of an ``Authorization: Bearer`` header, None when there is none."""
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    return token.strip() or None if scheme.lower() == "bearer" else None
