"""What callers of the last release rely on: requests, responses, and how they are sent."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, Final

from trunkline_pipeline.checks.contract.operations import (
    contract_operations,
    properties,
    required_names,
)
from trunkline_pipeline.checks.findings import Finding
from trunkline_pipeline.checks.source.signatures import NEEDED, signatures
from trunkline_pipeline.generation.schema_annotations import resolve
from trunkline_pipeline.json_types import is_array

from .providers import settings

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from trunkline_pipeline.checks.contract.operations import Operation
    from trunkline_pipeline.checks.source.facts import Facts

FILE: Final = "api-contracts/released.json"
_PROVIDERS: Final = "providers"
_SIGNATURES: Final = "signatures"
_WEBHOOK: Final = "webhook "
_DEPTH: Final = 6
_OPTIONAL: Final = ", optional"
_RULE_OF: Final = re.compile(r"retry_rules\[(.+)\]$")


def record(facts: Facts) -> dict[str, dict[str, Any]]:
    """Return what callers rely on: operations by package, settings of providers, signatures."""
    found: dict[str, dict[str, Any]] = {package: {} for package in facts.documents}
    for (package, _), variants in facts.operations.items():
        kept = _operation(variants, facts.documents[package])
        found[package][variants[0].operation_id] = kept
    for package, document in facts.documents.items():
        # A webhook is an operation of the receiver.
        for each in contract_operations(
            package, {**document, "paths": document.get("webhooks", {})}
        ):
            found[package][f"{_WEBHOOK}{each.path}"] = _operation([each], document)
    told = settings(facts) | dict(_schemes(facts))
    return found | {_PROVIDERS: told, _SIGNATURES: signatures(facts)}


def _schemes(facts: Facts) -> Iterator[tuple[str, str]]:
    """Yield the location of each credential and signature."""
    for package, document in facts.documents.items():
        schemes: dict[str, Any] = document.get("components", {}).get("securitySchemes", {})
        for name, each in schemes.items():
            parts = (each.get(key, "") for key in ("type", "scheme", "in", "name"))
            yield f"{package} {name}", " ".join(filter(None, parts))


def write(facts: Facts) -> None:
    """Record what callers rely on from now on."""
    _save(facts, record(facts))


def _save(facts: Facts, found: Mapping[str, Any]) -> None:
    text = json.dumps(found, indent=1, sort_keys=True)
    (facts.sources.root / FILE).write_text(f"{text}\n", encoding="utf-8")


def follow(facts: Facts, package: str, renamed: Mapping[str, str]) -> None:
    """Update the record of what callers of the last release rely on; leave out what is new.

    Args:
        facts: the overlay as it is now.
        package: the package whose operations have changed.
        renamed: the new names of its operations by the old ones.
    """
    kept = before(facts)
    if not kept:
        return
    now = record(facts)
    names = [renamed.get(name, name) for name in kept.get(package, {})]
    kept[package] = {name: now[package][name] for name in names if name in now[package]}
    kept[_PROVIDERS] = _of_providers(kept, now[_PROVIDERS])
    kept[_SIGNATURES] = _of_methods(kept.get(_SIGNATURES, {}), now[_SIGNATURES])
    _save(facts, kept)


def _of_providers(kept: Mapping[str, Mapping[str, Any]], new: Mapping[str, str]) -> dict[str, str]:
    """Return the settings of known providers and operations; new ones have no callers."""
    known = kept.get(_PROVIDERS, {})
    providers = {name.partition(" ")[0] for name in known}
    operations = {name for each in kept.values() for name in each}
    return {
        name: text
        for name, text in new.items()
        if name.partition(" ")[0] in providers
        and (name in known or not (rule := _RULE_OF.search(name)) or rule[1] in operations)
    }


def _of_methods(known: Mapping[str, str], new: Mapping[str, str]) -> dict[str, str]:
    """Return known arguments and results, and new required arguments of known methods."""
    return {
        name: text
        for name, text in new.items()
        if name in known or (text.endswith(NEEDED) and f"{name.partition('(')[0]}()" in known)
    }


def _operation(variants: Sequence[Operation], document: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "method": variants[0].method,
        "request": dict(_request(variants, document)),
        "fields": dict(_response(variants[0], document)),
    }


def _request(
    variants: Iterable[Operation], document: Mapping[str, Any]
) -> Iterator[tuple[str, str]]:
    for operation in variants:
        for each in operation.fields:
            yield str(each), _type(each.schema, document) + ("" if each.required else _OPTIONAL)
            yield from _fields(each.schema, document, str(each), _DEPTH)


def _response(operation: Operation, document: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for _, media_type, schema in operation.successes(document):
        yield "", media_type
        yield from _fields(schema, document, "", _DEPTH)


def _fields(
    schema: Mapping[str, Any], document: Mapping[str, Any], path: str, depth: int
) -> Iterator[tuple[str, str]]:
    schema = resolve(schema, document)
    for each in [*schema.get("anyOf", ()), *schema.get("oneOf", ()), *schema.get("allOf", ())]:
        yield from _fields(each, document, path, depth)
    if "items" in schema and depth:
        yield from _fields(schema["items"], document, f"{path}/*", depth - 1)
    for value in schema.get("enum", ()):
        yield f"{path}={value}", "value"
    # A variant has its own fields and required names, and is handled above.
    own = {key: value for key, value in schema.items() if key not in {"anyOf", "oneOf"}}
    needed = required_names(own, document)
    for name, each in properties(own, document).items() if depth else ():
        yield f"{path}/{name}", _type(each, document) + ("" if name in needed else _OPTIONAL)
        yield from _fields(each, document, f"{path}/{name}", depth - 1)


def _type(schema: Mapping[str, Any], document: Mapping[str, Any]) -> str:
    """Return the types of a value, with its format."""
    found = resolve(schema, document)
    kinds = found.get("type", "any")
    names = sorted(kinds) if is_array(kinds) else [str(kinds)]
    parts = [*found.get("anyOf", ()), *found.get("oneOf", ()), *found.get("allOf", ())]
    names = sorted({_type(part, document) for part in parts}) if parts else names
    form = found.get("format", "")
    return " or ".join(names) + (f" {form}" if form else "")


def before(facts: Facts) -> dict[str, dict[str, Any]]:
    """Return what was recorded at the last release; empty if nothing was."""
    file = facts.sources.root / FILE
    return json.loads(file.read_text(encoding="utf-8")) if file.is_file() else {}


def check(facts: Facts) -> Iterator[Finding]:
    """Yield changes that break callers of the last release."""
    kept = before(facts)
    if not kept:
        return
    now = record(facts)
    after = _of_providers(kept, now[_PROVIDERS])
    for text in _changed(kept.pop(_PROVIDERS, {}), after):
        yield Finding(FILE, 0, "released/provider", text)
    known = kept.pop(_SIGNATURES, {})
    for text in _changed(known, _of_methods(known, now[_SIGNATURES])):
        yield Finding(FILE, 0, "released/signature", text)
    pointers = {(k[0], v[0].operation_id): v[0].pointer for k, v in facts.operations.items()}
    for package, operations in kept.items():
        for name, each in operations.items():
            pointer = pointers.get((package, name), "/paths")
            received = name.startswith(_WEBHOOK)
            today = now.get(package, {}).get(name)
            for rule, text in _differences(each, today, received=received):
                where = f"generated/trunkline_generated/{package}/openapi.json"
                yield Finding(where, 0, rule, text, package, name, pointer)


def _changed(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[str]:
    for name in sorted(before.keys() | after.keys()):
        if before.get(name) != after.get(name):
            yield f"{name} was {before.get(name, 'not set')} and is {after.get(name, 'not set')}"


def _differences(
    before: Mapping[str, Any], after: Mapping[str, Any] | None, *, received: bool
) -> Iterator[tuple[str, str]]:
    """Compare an operation; for a webhook, the request is received and the response sent."""
    if after is None:
        yield "released/operation", "the operation is gone"
        return
    if before["method"] != after["method"]:
        text = f"it was {before['method'].upper()} and is {after['method'].upper()}"
        yield "released/method", f"{text}: is it repeated as its retry rule says?"
    yield from _sent(*(each["fields" if received else "request"] for each in (before, after)))
    yield from _read(*(each["request" if received else "fields"] for each in (before, after)))


def _sent(before: Mapping[str, str], after: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    # A new top-level field needs an argument; another rule checks that.
    after = {k: v for k, v in after.items() if k in before or "/" in k}
    for text in _changed(before, after):
        yield "released/request", f"in what is sent, {text}"


def _read(before: Mapping[str, str], after: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield what readers lose; additional values or fields are harmless."""
    for path, kind in before.items():
        found = after.get(path)
        if found is None:
            yield "released/field", f"what is received no longer has {path}"
        elif found not in {kind, kind.removesuffix(_OPTIONAL)}:
            yield "released/field", f"{path or 'the body'} was {kind} and is {found}"
