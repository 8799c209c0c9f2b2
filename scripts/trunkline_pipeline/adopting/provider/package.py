"""Write the package of a new provider: client, resources, and settings for the engine."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

import libcst as cst

from trunkline_pipeline.adopting.edits import imports
from trunkline_pipeline.checks.contract.naming import class_name, identifier
from trunkline_pipeline.checks.contract.operations import contract_operations

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping
    from pathlib import Path

    from trunkline_pipeline.adopting.edits.added import Writer, Written
    from trunkline_pipeline.checks.contract.operations import Operation

    from .identity import Identity

_HEAD: Final = '"""{doc}"""\n\nfrom __future__ import annotations\n\n'
#: Names of a client that a resource cannot have.
_TAKEN: Final = frozenset({"raw", "close", "aclose", "with_options", "client", "evidence"})
_KEYWORDS: Final = """\
        keywords: those of the clients' common base: timeout, deadline, max_retries, max_wait,
            max_response_bytes, headers, check_phone_numbers, max_connections, verify, proxy,
            transport, http_client, throttle, strict, ledger, runtime."""


@dataclass(slots=True)
class Group:
    """The operations of one tag, which become one resource.

    Attributes:
        tag: the tag, empty for operations without one.
        attribute: the client's attribute, and the module: ``call_logs``.
        name: the class of the resource, without its prefix; differs from every model of the API.
        text: the description of the tag in the document.
        methods: the methods written for its operations.
    """

    tag: str
    attribute: str
    name: str
    text: str
    methods: list[tuple[Operation, Written]] = field(
        default_factory=list["tuple[Operation, Written]"]
    )


def groups_of(identity: Identity, document: Mapping[str, Any], writer: Writer) -> list[Group]:
    """Return the resources with a method for every operation."""
    texts = {tag["name"]: str(tag.get("description", "")) for tag in document.get("tags", [])}
    models = {class_name(each) for each in document.get("components", {}).get("schemas", {})}
    groups: dict[str, Group] = {}
    seen: set[str] = set()
    for each in contract_operations(identity.package, document):
        if each.operation_id in seen or not writer.can_write(each):
            continue  # another variant of its body
        seen.add(each.operation_id)
        tag = next(iter(each.definition.get("tags", ())), "")
        name = identifier(tag) if tag else "api"
        attribute = f"{name.rstrip('_')}_api" if name in _TAKEN or name.endswith("_") else name
        text = " ".join(texts.get(tag, "").split()).rstrip(".")
        text = text or f"The operations of {tag or identity.title}"
        group = groups.setdefault(
            attribute, Group(tag, attribute, _class_of(attribute, models), text)
        )
        taken = {method.name for _, method in group.methods}
        written = writer.write(each, f"{attribute} {group.name}", taken)
        written.attribute_path = f"{attribute}.{written.name}"
        group.methods.append((each, written))
    return list(groups.values())


def _class_of(attribute: str, models: Collection[str]) -> str:
    name = class_name(attribute)
    return f"{name}API" if name in models else name


def write(root: Path, identity: Identity, groups: list[Group], models: list[str]) -> None:
    """Write the package."""
    folder = root / "overlay" / "trunkline" / identity.package
    doc = f'"""The async source of the {identity.title} resources; the sync twin is derived."""\n'
    texts = {
        "__init__.py": _package(identity, models),
        "_provider.py": _provider(identity),
        "_async/__init__.py": doc,
        "_async/client.py": _client(identity, groups),
        **{f"_async/{each.attribute}.py": _resource(identity, each) for each in groups},
    }
    for name, text in texts.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")


def _package(identity: Identity, models: list[str]) -> str:
    package, client = identity.package, identity.client
    names = sorted([f"Async{client}", client, *models])
    generated = f"trunkline_generated.{package}.models"
    lines = [
        f'"""{identity.title}.\n\nEverything here is imported when it is first used.\n"""',
        "",
        "from __future__ import annotations",
        "",
        "from typing import TYPE_CHECKING",
        "",
        "from trunkline._lazy import lazy",
        "",
        "if TYPE_CHECKING:",
        f"    from trunkline.{package}._async.client import Async{client}",
        f"    from trunkline.{package}._sync.client import {client}",
        f"    from {generated} import {', '.join(models)}",
        "",
        "_EXPORTS = {",
        f'    "Async{client}": "._async.client",',
        f'    "{client}": "._sync.client",',
        "}",
        f'_MODELS = "{generated}"',
        "",
        "__all__ = [",
        *(f'    "{each}",' for each in names),
        "]",
        "",
        "if not TYPE_CHECKING:",
        "    __getattr__, __dir__ = lazy(globals(), _EXPORTS, _MODELS)",
    ]
    return "\n".join(lines) + "\n"


def _provider(identity: Identity) -> str:
    scheme = identity.scheme
    key = ""
    if scheme.get("type") == "apiKey" and scheme.get("in") == "header":
        key = f'    key_header="{scheme["name"]}",\n    key_prefix="",\n'
    head = _HEAD.format(doc=f"What the engine must know about {identity.title}.")
    return f"""{head}from typing import Final

