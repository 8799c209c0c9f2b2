"""All names of a new provider."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from trunkline_pipeline.checks.contract.naming import class_name, identifier
from trunkline_pipeline.errors import PipelineError
from trunkline_pipeline.inputs.pins import first_server, operations

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Identity:
    """The names of a provider.

    Attributes:
        contract: the key in contracts.toml: ``acme-voice``.
        title: the document's own title.
        package: the package of the overlay, and the generated one: ``acme_voice``.
        client: the class of the client: ``AcmeVoice``.
        base_url: the first server.
        scheme: the security scheme of most operations; empty if none needs a credential.
    """

    contract: str
    title: str
    package: str
    client: str
    base_url: str
    scheme: Mapping[str, Any]

    @property
    def env(self) -> str:
        """The prefix of its environment variables."""
        return self.package.upper()

    @property
    def variable(self) -> str:
        """The variable of a client in examples."""
        return self.package.partition("_")[0]


def identity_of(name: str, document: Mapping[str, Any]) -> Identity:
    """Return the names of a provider.

    Raises:
        PipelineError: the name is not valid for a package, or the document names no server.
    """
    if not re.fullmatch(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", name):
        raise PipelineError(f"{name!r} is not a name: give lower-case words joined by hyphens")
    server = first_server(document)
    if not server.startswith(("https://", "http://")):
        raise PipelineError(
            f"the document's first server is {server!r}: name the production server with a patch "
            "or in the document"
        )
    package = identifier(name)
    title = " ".join(str(document.get("info", {}).get("title") or class_name(package)).split())
    return Identity(name, title, package, class_name(package), server, _scheme(document))


def _scheme(document: Mapping[str, Any]) -> Mapping[str, Any]:
    schemes: dict[str, Any] = document.get("components", {}).get("securitySchemes", {})
    wanted = [name for each in document.get("security", []) for name in each]
    for _, _, operation in operations(document):
        wanted += [name for each in operation.get("security", ()) for name in each]
    known = [name for name in wanted if name in schemes]
    return schemes[max(set(known), key=known.count)] if known else {}
