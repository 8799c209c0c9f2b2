"""Whether the typed events have everything that the contracts' webhooks carry."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, Any, Final

from trunkline_pipeline.generation.schema_annotations import resolve

from .operations import properties
from .sample_values import one_variant

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from collections.abc import Set as AbstractSet

#: The field of a payload that carries the event's name.
_NAME: Final = "event"


def check_events(
    package: str, document: Mapping[str, Any], known: Mapping[str, type]
) -> Iterator[str]:
    """Yield a line for each event, and each field of one, that the overlay does not know.

    Args:
        package: the generated package.
        document: the patched contract.
        known: the overlay's classes by event name.
    """
    yield from _names(package, document)
    # Fields are looked for in all classes: vendors lift ids from one object of an event to another.
    own = {field.name for kind in known.values() for field in fields(kind)}
    for webhook, item in document.get("webhooks", {}).items():
        for name in _event_names(webhook, item):
            if name not in known:
                yield f"{package}: the webhook event {name} is unknown to trunkline.webhooks"
        for field in _unknown(_payload(item, document), own, document):
            yield f"{package}: no event class has the field {field} of the webhook {webhook}"


def _event_names(webhook: str, item: Mapping[str, Any]) -> list[str]:
    """Return names as on the wire, or the webhook's key where the payload carries none."""
    if name := item.get("x-event-name"):
        return [name]
    return list(item.get("x-event-names", ())) or [webhook]


def _names(package: str, document: Mapping[str, Any]) -> Iterator[str]:
    # A name stands twice in a contract, and no generator compares the two places.
    marked, listed = set[str](), set[str]()
    for webhook, item in document.get("webhooks", {}).items():
        name = properties(_payload(item, document), document).get(_NAME, {})
        if values := one_variant(name, document).get("enum"):
            marked.update(_event_names(webhook, item))
            listed.update(values)
    for name in sorted(marked ^ listed):
        where = "the enum of the payloads" if name in listed else "the marks of the webhooks"
        yield f"{package}: the event {name} is only in {where}"


def _payload(item: Mapping[str, Any], document: Mapping[str, Any]) -> Mapping[str, Any]:
    body = resolve(item.get("post", {}).get("requestBody", {}), document)
    content: dict[str, Any] = body.get("content", {})
    schemas = [resolve(media.get("schema", {}), document) for media in content.values()]
    return schemas[0] if schemas else {}


def _unknown(
    schema: Mapping[str, Any], own: AbstractSet[str], document: Mapping[str, Any]
) -> Iterator[str]:
    for name, value in properties(schema, document).items():
        if properties(value, document):
            yield from (f"{name}.{each}" for each in _unknown(value, own, document))
        elif name not in own:
            yield name
