"""Write the event classes and the source of a new provider's webhooks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from trunkline_pipeline.adopting.todo import Todo
from trunkline_pipeline.checks.contract.naming import class_name
from trunkline_pipeline.checks.contract.operations import properties
from trunkline_pipeline.checks.contract.sample_values import one_variant
from trunkline_pipeline.checks.contract.webhooks import event_names, payload
from trunkline_pipeline.generation.schema_annotations import resolve
from trunkline_pipeline.json_types import is_array

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from .identity import Identity

    Document = Mapping[str, Any]

_TYPES: Final = {
    "string": "str",
    "integer": "int",
    "number": "float",
    "boolean": "bool",
    "array": "tuple[Any, ...]",
    "object": "dict[str, Any]",
}
#: The members of a payload that may contain the name of its event.
_NAMES: Final = ("event", "type", "event_type", "eventType", "name")


def write(root: Path, identity: Identity, document: Document) -> Iterator[Todo]:
    """Write both modules, if the contract has webhooks."""
    webhooks: dict[str, Any] = document.get("webhooks", {})
    if not webhooks:
        return
    folder = root / "overlay" / "trunkline" / "webhooks"
    package = identity.package
    (folder / "events" / f"{package}.py").write_text(_events(identity, document), encoding="utf-8")
    header = _signature(webhooks, document)
    source = _signed(identity, header) if header else _unsigned(identity)
    path = folder / "providers" / f"{package}.py"
    path.write_text(source, encoding="utf-8")
    file = path.relative_to(root).as_posix()
    if header:
        line = next(n for n, text in enumerate(source.splitlines(), 1) if "default_scheme" in text)
        said = f"does the vendor sign with HMAC-SHA256 of the body, in hex, in {header}?"
        yield Todo(file, line, said, breaking=True)
    else:
        yield Todo(file, 0, "the contract names no header with a signature: are they unsigned?")


def _signature(webhooks: Mapping[str, Any], document: Document) -> str:
    for item in webhooks.values():
        for reference in item.get("post", {}).get("parameters", []):
            parameter = resolve(reference, document)
            if parameter.get("in") == "header" and "signature" in parameter["name"].lower():
                return str(parameter["name"])
    return ""


def _events(identity: Identity, document: Document) -> str:
    classes: list[str] = []
    names: list[str] = []
    member = ""
    for webhook, item in document["webhooks"].items():
        schema = payload(item, document)
        member = member or next((n for n in _NAMES if n in properties(schema, document)), "")
        for event in event_names(webhook, item):
            names.append(class_name(event.replace("/", " ")))
            text = " ".join(str(item.get("post", {}).get("summary") or event).split())
            classes.append(_class(names[-1], event, text, dict(_fields(schema, document))))
    union, package = f"{identity.client}Event", identity.package
    every = "\n".join(f'    "{each}",' for each in sorted(["EVENTS", union, "parse", *names]))
    body = "\n\n".join(classes)
    named_by = "" if member in {"", "event"} else f', named_by="{member}"'
    datetime = "from datetime import datetime  # noqa: TC003 - fields are read by their types\n"
    return f'''"""{identity.title}'s events (contract ``{package}``, its ``webhooks``)."""

from __future__ import annotations

from dataclasses import dataclass, field
{datetime if "datetime" in body else ""}from typing import Any, Literal, TypeAlias

from trunkline._json import is_object
from trunkline.webhooks.events.base import Event, UnknownEvent
from trunkline.webhooks.events.build import build_named_event, events_by_name, require_object

__all__ = [
{every}
]


{body}

KnownEvent: TypeAlias = {" | ".join(names)}
{union}: TypeAlias = KnownEvent | UnknownEvent
"""Everything that a webhook of {identity.title} can be."""

EVENTS: dict[str, type[KnownEvent]] = events_by_name(KnownEvent)


def parse(payload: object) -> {union}:
    """Return the typed event of a decoded payload.

    Raises:
        WebhookVerificationError: ``malformed_event``, without an event name.
    """
    fields = require_object(payload)
    inner = [each for each in fields.values() if is_object(each)]
    every: dict[str, Any] = {{}}
    for each in [*inner, fields]:
        every |= each
    return build_named_event(EVENTS, fields, every{named_by})
'''


def _class(name: str, event: str, text: str, fields: dict[str, tuple[str, str]]) -> str:
    lines = [
        "@dataclass(frozen=True, slots=True, kw_only=True)",
        f"class {name}(Event):",
        f'    """{text.rstrip(".")}.',
        *(["", "    Attributes:"] if fields else []),
        *(f"        {key}: {said}" for key, (_, said) in fields.items()),
        '    """',
        "",
        f'    event: Literal["{event}"] = "{event}"',
    ]
    for key, (kind, _) in fields.items():
        hidden = "field(default=None, repr=False, hash=False)"
        plain = kind in {"int", "float", "bool", "datetime"}
        lines.append(f"    {key}: {kind} | None = {'None' if plain else hidden}")
    return "\n".join([*lines, ""])


def _fields(schema: Document, document: Document) -> Iterator[tuple[str, tuple[str, str]]]:
    """Yield the fields of a payload, and those of the objects in it, by their own names."""
    for name, each in properties(schema, document).items():
        inner = properties(one_variant(each, document), document)
        if name == "event":
            continue
        if inner:
            for key, one in inner.items():
                yield key, _field(one, document)
        else:
            yield name, _field(each, document)


def _field(schema: Document, document: Document) -> tuple[str, str]:
    found = one_variant(schema, document)
    kinds = found.get("type", "object" if "properties" in found else "any")
    kind = next((k for k in kinds if k != "null"), "any") if is_array(kinds) else kinds
    hint = _TYPES.get(str(kind), "Any")
    hint = "datetime" if found.get("format") == "date-time" else hint
    text = " ".join(str(schema.get("description") or found.get("description") or "").split())
    return hint, (text.rstrip(".") or "as the contract has it")[:80] + "."


def _signed(identity: Identity, header: str) -> str:
    package, client = identity.package, identity.client
    return f'''"""{identity.title}'s webhooks: signed by HMAC."""

from __future__ import annotations

from trunkline.webhooks.events.{package} import EVENTS, {client}Event, parse
from trunkline.webhooks.verification.hmac_scheme import HMACScheme
from trunkline.webhooks.verification.hmac_webhook import HMACWebhook

__all__ = ["{client}Webhook"]


class {client}Webhook(HMACWebhook[{client}Event]):
    """Verifies the signature of a delivery, then parses it.

    The arguments are those of :class:`~trunkline.webhooks.HMACWebhook`.
    """

    name = "{package}"
    secret_variable = "{identity.env}_WEBHOOK_SECRET"  # noqa: S105 - a variable's name
    default_scheme = HMACScheme(header="{header}", algorithm="sha256", encoding="hex")
    _event_types = EVENTS
    _parse_event = staticmethod(parse)
'''


def _unsigned(identity: Identity) -> str:
    package, client = identity.package, identity.client
    return f'''"""{identity.title}'s webhooks: the contract names no signature."""

from __future__ import annotations

from trunkline.webhooks.events.{package} import EVENTS, {client}Event, parse
from trunkline.webhooks.verification.unsigned import UnsignedWebhook

__all__ = ["{client}Webhook"]


class {client}Webhook(UnsignedWebhook[{client}Event]):
    """Parses deliveries, which carry no signature.

    The arguments are those of :class:`~trunkline.webhooks.UnsignedWebhook`.
    """

    name = "{package}"
    _event_types = EVENTS
    _parse_event = staticmethod(parse)
'''
