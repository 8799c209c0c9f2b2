"""Any OpenAPI document as a provider: validated requests, example responses, no state."""

from __future__ import annotations

import json
import re
from http import HTTPStatus
from http.cookies import CookieError, SimpleCookie
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

from trunkline.errors import ConfigurationError
from trunkline.sandbox.contract.loader import contract_from
from trunkline.sandbox.core.http import Problem, Request, Response
from trunkline.sandbox.core.provider import MockProvider

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from trunkline.sandbox.contract.openapi import Contract, Operation, Violation
    from trunkline.sandbox.core.provider import ProviderFactory
    from trunkline.sandbox.core.state import SandboxState

__all__ = ["ContractProvider", "contract_provider", "name_of"]

PROBLEM_TYPE = "application/problem+json"
NAME = re.compile(r"[a-z][a-z0-9_]*")


class ContractProvider(MockProvider):
    """Serves a contract that has no handlers of its own.

    Any credential is accepted where the contract requires one. Errors have the shape that the
    contract describes for their status, else that of RFC 9457.
    """

    def __init__(self, state: SandboxState, name: str, contract: Contract) -> None:
        super().__init__(state, contract)
        self.name = name
        self.mount = "/" + name.replace("_", "-")
        self.base_url_variable = f"{name.upper()}_BASE_URL"
        self.handlers = {}

    def authorize(self, request: Request) -> None:
        alternatives = request.operation.security
        if alternatives and not any(self._has_all(request, names) for names in alternatives):
            wanted = " or ".join(" and ".join(sorted(names)) for names in alternatives)
            raise Problem(401, f"A credential is missing: {wanted}")

    def error_response(self, problem: Problem) -> Response:
        try:
            title = HTTPStatus(problem.status).phrase
        except ValueError:
            title = "Error"
        body: dict[str, Any] = {"type": "about:blank", "title": title, "status": problem.status}
        body |= {"detail": problem.message, **problem.details}
        raw = json.dumps(body, separators=(",", ":")).encode("ascii")
        return Response(problem.status, raw, PROBLEM_TYPE).with_headers(problem.headers)

    def validation_problem(self, operation: Operation, violations: Sequence[Violation]) -> Problem:
        errors = [
            {"location": ".".join(map(str, item.location)), "message": item.message}
            for item in violations
        ]
        text = f"{errors[0]['location']}: {errors[0]['message']}"
        is_422 = "422" in operation.responses and "400" not in operation.responses
        return Problem(422 if is_422 else 400, text, details={"errors": errors})

    def _has_all(self, request: Request, names: frozenset[str]) -> bool:
        schemes: Mapping[str, Any] = self.contract.document.contents.get("components", {}).get(
            "securitySchemes", {}
        )
        return all(_has(request, schemes.get(name, {})) for name in names)


def contract_provider(name: str, source: str | Path | Mapping[str, Any]) -> ProviderFactory:
    """Return a factory for a provider of an OpenAPI document.

    Raises:
        ConfigurationError: the name or the document cannot be used.
    """
    if not NAME.fullmatch(name):
        raise ConfigurationError(
            f"a contract cannot be named {name!r}: give lower-case letters, digits and _"
        )
    contract = contract_from(name, source)
    return lambda state: [ContractProvider(state, name, contract)]


def name_of(path: Path) -> str:
    """Return a provider's name for a file, such as ``acme_voice`` for ``Acme Voice.yaml``."""
    name = re.sub(r"[^a-z0-9]+", "_", path.stem.lower()).strip("_")
    return name if NAME.fullmatch(name) else f"api_{name}".rstrip("_")


def _has(request: Request, scheme: Mapping[str, Any]) -> bool:
    kind, location, name = scheme.get("type"), scheme.get("in"), str(scheme.get("name", ""))
    if kind == "mutualTLS":
        return True
    if kind != "apiKey":
        return bool(request.headers.get("authorization"))
    if location == "header":
        return bool(request.headers.get(name.lower()))
    if location == "query":
        return bool(parse_qs(urlsplit(request.url).query).get(name))
    try:
        return name in SimpleCookie(request.headers.get("cookie", ""))
    except CookieError:
        return False
