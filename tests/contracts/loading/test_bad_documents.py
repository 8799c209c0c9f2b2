from __future__ import annotations

import contextlib
import json
import os
from typing import TYPE_CHECKING, Any

import pytest
from tests.contracts import documents

from trunkline import contracts
from trunkline.contracts import ContractError
from trunkline.contracts._loading import sources

if TYPE_CHECKING:
    from pathlib import Path

DEEP = "[" * 100_000 + "]" * 100_000
BOMB = "a0: &a0 [x]\n" + "".join(
    f"a{n + 1}: &a{n + 1} [{', '.join([f'*a{n}'] * 10)}]\n" for n in range(12)
)
HEAD = '{"openapi": "3.1.0", "info": {}, '
TWICE = HEAD + '"paths": {"/a": {\n"get": {"operationId": "x"},\n"put": {"operationId": "x"}}}}'
NOWHERE = HEAD + '"paths": {"/a": {"get": {"responses": {"200":\n {"$ref": "#/components/x/y"}}}}}}'
FILES: dict[str, tuple[str | bytes, str]] = {
    "empty.json": ("", "is empty"),
    "broken.json": ('{"openapi": "3.0.0",\n oops}', "broken.json:2:2: is not JSON"),
    "text.txt": ("hello there", "holds no object"),
    "list.json": ("[1]", "holds no object"),
    "bytes.json": (b'{\n"openapi": "\xff"}', "bytes.json:2: is not UTF-8 at byte 14"),
    "other.json": ('{"a": 1}', "has no `openapi` version"),
    "swagger.json": ('{"swagger": "2.0"}', "is Swagger 2.0: convert it to OpenAPI 3 first"),
    "next.json": ('{\n "openapi": "3.2.0"}', "next.json:2:2 at /openapi: is OpenAPI 3.2.0"),
    "paths.json": ('{"openapi": "3.1.0", "paths": []}', "at /paths: `paths` is not an object"),
    "twice.json": (TWICE, "twice.json:3:9 at /paths/~1a/put/operationId: the operationId 'x' is"),
    "number.json": ('{"openapi": ' + "9" * 5_000 + "}", "is not JSON that can be read"),
    "deep.json": ('{"openapi": ' + DEEP + "}", "nested too deeply"),
    "broken.yaml": ("a: [1\nb: 2", "broken.yaml:2:2: is not YAML"),
    "bomb.yaml": ("openapi: 3.0.0\n" + BOMB, "aliases multiply"),
    "itself.yaml": ("openapi: 3.0.0\nx: &a [*a]", "itself.yaml:2:4: an alias contains itself"),
    "key.yaml": ("? [a]\n: 1", "key.yaml:1:3: a key is a list"),
    "deep.yaml": ("openapi: 3.0.0\nx: " + DEEP, "deep.yaml:2:903: is nested too deeply"),
    "dashes.yaml": ("openapi: 3.0.0\nx:\n  " + "- " * 100_000, "is nested too deeply"),
}


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_is_no_contract(name: str, tmp_path: Path) -> None:
    """Whatever the file contains, the error is a ContractError that names the location."""
    content, message = FILES[name]
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(ContractError) as caught:
        contracts.load(path)
    assert message in str(caught.value)
    assert caught.value.document == str(path)


def test_a_reference_that_leads_nowhere(tmp_path: Path) -> None:
    """The line of the `$ref` is named, although it is followed only when compared."""
    path = tmp_path / "nowhere.json"
    path.write_text(NOWHERE, encoding="utf-8")
    old = contracts.load(documents.document())
    with pytest.raises(ContractError, match="nowhere") as caught:
        contracts.diff(old, contracts.load(path))
    assert (caught.value.line, caught.value.pointer) == (2, "/paths/~1a/get/responses/200/$ref")


@pytest.mark.parametrize(
    ("target", "message"),
    [
        ("none.yaml", "none.yaml cannot be followed: there is no such file"),
        ("file:///etc/hosts", "only http and https addresses are read"),
        ("http://127.0.0.1:9/a.yaml", "cannot be fetched"),
        ("pipe", "pipe cannot be followed: is not a file"),
        ("text.yaml", "the $ref 'text.yaml' leads nowhere"),
        ("#/paths/~1a", "the $ref '#/paths/~1a' leads nowhere"),
    ],
)
def test_a_reference_that_cannot_be_followed(target: str, message: str, tmp_path: Path) -> None:
    """The error names the line and the pointer of the reference; nothing waits for a pipe."""
    path = tmp_path / "contract.yaml"
    path.write_text(f"openapi: 3.1.0\ninfo: {{}}\npaths:\n  /a:\n    $ref: {target!r}\n")
    (tmp_path / "text.yaml").write_text("only a text")
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(ContractError) as caught:
        contracts.diff(contracts.load(documents.document()), contracts.load(path))
    assert message in str(caught.value)
    assert (caught.value.document, caught.value.line) == (str(path), 5)


