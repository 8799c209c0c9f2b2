"""Facts about a document that the templates need and the generator does not provide."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from trunkline_pipeline.errors import PipelineError
from trunkline_pipeline.json_types import is_array, is_object

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

#: The generator keeps an enum's description but not its extensions, so the description has the
#: mark; it also informs the readers of docstrings.
OPEN_NOTE = "The vendor may add values."
_HIDING = ("x-personal", "x-secret")


def mark_open_enums(document: dict[str, Any]) -> None:
    """Add to the description of each open enum that it is open.

    Enums of strings in responses and webhooks are open, because a value that the vendor adds must
    not make a response unreadable; so is any other enum with ``x-open-enum: true``.

    Raises:
        PipelineError: a marked enum has values other than strings.
    """
    for schema in _enums(document):
        if schema.get("x-open-enum") is True and not _is_text(schema):
            raise PipelineError(f"only enums of strings can be open, not {schema['enum']}")
    received = {id(schema): schema for schema in _received_enums(document) if _is_text(schema)}
    marked = {
        id(schema): schema for schema in _enums(document) if schema.get("x-open-enum") is True
    }
    for schema in (received | marked).values():
        schema["description"] = f"{schema.get('description', '')} {OPEN_NOTE}".strip()


def _is_text(schema: Mapping[str, Any]) -> bool:
    return all(isinstance(value, str | None) for value in schema["enum"])


def _enums(node: Any, follow: Mapping[str, Any] | None = None) -> Iterator[dict[str, Any]]:
    """Yield the enums below a node; references are followed in the ``follow`` document."""
    todo, seen = [node], set[str]()
    while todo:
        each = todo.pop()
        if is_array(each):
            todo += each
        elif is_object(each):
            if is_array(each.get("enum")):
                yield each
            todo += each.values()
            reference = each.get("$ref")
            if follow is not None and isinstance(reference, str) and reference not in seen:
                seen.add(reference)
                todo.append(_lookup(reference, follow))


def _received_enums(document: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    operations = [each for path in document.get("paths", {}).values() for each in path.values()]
    responses = [each.get("responses") for each in operations if is_object(each)]
    yield from _enums([responses, document.get("webhooks")], document)


def hidden_properties(schema: Mapping[str, Any], document: Mapping[str, Any]) -> frozenset[str]:
    """Return the wire names of the fields hidden from every repr: secrets and personal data."""
    names: set[str] = set()
    for part in schema.get("allOf", ()):
        names |= hidden_properties(resolve(part, document), document)
    for name, prop in schema.get("properties", {}).items():
        if is_hidden(prop, document):
            names.add(name)
    return frozenset(names)


def harmless_properties(schema: Mapping[str, Any]) -> frozenset[str]:
    """Return the wire names of the texts that a repr may show, because ``x-harmless`` says so."""
    fields = schema.get("properties", {}).items()
    return frozenset(name for name, each in fields if is_object(each) and each.get("x-harmless"))


def is_hidden(schema: Any, document: Mapping[str, Any]) -> bool:
    """Return whether values are secret or personal, directly or as items or variants."""
    if not is_object(schema):
        return False
    if any(schema.get(key) is True for key in _HIDING) or schema.get("format") == "password":
        return True
    if "$ref" in schema:
        target = resolve(schema, document)
        # A model hides its own fields, so only a marked schema itself counts from here on.
        return any(target.get(key) is True for key in _HIDING) or target.get("format") == "password"
    parts = [
        schema.get("items"),
        *schema.get("anyOf", ()),
        *schema.get("oneOf", ()),
        *schema.get("allOf", ()),
    ]
    return any(is_hidden(part, document) for part in parts)


def resolve(schema: Mapping[str, Any], document: Mapping[str, Any]) -> Mapping[str, Any]:
    """Follow local references to a schema; an unknown reference counts as an empty schema."""
    seen: set[str] = set()
    while (reference := schema.get("$ref")) and reference not in seen:
        seen.add(reference)
        schema = _lookup(reference, document)
    return schema


def _lookup(reference: str, document: Mapping[str, Any]) -> Mapping[str, Any]:
    node: Any = document
    for part in reference.removeprefix("#/").split("/"):
        key = part.replace("~1", "/").replace("~0", "~")
        node = node.get(key, {}) if is_object(node) else {}
    return node if is_object(node) else {}
