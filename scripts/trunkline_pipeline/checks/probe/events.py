"""Make the payload of every webhook from its schema, parse it, and compare the fields."""

from __future__ import annotations

from dataclasses import fields
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

from trunkline_pipeline.checks.contract.operations import properties
from trunkline_pipeline.checks.contract.sample_values import value_for
from trunkline_pipeline.checks.contract.webhooks import NAME, event_names, payload
from trunkline_pipeline.checks.findings import Finding
from trunkline_pipeline.json_types import is_array, is_object

from .wire import moment

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from trunkline_pipeline.checks.source.facts import Facts

_COMMON: Final = frozenset({"event", "payload"})


def check(facts: Facts) -> Iterator[Finding]:
    """Yield differences between the parsed events and the payloads of the contracts."""
    try:
        known = import_module("trunkline.webhooks.events").event_types()
    except Exception as error:  # noqa: BLE001  # for any error, continue with the other rules
        text = f"not probed: {type(error).__name__}: {error}"
        yield Finding("overlay/trunkline/webhooks/events/__init__.py", 0, "import/failed", text)
        return
    for package, document in facts.documents.items():
        for webhook, item in document.get("webhooks", {}).items():
            for name in event_names(webhook, item):
                if kind := known.get(package, {}).get(name):
                    yield from _event(package, document, item, name, kind)


def _event(
    package: str, document: Mapping[str, Any], item: Mapping[str, Any], name: str, kind: type
) -> Iterator[Finding]:
    schema = payload(item, document)
    made: dict[str, Any] = value_for(name, schema, document) if properties(schema, document) else {}
    if NAME in made:
        made[NAME] = name
    file = f"overlay/{kind.__module__.replace('.', '/')}.py"

    def finding(rule: str, text: str) -> Finding:
        return Finding(file, _line(kind), rule, f"{kind.__name__}: {text}", package, name)

    try:
        event = import_module(kind.__module__).parse(made)
    except Exception as error:  # noqa: BLE001  # a documented payload must not raise
        yield finding("event/class", f"the payload raises {type(error).__name__}: {error}")
        return
    if type(event) is not kind:
        yield finding("event/class", f"the payload is read as {type(event).__name__}")
        return
    for rule, text in _fields(event, made, _untyped(schema, document)):
        yield finding(rule, text)


def _line(kind: type) -> int:
    import inspect

    try:
        return inspect.getsourcelines(kind)[1]
    except OSError:
        return 0


def _fields(event: Any, made: Mapping[str, Any], untyped: set[str]) -> Iterator[tuple[str, str]]:
    own: set[str] = {each.name for each in fields(event)} - _COMMON
    sent = _sent(made)
    for name, values in sent.items():
        if name not in own:
            # An object whose fields are attributes of the event needs no attribute itself.
            if name != NAME and not any(map(is_object, values)):
                yield "event/field", f"it has no field {name}"
        elif name not in untyped and not any(
            _same(getattr(event, name), value) for value in values
        ):
            yield "event/type", f"the field {name} is not read as the contract has it"
    for name in sorted(own - sent.keys()):
        yield "event/unknown-field", f"no payload has the field {name}"


def _untyped(schema: Mapping[str, Any], document: Mapping[str, Any]) -> set[str]:
    """Return the names without a type in the contract: their classes may be more precise."""
    fields = properties(schema, document)
    inner = [properties(each, document) for each in fields.values()]
    every = [pair for found in (fields, *inner) for pair in found.items()]
    return {name for name, each in every if not {"type", "$ref", "anyOf", "oneOf"} & each.keys()}


def _sent(made: Mapping[str, Any]) -> dict[str, list[Any]]:
    """Return the values of each name, in the payload or in an object within it."""
    found: dict[str, list[Any]] = {name: [value] for name, value in made.items()}
    for name, value in made.items():
        for inner, each in value.items() if is_object(value) else ():
            if inner != f"{name}-key":  # a sample key of an object without declared fields
                found.setdefault(inner, []).append(each)
    return found


def _same(found: Any, value: Any) -> bool:
    if is_array(value):
        return list(found or ()) == value
    if isinstance(found, int | float) or is_object(value) or value is None:
        return bool(found == value)
    return found == value or (moment(found) is not None and moment(found) == moment(value))