def test_remote_references_can_be_refused(tmp_path: Path) -> None:
    """With ``offline``, a remote document is not requested."""
    path = tmp_path / "remote.json"
    path.write_text(HEAD + '"paths": {"/a": {"$ref": "http://127.0.0.1:9/a.json#/a"}}}')
    with pytest.raises(ContractError, match="remote documents were not allowed"):
        contracts.load(path, offline=True)


def test_a_document_on_a_server_that_cannot_be_fetched() -> None:
    """No exception of the HTTP client leaves the package."""
    with pytest.raises(ContractError, match="cannot be fetched"):
        contracts.load("http://127.0.0.1:9/openapi.json")


def test_a_file_that_is_too_large(tmp_path: Path) -> None:
    """A file of 100 MB is refused before it is read."""
    path = tmp_path / "large.json"
    with path.open("wb") as file:
        file.truncate(100 * 1024 * 1024)
    with pytest.raises(ContractError, match="larger than the limit of 64 MiB"):
        contracts.load(path)
    assert sources.MAX_BYTES == 64 * 1024 * 1024


def test_no_file_and_no_revision(tmp_path: Path) -> None:
    """A missing file and a path unknown to Git have different errors."""
    with pytest.raises(ContractError, match="there is no such file"):
        contracts.load(tmp_path / "none.json")
    with pytest.raises(ContractError, match="git says"):
        contracts.load("HEAD:no/such/file.json")


def test_schemas_that_are_nested_too_deeply() -> None:
    """A comparison that would run out of stack ends in a clear error."""

    def nested(inside: dict[str, Any]) -> dict[str, Any]:
        for _ in range(900):
            inside = {"items": inside}
        return documents.sent(inside)

    old, new = contracts.load(nested({})), contracts.load(nested({"type": "string"}))
    with pytest.raises(ContractError, match="nested too deeply"):
        contracts.diff(old, new)


@pytest.mark.parametrize("keyword", ["items", "allOf", "x-own"])
def test_every_depth_is_compared_or_refused(keyword: str) -> None:
    """If the stack runs out while reading, comparing or looking up lines, the error is clear."""
    compared = 0
    opening, closing = ('[{"a":', "}]") if keyword == "allOf" else ('{"a":', "}")
    for depth in range(100, 1_000, 60):
        inside = f'{{"{keyword}":' * depth + opening + "1" + closing + "}" * depth
        data = json.dumps(documents.sent({"x-inside": 0})).replace(
            '"x-inside": 0', f'"{keyword}": {inside}'
        )
        old = contracts.load(documents.sent({}))
        with contextlib.suppress(ContractError):
            new = contracts.load(data.encode())
            contracts.locate(contracts.diff(old, new), old, new)
            compared += 1
    assert compared


def test_shapes_that_the_standard_forbids() -> None:
    """Values of the wrong type are skipped; they never cause a traceback."""
    wrong: dict[str, Any] = {
        "/a": {
            "get": {"parameters": {"a": 1}, "responses": [1], "requestBody": "x", "tags": 5},
            "parameters": "q",
        }
    }
    schema = {"properties": [1], "required": "x", "enum": 5, "type": 7, "oneOf": {"a": 1}}
    new = documents.document(
        wrong,
        components={"schemas": {"A": schema, "B": 5, "C": None}},
        servers={"a": 1},
        security=5,
    )
    right = documents.received(
        {"$ref": "#/components/schemas/A"}, components={"schemas": {"A": {}, "B": {}, "C": {}}}
    )
    assert json.dumps([f.message for f in documents.compare(right, new).findings])
    assert json.dumps([f.message for f in documents.compare(new, right).findings])


def test_all_of_that_contains_itself() -> None:
    """A schema that includes itself has no meaning."""
    loop = {"allOf": [{"$ref": "#/components/schemas/A"}, {"minLength": 1}]}
    old = documents.received(loop["allOf"][0], components={"schemas": {"A": loop}})
    new = documents.received(loop["allOf"][0], components={"schemas": {"A": {"maxLength": 2}}})
    with pytest.raises(ContractError, match="`allOf` contains itself"):
        documents.compare(old, new)
