"""Seeded changes of a repository, one at a time, that the contract check must name."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any, NamedTuple

from trunkline_pipeline.inputs import documents, manifest

Edit = Callable[[dict[str, Any]], object]
METHODS = {"get", "put", "post", "delete", "patch"}
OVERLAY = Path("overlay", "trunkline")


class Mutation(NamedTuple):
    """What is changed: a kind, a place, the file, and its new text."""

    kind: str
    place: str
    file: str
    text: str
    package: str = ""
    noticeable: bool = True


def contract_mutations(root: Path) -> Iterator[Mutation]:
    """Yield changes of the vendors' documents."""
    for contract in manifest.load(root / "api-contracts/contracts.toml").contracts:
        document = documents.read(contract.snapshot)
        file = contract.snapshot.relative_to(root).as_posix()
        for kind, place, edit, noticeable in _contract_edits(document):
            changed = deepcopy(document)
            edit(changed)
            text = json.dumps(changed, indent=1)
            yield Mutation(kind, place, file, text, contract.package, noticeable)


Found = Iterator[tuple[str, str, Edit, bool]]


def _contract_edits(document: dict[str, Any]) -> Found:
    for path, item in document["paths"].items():
        for method in METHODS & item.keys():
            yield from _operation_edits(path, method, item[method])
    for name, schema in document["components"]["schemas"].items():
        yield from _schema_edits(name, schema, document)
    for name, item in document.get("webhooks", {}).items():
        yield "webhook removed", name, _pop("webhooks", name), True
        if "x-event-name" in item:
            yield "event renamed", name, _set("webhooks", name, "x-event-name", value="other"), True
        yield "webhook described", name, _set("webhooks", name, "summary", value="Other"), False
    yield "server changed", "", _set("servers", 0, "url", value="https://a.example"), True
    yield "title described", "", _set("info", "summary", value="Another summary"), False


def _set(*path: Any, value: Any) -> Edit:
    def edit(document: dict[str, Any]) -> None:
        target: Any = document
        for part in path[:-1]:
            target = target[part]
        target[path[-1]] = value

    return edit


def _pop(*path: Any) -> Edit:
    def edit(document: dict[str, Any]) -> None:
        target: Any = document
        for part in path[:-1]:
            target = target[part]
        target.pop(path[-1])

    return edit


def _operation_edits(path: str, method: str, operation: dict[str, Any]) -> Found:
    at, name = ("paths", path, method), operation["operationId"]
    yield "operation renamed", name, _set(*at, "operationId", value=f"{name}_again"), True
    yield "operation removed", name, lambda d: d["paths"][path].pop(method), True
    yield "operation deprecated", name, _set(*at, "deprecated", value=True), True
    yield "operation described", name, _set(*at, "description", value="Other words."), False
    other = "patch" if method != "patch" else "put"
    yield (
        "method changed",
        name,
        lambda d: d["paths"][path].update({other: d["paths"][path].pop(method)}),
        True,
    )
    page = {"name": "x_new", "in": "query", "schema": {"type": "string"}}
    yield (
        "parameter added",
        name,
        lambda d: d["paths"][path][method].setdefault("parameters", []).append(page),
        True,
    )
    if operation.get("security"):
        yield "security dropped", name, _set(*at, "security", value=[{"x_other": []}]), True
    for number, parameter in enumerate(operation.get("parameters", ())):
        if "$ref" in parameter:
            continue
        place, spot = f"{name} {parameter['name']}", (*at, "parameters", number)
        yield "parameter removed", place, _pop(*spot), True
        yield "parameter renamed", place, _set(*spot, "name", value="x_other"), True
        yield "parameter described", place, _set(*spot, "description", value="Other."), False
        if parameter["in"] == "query":
            yield "parameter required", place, _set(*spot, "required", value=True), True
            changed = {"type": "boolean"}
            yield "parameter's type", place, _set(*spot, "schema", value=changed), True
        for bound in {"minimum", "maximum"} & parameter.get("schema", {}).keys():
            value = parameter["schema"][bound] + 3
            yield (
                "bound changed",
                f"{place} {bound}",
                _set(*spot, "schema", bound, value=value),
                True,
            )


