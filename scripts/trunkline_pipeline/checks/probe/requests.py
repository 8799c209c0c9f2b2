"""Call each method with many combinations of arguments, and check its requests."""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING, Any, Final

from trunkline_pipeline.checks.contract.sample_values import one_variant, value_for
from trunkline_pipeline.checks.source.pairing import EXTRA, OPEN_BODY

from .recorder import media_type
from .wire import arrived, body, leads_to, sent_names

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from trunkline_pipeline.checks.contract.operations import Field
    from trunkline_pipeline.checks.findings import Finding

    from .clients import Probe

OPEN_FIELD: Final = "x_probe"
_QUERY_AND_HEADERS: Final = {
    "extra_query": {"x_probe_query": "1"},
    "extra_headers": {"X-Probe": "1"},
}
_BODY: Final = {"extra_body": {"x_probe_body": 1}}


def check(probe: Probe) -> Iterator[Finding]:
    """Yield differences between the requests of a method and the contract."""
    usual = values_of(probe)
    failure = attempt(probe, usual)
    if not probe.recorder.requests:
        yield probe.finding("argument/refused", f"nothing was sent: {failure}")
        return
    request = probe.recorder.requests[0]
    if not leads_to(probe.operation, request):
        found = f"{request.method} {request.url.path}"
        yield probe.finding("operation/other", f"it sends {found}, not {probe.operation}")
    yield from _arrivals(probe, usual)
    if probe.operation.open_body and OPEN_FIELD not in (body(request) or {}):
        yield probe.finding("argument/wire", "further fields do not arrive in the body")
    if probe.operation.media_type != media_type(request):
        found, wanted = media_type(request) or "no body", probe.operation.media_type or "no body"
        yield probe.finding("operation/media-type", f"it sends {found}, not {wanted}")
    yield from _each_value(probe, usual)
    yield from _minimal(probe)
    yield from _refusals(probe, usual)
    yield from _extra(probe, usual)


def values_of(probe: Probe) -> dict[str, Any]:
    """Return a value for each argument that is in the contract."""
    fields = probe.pairing.arguments.items()
    return {
        name: value_for(field.name, field.schema, probe.document, number)
        for number, (name, field) in enumerate(fields)
    }


def attempt(probe: Probe, values: Mapping[str, Any]) -> BaseException | None:
    """Call a method, and return the exception that it raised."""
    probe.recorder.reset(*probe.recorder.answers)
    try:
        result = probe.recorder.run(probe.call, {**further(probe), **values})
        if hasattr(result, "__aiter__"):
            probe.recorder.all_items(result)
    except Exception as error:  # noqa: BLE001  # the caller checks what was sent
        return error
    return None


def further(probe: Probe) -> dict[str, Any]:
    """Return required arguments that are not in the contract: a target, open fields."""
    found: dict[str, Any] = {}
    (probe.folder / "probe").unlink(missing_ok=True)
    for name, argument in probe.method.arguments.items():
        if argument.default is None and name not in probe.pairing.arguments:
            found[name] = probe.folder / "probe"
    if probe.operation.open_body:
        taken = [n for n in probe.method.arguments if n in OPEN_BODY]
        found |= {taken[0]: {OPEN_FIELD: "1"}} if taken else {OPEN_FIELD: "1"}
    return found


def _arrivals(probe: Probe, values: Mapping[str, Any]) -> Iterator[Finding]:
    request = probe.recorder.requests[0]
    for name, field in probe.pairing.arguments.items():
        if name in values and not arrived(field, values[name], request):
            yield probe.finding("argument/wire", f"{name} does not arrive as {field}")


def _each_value(probe: Probe, usual: dict[str, Any]) -> Iterator[Finding]:
    """Send every value of a boolean or an enumeration, and both ends of a range."""
    for name, field in probe.pairing.arguments.items():
        for value in _further_values(field, probe.document):
            values = {**usual, name: value}
            failure = attempt(probe, values)
            if not probe.recorder.requests:
                yield probe.finding("argument/refused", f"{name} = {value!r} is refused: {failure}")
            else:
                yield from _arrivals(probe, values)