from trunkline._engine.provider import Provider, usual_error

PROVIDER: Final = Provider(
    name="{identity.package}",
    display_name="{identity.title}",
    env="{identity.env}",
    base_url="{identity.base_url}",
    decode_error=usual_error,
{key})
"""


def _client(identity: Identity, groups: list[Group]) -> str:
    package, client = identity.package, identity.client
    head = _HEAD.format(doc=f"The {identity.title} client.")
    resources = "\n".join(
        f"from trunkline.{package}._async.resources.{each.attribute} import Async{each.name}"
        for each in groups
    )
    properties = "\n".join(
        f'''
    @property
    def {each.attribute}(self) -> Async{each.name}:
        """{each.text}."""
        return Async{each.name}(self)
'''
        for each in groups
    )
    return f'''{head}from typing import TYPE_CHECKING, ClassVar

from trunkline._engine.client._async.client import AsyncAPIClient
{resources}
from trunkline.{package}._provider import PROVIDER
from trunkline_generated.{package}.client import AuthenticatedClient

if TYPE_CHECKING:
    from trunkline._engine.provider import Provider


class Async{client}(AsyncAPIClient):
    """{identity.title}.

    Args:
        api_key: the key; without it ``{identity.env}_API_KEY`` is read.
        base_url: the server; without it ``{identity.env}_BASE_URL``, else production.
{_KEYWORDS}

    Raises:
        ConfigurationError: no key was given, or an argument of the connection is not usable.
        InvalidArgumentError: an option is not usable, such as a negative timeout.
    """

    _provider: ClassVar[Provider] = PROVIDER

    @property
    def raw(self) -> AuthenticatedClient:
        """The generated client, on this client's engine."""
        return self._generated(AuthenticatedClient)
{properties}'''


def _resource(identity: Identity, group: Group) -> str:
    head = _HEAD.format(doc=f"{group.text}.")
    constants = [line for _, each in group.methods for line in each.constants]
    methods = "\n".join(each.method for _, each in group.methods)
    text = "\n".join([head, *constants, "", *_class(group), methods])
    needed = [
        ("trunkline._engine.client._async.resource", "AsyncAPIResource"),
        (f"trunkline_generated.{identity.package}.client", "AuthenticatedClient"),
    ]
    every = [each for _, one in group.methods for each in one.imports]
    typing = [each for _, one in group.methods for each in one.typing]
    return imports.added(cst.parse_module(text), [*needed, *every], typing).code


def _class(group: Group) -> Iterator[str]:
    yield f"class Async{group.name}(AsyncAPIResource[AuthenticatedClient]):"
    yield from textwrap.wrap(
        f'"""{group.text}."""', 100, initial_indent="    ", subsequent_indent="    "
    )
    yield ""


def models_of(groups: list[Group]) -> list[str]:
    """Return the result types of methods; deriving completes the export tables later."""
    return sorted({name for each in groups for _, one in each.methods for name in one.models})