def _schema_edits(name: str, schema: dict[str, Any], document: dict[str, Any]) -> Found:
    at, sent = ("components", "schemas", name), name in _sent(document)
    yield "schema described", name, _set(*at, "description", value="Other words."), False
    if "enum" in schema and sent and not schema.get("x-open-enum"):
        yield "enum value added", name, lambda d: _enum(d, name).append("x_new"), True
        yield "enum value removed", name, lambda d: _enum(d, name).pop(0), True
    if "properties" not in schema:
        return
    if not sent:
        if name not in json.dumps(document.get("webhooks", {})):  # there, a class has to read it
            yield "response field added", name, _set(*at, "properties", "x_new", value={}), False
        for field in schema["properties"] if name in _received(document) else ():
            other = {"type": "array", "items": {}}
            yield "response field removed", f"{name}.{field}", _drop(name, field), True
            edit = _set(*at, "properties", field, value=other)
            yield "response field's type", f"{name}.{field}", edit, True
        return
    new = {"type": "string"}
    yield "body field added", name, _set(*at, "properties", "x_new", value=new), True
    for field in schema["properties"]:
        place = f"{name}.{field}"
        yield "body field removed", place, _drop(name, field), True
        number = (
            {"type": "boolean"} if schema["properties"][field].get("type") != "boolean" else new
        )
        yield "body field's type", place, _set(*at, "properties", field, value=number), True
        required = schema.get("required", [])
        toggled = [n for n in required if n != field] if field in required else [*required, field]
        if "const" not in schema["properties"][field]:
            yield "body field's need", place, _set(*at, "required", value=toggled), True


def _enum(document: dict[str, Any], name: str) -> list[Any]:
    found: list[Any] = document["components"]["schemas"][name]["enum"]
    return found


def _drop(name: str, field: str) -> Edit:
    def edit(document: dict[str, Any]) -> None:
        schema = document["components"]["schemas"][name]
        schema["properties"].pop(field)
        schema["required"] = [each for each in schema.get("required", ()) if each != field]

    return edit


def _received(document: dict[str, Any]) -> set[str]:
    """Return the schemas of successful responses."""
    operations = [o for item in document["paths"].values() for m, o in item.items() if m in METHODS]
    text = json.dumps([r for o in operations for s, r in o["responses"].items() if s[0] == "2"])
    return set(re.findall(r"#/components/schemas/(\w+)", text))


def _sent(document: dict[str, Any]) -> set[str]:
    """Return the schemas of bodies and parameters, and those of their fields that methods name."""
    operations = [o for item in document["paths"].values() for m, o in item.items() if m in METHODS]
    text = json.dumps([[o.get("requestBody"), o.get("parameters")] for o in operations])
    text += json.dumps(document["components"].get("parameters", {}))
    names = set(re.findall(r"#/components/schemas/(\w+)", text))
    inner = {n: json.dumps(document["components"]["schemas"].get(n, {})) for n in names}
    found = {each for t in inner.values() for each in re.findall(r"schemas/(\w+)", t)}
    enums = {n for n in found if "enum" in document["components"]["schemas"].get(n, {})}
    return names | enums


