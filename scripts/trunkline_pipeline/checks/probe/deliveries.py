"""Check that the events sent by the sandbox match the webhooks of the contract."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from trunkline_pipeline.checks.contract.webhooks import event_names, payload
from trunkline_pipeline.checks.findings import Finding
from trunkline_pipeline.checks.static import released

from .fields import SeenFields, differences

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from trunkline_pipeline.checks.source.facts import Facts


def check(app: Any, facts: Facts) -> Iterator[Finding]:
    """Yield differences between the events that the sandbox has sent and the webhooks."""
    sent: dict[str, list[Any]] = {}
    for delivery in app.registry.state.dispatcher.deliveries.values():
        sent.setdefault(delivery.provider, []).append(delivery)
    for provider in app.registry.by_name.values():
        document: Mapping[str, Any] = facts.documents.get(provider.package, {})
        webhooks: dict[str, Any] = document.get("webhooks", {})
        known = {n: item for key, item in webhooks.items() for n in event_names(key, item)}
        file = f"overlay/{type(provider).__module__.replace('.', '/')}.py"
        promised = {
            field.removeprefix("json ")
            for name, each in released.before(facts).get(provider.package, {}).items()
            for field in (each["request"] if name.startswith("webhook ") else ())
        }
        found = _events(sent.get(provider.name, ()), known, document, promised) if known else ()
        for event, text in found:
            yield Finding(file, 0, "sandbox/event", text, provider.package, event)


def _events(
    deliveries: Iterable[Any],
    known: Mapping[str, Any],
    document: Mapping[str, Any],
    promised: Collection[str],
) -> Iterator[tuple[str, str]]:
    seen = SeenFields(document)
    for each in deliveries:
        if each.event not in known:
            yield each.event, f"it sends the event {each.event}, which no webhook has"
            continue
        schema, body = payload(known[each.event], document), json.loads(each.body)
        seen.add(body, schema, each.event)
        for text in dict.fromkeys(differences(body, schema, document)):
            yield each.event, text
    # At the top level an event has one of several forms, so only nested fields are checked.
    for path, name in seen.unseen():
        event, _, inner = path.partition("/")
        if inner and f"{inner}/{name}" in promised:
            yield event, f"no event has the documented field {inner}/{name}"
