"""The pinned contracts say exactly what the vendors' texts say."""

import hashlib
from importlib import import_module

import pytest
from openapi_spec_validator import validate
from tests.contract.snapshots import (
    CONTRACTS,
    DOCUMENTED,
    DOCUMENTS,
    EVIDENCE,
    TABLES,
    all_nodes,
    answer_fields,
    body_fields,
    enums_in_answers,
    event_names,
    load,
    operation,
    operations,
    parameters,
    resolved,
)

FIELDS = [
    (name, operation, place)
    for name, facts in DOCUMENTED.items()
    if TABLES[name]["status"] == "reconstructed"
    for operation, places in facts["fields"].items()
    for place in places
]

each_contract = pytest.mark.parametrize("name", sorted(TABLES))
#: Contracts that the project wrote get stricter checks than those a vendor has published.
each_reconstruction = pytest.mark.parametrize(
    "name", sorted(name for name in TABLES if TABLES[name]["status"] == "reconstructed")
)


@each_contract
def test_snapshot_is_valid(name: str) -> None:
    """Every snapshot is a valid OpenAPI document of its version."""
    validate(DOCUMENTS[name])


@each_contract
def test_pin_matches_snapshot(name: str) -> None:
    """Hash, counts and files of contracts.toml are those of the snapshot."""
    table, document = TABLES[name], DOCUMENTS[name]
    snapshot = CONTRACTS / table["snapshot"]
    assert table["sha256"] == hashlib.sha256(snapshot.read_bytes()).hexdigest()
    assert table["operations"] == len(list(operations(name)))
    assert table["webhooks"] == len(list(operations(name, "webhooks")))
    assert table["schemas"] == len(document["components"]["schemas"])
    assert all((CONTRACTS / patch).is_file() for patch in table["patches"])
    assert table["package"] == name.replace("-", "_")


@each_contract
def test_base_url_is_a_server_of_the_contract(name: str) -> None:
    """The default base URL is one that the contract names, and never the local machine."""
    servers = [server["url"] for server in DOCUMENTS[name]["servers"]]
    assert TABLES[name]["base_url"] in servers
    assert not any("localhost" in url for url in TABLES[name]["alternatives"])


def test_every_snapshot_is_pinned() -> None:
    """Every snapshot and every patch beside contracts.toml is named in it."""
    snapshots = {path.name for path in CONTRACTS.glob("*.*") if path.suffix in {".yaml", ".json"}}
    assert snapshots == {table["snapshot"] for table in TABLES.values()} | {"released.json"}
    patches = {f"patches/{path.name}" for path in (CONTRACTS / "patches").iterdir()}
    assert patches == {patch for table in TABLES.values() for patch in table["patches"]}


@each_contract
def test_reconstruction_is_admitted(name: str) -> None:
    """A contract that is not the vendor's own document says so in its description."""
    assert TABLES[name]["status"] in {"published", "reconstructed"}
    description = DOCUMENTS[name]["info"].get("description", "")
    admitted = description.startswith("Reconstructed contract.")
    assert admitted == (TABLES[name]["status"] == "reconstructed")


@each_reconstruction
def test_no_path_is_invented(name: str) -> None:
    """The operations are exactly the documented ones, under the agreed ids."""
    ids = {where: op["operationId"] for where, op in operations(name)}
    assert ids == DOCUMENTED[name]["operations"]


@each_reconstruction
def test_operations_are_described(name: str) -> None:
    """Every operation has one declared tag, its own description and known evidence."""
    tags = {tag["name"] for tag in DOCUMENTS[name]["tags"]}
    for _, op in [*operations(name), *operations(name, "webhooks")]:
        assert len(op["tags"]) == 1
        assert set(op["tags"]) <= tags
        assert op["summary"]
        assert op["description"]


@each_reconstruction
def test_evidence_is_of_the_known_kinds(name: str) -> None:
    """Every operation has evidence, and every evidence mark is in the vocabulary."""
    for _, op in [*operations(name), *operations(name, "webhooks")]:
        assert op["x-evidence"]
    for node in all_nodes(DOCUMENTS[name]):
        assert set(node.get("x-evidence", [])) <= EVIDENCE


@each_reconstruction
def test_documented_errors_are_declared(name: str) -> None:
    """Every operation declares its documented error statuses with the error schema."""
    expected = DOCUMENTED[name]["errors"]
    for _, op in operations(name):
        errors = {code: resolved(name, r) for code, r in op["responses"].items() if code >= "400"}
        assert set(errors) == {*expected["every"], *expected.get(op["operationId"], [])}
        for error in errors.values():
            schema = error["content"]["application/json"]["schema"]
            assert schema == {"$ref": "#/components/schemas/ErrorBody"}


@each_reconstruction
def test_webhooks_are_complete(name: str) -> None:
    """The webhooks section holds every documented webhook with its event names."""
    items = DOCUMENTS[name].get("webhooks", {}).items()
    assert {key: event_names(item) for key, item in items} == DOCUMENTED[name]["webhooks"]
    assert all(item["post"]["operationId"] == key for key, item in items)


@pytest.mark.parametrize(("name", "operation_id", "place"), FIELDS)
def test_documented_fields_are_declared(name: str, operation_id: str, place: str) -> None:
    """Every field that the vendors' texts name is in the contract."""
    op = operation(name, operation_id)
    if place in {"query", "header"}:
        found = parameters(name, op, place)
    else:
        found = body_fields(name, op) if place == "body" else answer_fields(name, op)
    assert set(DOCUMENTED[name]["fields"][operation_id][place]) <= found


@each_reconstruction
def test_objects_are_open(name: str) -> None:
    """No schema forbids fields that a vendor may add."""
    for node in all_nodes(DOCUMENTS[name]):
        assert node.get("additionalProperties") is not False


@each_reconstruction
def test_parameters_have_no_default(name: str) -> None:
    """No default is declared, because a generated client would send it with every request."""
    for node in all_nodes(DOCUMENTS[name]["components"]["schemas"]):
        assert "default" not in node or isinstance(node["default"], dict)
    for _, op in operations(name):
        for parameter in op.get("parameters", []):
            assert "default" not in resolved(name, parameter)["schema"]


def test_stateset_keeps_the_order_of_the_vendor() -> None:
    """StateSet's snapshot lists localhost first, as the vendor does; a patch puts it last."""
    name = "stateset-voice-public"
    servers = [server["url"] for server in DOCUMENTS[name]["servers"]]
    assert servers[0] == "http://localhost:5050"
    actions = load(CONTRACTS / TABLES[name]["patches"][0])["actions"]
    assert {"target": "$.servers", "remove": True}.items() <= actions[0].items()
    patched = [server["url"] for server in actions[1]["update"]["servers"]]
    assert patched == [TABLES[name]["base_url"], servers[2], servers[0]]


@each_contract
def test_patches_give_reasons(name: str) -> None:
    """Every patch is an Overlay document for this snapshot with a reason per action."""
    for patch in TABLES[name]["patches"]:
        overlay = load(CONTRACTS / patch)
        assert overlay["overlay"] in {"1.0.0", "1.1.0"}
        assert overlay["extends"] == f"../{TABLES[name]['snapshot']}"
        assert all(action["description"] for action in overlay["actions"])


@each_contract
def test_enums_in_answers_are_open(name: str) -> None:
    """Every enum in a response or an event accepts values that the vendor adds."""
    package = f"trunkline_generated.{TABLES[name]['package']}"
    models, types = import_module(f"{package}.models"), import_module(f"{package}.types")
    for enum in enums_in_answers(name):
        assert issubclass(getattr(models, enum), types.OpenEnum)
