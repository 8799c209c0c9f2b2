"""The base class of mock providers, and the registry that creates them."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, ClassVar

from trunkline.errors import ConfigurationError
from trunkline.sandbox.contract.generator import ExampleGenerator, NoExample
from trunkline.sandbox.contract.responses import error_example, message_of, success_example
from trunkline.sandbox.core.http import Problem, Request, Response
from trunkline.sandbox.core.state import SandboxState

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from trunkline.sandbox.contract.openapi import Contract, Operation, Violation
    from trunkline.sandbox.core.http import Handler

__all__ = ["MockProvider", "ProviderFactory", "ProviderRegistry", "bearer_token"]


class MockProvider(ABC):
    """One API of the sandbox.

    Attributes:
        name: the provider's name in the control endpoints.
        mount: path prefix of the API, without a slash at the end.
        package: the generated package that holds the contract.
        base_url_variable: the environment variable from which clients read their base URL.
        contract: the contract.
        handlers: by operationId; other operations get a response from the contract.
        omits: documented fields that responses leave out on purpose, by operationId.
    """

    name: str
    mount: str
    package: str
    base_url_variable: str
    handlers: Mapping[str, Handler]
    omits: ClassVar[Mapping[str, frozenset[str]]] = {}

    def __init__(self, state: SandboxState, contract: Contract | None = None) -> None:
        self.state = state
        self.contract = contract or state.contract(self.package)
        self.examples = ExampleGenerator(self.contract.document, state.config.seed)

    @classmethod
    def create(cls, state: SandboxState) -> Sequence[MockProvider]:
        """Return this provider, and those that share its data."""
        return [cls(state)]

    @property
    def client_path(self) -> str:
        """Path of the URL to give to a client."""
        return self.mount

    def credentials(self) -> Mapping[str, Sequence[str]]:
        """Accepted credentials and webhook secrets by the environment variable that names them."""
        return {}

    def environment(self, url: str) -> dict[str, str]:
        """Return the variables that point a client at a sandbox served at the URL."""
        # A configuration without keys refuses every request and exports none.
        first = {name: values[0] for name, values in self.credentials().items() if values}
        return {self.base_url_variable: url + self.client_path, **first}

    def handler(self, operation: Operation) -> Handler:
        return self.handlers.get(operation.operation_id, self.example_response)

    def example_response(self, request: Request) -> Response:
        """Return the contract's example response; raises Problem (501) if there is none."""
        try:
            example = success_example(self.contract.document, self.examples, request.operation)
        except NoExample as error:
            raise Problem(501, str(error)) from None
        status, media_type, body = example
        return Response(status, body, media_type)

    def max_body_bytes(self, _path: str) -> int:
        return self.state.config.max_body_bytes

    def check_rate_limit(self, _request: Request) -> Mapping[str, str]:
        """Count the request; returns response headers, raises Problem (429) above the limit."""
        return {}

    @abstractmethod
    def authorize(self, request: Request) -> None:
        """Check the credential; raises Problem."""

    @abstractmethod
    def error_response(self, problem: Problem) -> Response:
        """Write a problem in the provider's shape."""

    def validation_problem(self, _operation: Operation, violations: Sequence[Violation]) -> Problem:
        """Return the problem of a request that breaks the contract."""
        return Problem(400, violations[0].as_text())

    def replace_invalid(self, operation: Operation, response: Response, mismatch: str) -> Response:
        """Return the response to send instead of one that breaks the contract.

        An error keeps its status, in the form that the contract describes for it, if possible.
        """
        if response.status < 400:
            problem = Problem(500, f"The sandbox broke the contract: {mismatch}")
            return self.error_response(problem)
        text, document = message_of(response.json()), self.contract.document
        try:
            described = error_example(document, self.examples, operation, response.status, text)
        except NoExample:
            described = None
        if described is None:
            return response
        _, media_type, body = described
        return Response(response.status, body, media_type, response.headers)

    def finalize(self, response: Response) -> Response:
        """Add the headers that all responses of the provider have."""
        return response

    def emit(self, event: str, _data: Mapping[str, object]) -> int:
        """Send an event to its subscribers and return their number.

        Raises:
            Problem: 400 when the provider has no such event.
        """
        raise Problem(400, f"{self.name} has no event {event!r}")


ProviderFactory = Callable[[SandboxState], Sequence[MockProvider]]


class ProviderRegistry:
    """The providers of one sandbox, by name; a reset recreates them."""

    def __init__(self, state: SandboxState, factories: Iterable[ProviderFactory]) -> None:
        self.state = state
        self._factories = tuple(factories)
        self._create()

    def reset(self) -> None:
        self.state.reset()
        self._create()

    def environment(self, url: str) -> dict[str, str]:
        """Return the variables that point all clients at a sandbox served at the URL."""
        variables = (provider.environment(url).items() for provider in self.by_name.values())
        return dict(sorted(item for items in variables for item in items))

    def urls(self, url: str) -> dict[str, str]:
        return {name: url + provider.client_path for name, provider in self.by_name.items()}

    def _create(self) -> None:
        self.by_name: dict[str, MockProvider] = {}
        for factory in self._factories:
            for provider in factory(self.state):
                if provider.name in self.by_name:
                    raise ConfigurationError(
                        f"two providers are called {provider.name!r}: name the contract otherwise"
                    )
                self.by_name[provider.name] = provider


def bearer_token(request: Request) -> str | None:
    """Return the token of an ``Authorization: Bearer`` header, None without one."""
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    return token.strip() or None if scheme.lower() == "bearer" else None