#: Texts of the overlay and what becomes of them: (kind, files, pattern, replacement).
_TEXTS = (
    ("mark dropped", "*/_async/*.py", r"    @operation\([^)]*\)\n(?=    (?:async )?def)", ""),
    ("bound edited", "*/_async/*.py", r'(bounded_int\("\w+", \w+, \d+)', r"\g<1>7"),
    ("id unchecked", "*/_async/*.py", r'= identifier\("\w+", (\w+)\)', r"= \1"),
    ("enum unchecked", "*/_async/*.py", r'enum_member\("\w+", (\w+), \w+\)', r"\1"),
    ("argument dropped", "*/_async/*.py", r"\n        (?!extra|key|self)\w+: [^\n]*= None,", ""),
    (
        "argument added",
        "*/_async/*.py",
        r"(\n        \w+: str \| None = None,)",
        r"\1\n        x_new: str | None = None,",
    ),
    (
        "argument's type",
        "*/_async/*.py",
        r"(\n        \w+): str \| None = None,",
        r"\1: bytes | None = None,",
    ),
    (
        "value swapped",
        "*/_async/*.py",
        r"\n            (\w+)=\1,\n            (\w+)=\2,",
        r"\n            \1=\2,\n            \2=\1,",
    ),
    ("value dropped", "*/_async/*.py", r"\n            (\w+)=\1,", ""),
    (
        "docstring's argument",
        "*/_async/*.py",
        r"\n            (?!extra)(\w+): (?=[a-z])",
        r"\n            x_\1: ",
    ),
    ("docstring's operation", "*/_async/*.py", r"\(operation ``\w+``", "(operation ``other``"),
    ("list's key", "*/_async/*.py", r'ListBody\((\w+), "\w+"', r'ListBody(\1, "x_items"'),
    (
        "result's type",
        "*/_async/*.py",
        r"\) -> (?!bool|str|None)(\w+):\n        \"\"\"",
        ') -> int:\n        """',
    ),
    ("result unwrapped", "*/_async/*.py", r"unwrap\((\w+), (\w+), ", r"unwrap(\1, \2Response, "),
    ("export dropped", "*/__init__.py", r'\n    "[A-Z]\w+",(?=\n)', ""),
    ("retry key", "*/_provider.py", r'"(\w+)": (replace|RetryRule)\(', r'"x_\1": \2('),
    ("base url", "*/_provider.py", r'base_url="https://', 'base_url="https://x.'),
    (
        "paging fact",
        "*/_provider.py",
        r'paging\.get\("(total|limit|has_more|next_offset)"\)',
        r'paging.get("x_\1")',
    ),
    ("user token", "*/_provider.py", r'            "(\w+)",\n', ""),
    ("key header", "*/_provider.py", r'key_header="', 'key_header="x-'),
    (
        "event's field",
        "webhooks/events/*.py",
        r"\n    (\w+): (str|int|float|bool|datetime)( \| None)?( = None)?\n",
        r"\n    x_\1: \2\3\4\n",
    ),
    ("event's name", "webhooks/events/*.py", r'= "([\w.]+)"\n', r'= "x.\1"\n'),
    ("event unlisted", "webhooks/events/*.py", r'\n    "[A-Z]\w+",', ""),
    ("handler dropped", "sandbox/providers/**/*.py", r'\n            "\w+": self\.\w+,', ""),
    (
        "handler's name",
        "sandbox/providers/**/*.py",
        r'\n            "(\w+)": self\.',
        r'\n            "x_\1": self.',
    ),
)


def overlay_mutations(root: Path) -> Iterator[Mutation]:
    """Yield changes of the overlay's source."""
    for kind, files, pattern, replacement in _TEXTS:
        for path in sorted((root / OVERLAY).glob(files)):
            text = path.read_text(encoding="utf-8")
            for match in re.finditer(pattern, text):
                new = text[: match.start()] + match.expand(replacement) + text[match.end() :]
                line = text.count("\n", 0, match.start() + 1) + 1
                place = f"{path.relative_to(root / OVERLAY)}:{line}"
                yield Mutation(kind, place, path.relative_to(root).as_posix(), new)


def page_mutations(root: Path) -> Iterator[Mutation]:
    """Yield changes of the pages, some of which matter to nobody."""
    for path in sorted((root / "docs").glob("*.md")):
        text, file = path.read_text(encoding="utf-8"), path.relative_to(root).as_posix()
        for match in re.finditer(
            r"^::: (trunkline\.(?:pamela|whispey|stateset_voice)\.[A-Z]\w+)$", text, re.MULTILINE
        ):
            new = text[: match.start()] + text[match.end() :]
            yield Mutation("block dropped", match[1], file, new, "", path.stem == "models")
        for match in re.finditer(r"^\| `(\w+\.\w+)\([^|]*\| `[A-Z]+ /.*\n", text, re.MULTILINE):
            new = text[: match.start()] + text[match.end() :]
            yield Mutation("row dropped", match[1], file, new)
        yield Mutation("page lengthened", path.stem, file, f"{text}\nMore words.\n", "", False)
