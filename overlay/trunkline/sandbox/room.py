"""What every provider's room in the sandbox has: state, handlers and its own way to refuse."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, ClassVar

from trunkline.sandbox.messages import Problem, Reply, Request

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from trunkline.sandbox.contract import Contract, Violation
    from trunkline.sandbox.messages import Handler
    from trunkline.sandbox.world import World

__all__ = ["Room", "bearer_token"]


class Room(ABC):
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

    def __init__(self, world: World) -> None:
        self.world = world
        self.contract: Contract = world.contract(self.package)

    @property
    def address(self) -> str:
        """Path of the URL that a client is given."""
        return self.mount

    def count(self, _request: Request) -> Mapping[str, str]:
        """Count the request against its limits; the headers that tell the client.

        Raises:
            Problem: 429 when it is one too many.
        """
        return {}

    @abstractmethod
    def authorize(self, request: Request) -> None:
        """Check the credential; raises Problem."""

    @abstractmethod
    def refuse(self, problem: Problem) -> Reply:
        """Write a problem in the provider's shape."""

    @abstractmethod
    def reject(self, violations: Sequence[Violation]) -> Problem:
        """The problem of a request that breaks the contract."""

    def finish(self, reply: Reply) -> Reply:
        """Add what every answer of the provider carries."""
        return reply

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
