"""Judge pairs of schemas by execution: values of one schema, validated against the other.

    python -m tests.contracts.comparing.soundness [FIRST_SEED] [PAIRS]

A client's requests were valid for the old schema and must be valid for the new one; what it
receives is valid for the new schema and was possible before only if the old one accepts it. Where
the engine reports nothing at or above a warning, validation must agree.
"""

from __future__ import annotations

import sys
from collections import Counter
from random import Random
from typing import Any, NamedTuple

from jsonschema import Draft202012Validator
from tests.contracts import documents
from tests.contracts.comparing import generated

from trunkline.contracts import Direction, Level

VALUES = 12


class Disagreement(NamedTuple):
    """`reason` is empty if validation contradicts the engine without an accepted reason."""

    reason: str
    seed: int
    direction: Direction
    value: Any
    old: Any
    new: Any


def silent(old: Any, new: Any, direction: Direction) -> bool:
    make = documents.sent if direction is Direction.SENT else documents.received
    report = documents.compare(make(old), make(new))
    return not report.at_least(Level.WARNING)


def disagreements(seed: int) -> list[Disagreement]:
    """The values that contradict the engine for one seed's pair; at most one per direction."""
    old, new = generated.schema_pair(seed)
    found: list[Disagreement] = []
    for direction, source, target in (
        (Direction.SENT, old, new),
        (Direction.RECEIVED, new, old),
    ):
        if silent(old, new, direction):
            value = counterexample(source, target, Random(seed))
            if value is not None:
                reason = explained(value[0], source, target)
                found.append(Disagreement(reason, seed, direction, value[0], old, new))
    return found


def explained(value: Any, source: Any, target: Any) -> str:
    """Why the engine deliberately differs from validation; empty if it does not."""
    if Draft202012Validator(loosened(target)).is_valid(value):
        return "alternatives overlap: `oneOf` is read as `anyOf`, as decoders do"
    if not Draft202012Validator(closed(loosened(source))).is_valid(value):
        return "a property that was not declared before got a schema"
    return ""


def closed(schema: Any, *, part: bool = False) -> Any:
    """The schema with undeclared properties forbidden."""
    if isinstance(schema, list):
        return [closed(item, part=part) for item in schema]
    if not isinstance(schema, dict):
        return schema
    found = {
        key: {name: closed(item) for name, item in value.items()}
        if key == "properties"
        else closed(value, part=key == "allOf")
        for key, value in schema.items()
    }
    if not part and ("properties" in schema or "allOf" in schema):
        found["unevaluatedProperties"] = False
    return found


def loosened(schema: Any) -> Any:
    if isinstance(schema, list):
        return [loosened(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    return {"anyOf" if key == "oneOf" else key: loosened(item) for key, item in schema.items()}


def counterexample(source: Any, target: Any, random: Random) -> tuple[Any] | None:
    """A value that the first schema accepts and the second does not, in a tuple."""
    accepts, refuses = Draft202012Validator(source), Draft202012Validator(target)
    for _ in range(VALUES):
        value = instance(source, random)
        if accepts.is_valid(value) and not refuses.is_valid(value):
            return (value,)
    return None


def instance(schema: dict[str, Any], random: Random) -> Any:
    """A value of roughly the form the schema describes; it need not be valid."""
    for key in ("anyOf", "oneOf"):
        if key in schema:
            return instance(random.choice(schema[key]), random)
    if "allOf" in schema:
        parts = [instance(part, random) for part in schema["allOf"]]
        return {
            key: value for part in parts if isinstance(part, dict) for key, value in part.items()
        }
    if "enum" in schema:
        return random.choice(schema["enum"])
    kinds = schema.get("type", "object")
    return BY_TYPE[random.choice(kinds if isinstance(kinds, list) else [kinds])](schema, random)


def an_object(schema: dict[str, Any], random: Random) -> dict[str, Any]:
    required = schema.get("required", [])
    return {
        name: instance(value, random)
        for name, value in schema.get("properties", {}).items()
        if name in required or random.random() < 0.5
    }


def an_array(schema: dict[str, Any], random: Random) -> list[Any]:
    size = random.randint(0, min(schema.get("maxItems", 3), 4))
    return [instance(schema.get("items", {}), random) for _ in range(size)]


def a_text(schema: dict[str, Any], random: Random) -> str:
    low = schema.get("minLength", 0)
    return "x" * random.randint(low, max(low, schema.get("maxLength", 7)))


def a_number(schema: dict[str, Any], random: Random) -> float:
    value = random.randint(-1, 8)
    return value + 0.5 if schema.get("type") == "number" and random.random() < 0.3 else value


BY_TYPE = {
    "object": an_object,
    "array": an_array,
    "string": a_text,
    "integer": a_number,
    "number": a_number,
    "boolean": lambda _schema, random: random.random() < 0.5,
    "null": lambda _schema, _random: None,
}


def main() -> None:
    first, count = (int(text) for text in [*sys.argv[1:], "0", "20000"][:2])
    found = [item for seed in range(first, first + count) for item in disagreements(seed)]
    for item in found:
        if not item.reason:
            sys.stdout.write(f"{item}\n")
    for reason, times in Counter(item.reason for item in found).items():
        sys.stdout.write(f"{times:6}  {reason or 'NOT EXPLAINED'}\n")
    sys.stdout.write(f"{count} pairs, {len(found)} disagreements\n")


if __name__ == "__main__":
    main()
