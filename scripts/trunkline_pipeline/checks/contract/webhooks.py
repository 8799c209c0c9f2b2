"""The events of a contract's webhooks: names and payloads."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from trunkline_pipeline.generation.schema_annotations import resolve

from .operations import properties
from .sample_values import one_variant

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

#: The field of a payload that contains the event's name.
NAME: Final = "event"


def event_names(webhook: str, item: Mapping[str, Any]) -> list[str]:
    """Return names as on the wire, or the webhook's key where the payload has none."""
    if name := item.get("x-event-name"):
        return [name]
    return list(item.get("x-event-names", ())) or [webhook]


def payload(item: Mapping[str, Any], document: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the schema of a webhook's payload."""
    body = resolve(item.get("post", {}).get("requestBody", {}), document)
    content: dict[str, Any] = body.get("content", {})
    schemas = [resolve(media.get("schema", {}), document) for media in content.values()]
    return schemas[0] if schemas else {}


def unmatched_names(document: Mapping[str, Any]) -> Iterator[str]:
    """Yield event names that are only in the webhooks' marks or only in the payloads' enum."""
    # A contract has each name twice, and no generator compares the two.
    marked, listed = set[str](), set[str]()
    for webhook, item in document.get("webhooks", {}).items():
        name = properties(payload(item, document), document).get(NAME, {})
        if values := one_variant(name, document).get("enum"):
            marked.update(event_names(webhook, item))
            listed.update(values)
    for name in sorted(marked ^ listed):
        where = "the enum of the payloads" if name in listed else "the marks of the webhooks"
        yield f"the event {name} is only in {where}"