def _further_values(field: Field, document: Mapping[str, Any]) -> list[Any]:
    schema = one_variant(field.schema, document)
    items: Mapping[str, Any] = one_variant(schema.get("items", {}), document)
    if items.get("enum"):
        return [[value] for value in items["enum"]]
    if schema.get("type") == "boolean" and "enum" not in schema:
        return [True, False]
    bounds = [schema[key] for key in ("minimum", "maximum") if key in schema]
    return [value for value in schema.get("enum", ()) if value is not None] or bounds


def _minimal(probe: Probe) -> Iterator[Finding]:
    """Check that the required arguments suffice, and that nothing else is sent."""
    fields, declared = probe.pairing.arguments, probe.method.declared
    needed = {n for n in fields if n in probe.method.arguments}
    values = {
        name: value
        for name, value in values_of(probe).items()
        if name in needed and probe.method.arguments[name].default is None
    }
    failure = attempt(probe, values)
    if not probe.recorder.requests:
        text = f"nothing was sent with the required arguments alone: {failure}"
        yield probe.finding("argument/required", text)
        return
    meant: set[str] = set(declared.get("defaults") or ())
    outer = {(f.location, (*f.inside, f.name)[0]) for n, f in fields.items() if n in values}
    # The contract's default has the same effect, sent or not.
    given = {"const", "default"}
    outer |= {(f.location, f.name) for n, f in fields.items() if n in meant or given & {*f.schema}}
    for location, name in sorted(sent_names(probe.recorder.requests[0]) - outer):
        if name != OPEN_FIELD:
            yield probe.finding("argument/default", f"it sends {location} {name} unasked")


def _refusals(probe: Probe, usual: dict[str, Any]) -> Iterator[Finding]:
    """Check that values which the contract forbids are refused before anything is sent."""
    for name, field in probe.pairing.arguments.items():
        if name in (probe.method.declared.get("bounds") or ()):
            continue
        for value in _wrong_values(field, probe.document):
            if name in (probe.method.declared.get("converts") or ()) and value:
                continue
            failure = attempt(probe, {**usual, name: value})
            if probe.recorder.requests:
                yield probe.finding("argument/unchecked", f"{name} = {value!r} is sent")
            elif type(failure).__name__ != "InvalidArgumentError":
                text = f"{name} = {value!r} raises {type(failure).__name__}: {failure}"
                yield probe.finding("argument/unchecked", text)


def _wrong_values(field: Field, document: Mapping[str, Any]) -> Iterator[Any]:
    schema = one_variant(field.schema, document)
    if field.location == "path":
        yield ""
    if field.location in {"json", "query"}:
        if schema.get("pattern") or schema.get("format") in {"date-time", "date", "uri"}:
            yield "x probe"
        if schema.get("enum") and schema.get("x-open-enum") is not True:
            yield "x_probe"
        if "minimum" in schema:
            yield math.ceil(schema["minimum"]) - 1
        if "maximum" in schema:
            yield math.floor(schema["maximum"]) + 1


def _extra(probe: Probe, usual: dict[str, Any]) -> Iterator[Finding]:
    """Check that a method sends ``extra_body``, ``extra_query`` and ``extra_headers``."""
    has_json = probe.operation.media_type == "application/json"
    failure = attempt(probe, usual | _QUERY_AND_HEADERS | (_BODY if has_json else {}))
    if not probe.recorder.requests:
        yield probe.finding("extra/refused", f"nothing is sent with extra arguments: {failure!r}")
        return
    request = probe.recorder.requests[0]
    sent = {
        "extra_query": "x_probe_query=1" in request.url.query.decode(),
        "extra_headers": request.headers.get("X-Probe") == "1",
        "extra_body": not has_json or json.loads(request.content).get("x_probe_body") == 1,
    }
    for name in sorted(EXTRA):
        if not sent[name]:
            yield probe.finding("extra/wire", f"it does not send {name}")
    attempt(probe, usual | _BODY)
    if not has_json and probe.recorder.requests:
        yield probe.finding("extra/wire", "it does not refuse extra_body, which it cannot send")
