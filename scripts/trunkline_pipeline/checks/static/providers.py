"""Check the settings of an API for the engine: rules of operations, server, lists."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Any, Final

from trunkline_pipeline.checks.contract.naming import class_name
from trunkline_pipeline.checks.contract.operations import properties
from trunkline_pipeline.checks.findings import Finding
from trunkline_pipeline.checks.source.modules import constant
from trunkline_pipeline.generation.schema_annotations import resolve
from trunkline_pipeline.inputs.pins import first_server

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from trunkline_pipeline.checks.source.facts import Facts
    from trunkline_pipeline.checks.source.modules import Module

_MAIN: Final = "PROVIDER"
#: The settings that callers rely on, besides the operations.
_SETTINGS: Final = frozenset(
    {"env", "key_header", "key_prefix", "rates", "retry_rules", "user_token_operations"}
)


def check(facts: Facts) -> Iterator[Finding]:
    """Yield differences between the providers and the contracts."""
    for provider in facts.sources.providers():
        packages = facts.packages(provider)
        module = facts.sources.module(f"trunkline.{provider}._provider")
        if module is None or not packages:
            yield Finding(f"overlay/trunkline/{provider}", 0, "provider/missing", "no _provider.py")
            continue
        for name, call in _providers(module):
            yield from _provider(facts, module, call, _package(name, packages))
        for other in facts.sources.resources(provider):
            yield from _lists(facts, other, packages)
    for package, document in facts.vendor.items():
        yield from _servers(facts, package, document)


def _package(name: str, packages: list[str]) -> str:
    # The main provider has the contract of the client; another provider has the second contract.
    return packages[0] if name == _MAIN or len(packages) == 1 else packages[1]


def _providers(module: Module) -> Iterator[tuple[str, ast.Call]]:
    for node in module.tree.body:
        call = node.value if isinstance(node, ast.AnnAssign) else None
        if isinstance(call, ast.Call) and ast.unparse(call.func) == "Provider":
            yield ast.unparse(getattr(node, "target")), call  # noqa: B009  # typed above


def settings(facts: Facts) -> dict[str, str]:
    """Return the settings of each provider as source, without evidence and functions."""
    found: dict[str, str] = {}
    known = {each[0].operation_id for each in facts.operations.values()}
    for provider in facts.sources.providers():
        module = facts.sources.module(f"trunkline.{provider}._provider")
        for name, call in _providers(module) if module else ():
            for one in call.keywords:
                if one.arg in _SETTINGS:
                    found |= dict(_setting(f"{provider} {name}.{one.arg}", one.value))
    # The retry rule of a removed operation is a separate finding.
    return {k: v for k, v in found.items() if ".retry_rules[" not in k or _rule(k) in known}


def _rule(name: str) -> str:
    return name.partition("[")[2].partition("]")[0]


def _setting(name: str, value: ast.expr) -> Iterator[tuple[str, str]]:
    if isinstance(value, ast.Dict):
        for key, each in zip(value.keys, value.values, strict=True):
            yield from _setting(f"{name}[{constant(key)}]", each)
    elif isinstance(value, ast.Tuple):
        for number, each in enumerate(value.elts):
            yield from _setting(f"{name}[{number}]", each)
    elif isinstance(value, ast.Call):
        kept = [one for one in value.keywords if one.arg != "evidence"]
        # The last argument of a Rate is its evidence, as text.
        positional = [each for each in value.args if not _is_words(each)]
        yield name, ast.unparse(ast.Call(value.func, positional, kept))
    else:
        yield name, ast.unparse(value)


def _is_words(value: ast.expr) -> bool:
    return isinstance(value, ast.Constant) and " " in str(value.value)


def _provider(facts: Facts, module: Module, call: ast.Call, package: str) -> Iterator[Finding]:
    document = facts.documents[package]
    known = {each[0].operation_id for key, each in facts.operations.items() if key[0] == package}
    given = {one.arg: one.value for one in call.keywords}
    rules = given.get("retry_rules")
    keys = [key for key in rules.keys if key] if isinstance(rules, ast.Dict) else []
    user = [
        e
        for e in ast.walk(given.get("user_token_operations", call.func))
        if isinstance(e, ast.Constant)
    ]
    for rule, nodes in (("retry/unknown-operation", keys), ("security/unknown-operation", user)):
        for node in nodes:
            if constant(node) not in known:
                text = f"{constant(node)!r} is not an operation of the contract"
                yield Finding(module.file, node.lineno, rule, text, package)
    server, own = first_server(document), given.get("base_url")
    if own is not None and constant(own) != server:
        text = f"base_url is {constant(own)!r}, the contract's first server {server!r}"
        yield Finding(module.file, own.lineno, "server/other", text, package, pointer="/servers/0")


def _servers(facts: Facts, package: str, vendor: Mapping[str, Any]) -> Iterator[Finding]:
    """Check that a patch at most reorders the vendor's servers, so that no change is hidden."""
    own = {each.get("url") for each in facts.documents[package].get("servers", ())}
    theirs = {each.get("url") for each in vendor.get("servers", ())}
    for url in sorted(own ^ theirs, key=str):
        where = "the patched contract" if url in own else "the vendor's document"
        yield Finding(
            f"generated/trunkline_generated/{package}/openapi.json",
            0,
            "server/other",
            f"the server {url} is in {where} alone",
            package,
            pointer="/servers",
        )


def _lists(facts: Facts, module: Module, packages: list[str]) -> Iterator[Finding]:
    for node in module.tree.body:
        call = node.value if isinstance(node, ast.AnnAssign) else None
        if isinstance(call, ast.Call) and ast.unparse(call.func) == "ListBody":
            page, key, item = call.args
            source = module.imports.get(ast.unparse(page), ("", ""))[0]
            package = source.split(".")[1] if "." in source else packages[0]
            found = _items(ast.unparse(page), constant(key), facts.documents.get(package, {}))
            if found != ast.unparse(item):
                text = (
                    f"{ast.unparse(page)} has {f'a list of {found}' if found else 'no list'} as "
                    f"{constant(key)!r}, not one of {ast.unparse(item)}"
                )
                yield Finding(module.file, node.lineno, "response/envelope", text, package)


def _items(page: str, key: str, document: Mapping[str, Any]) -> str:
    for name, schema in document.get("components", {}).get("schemas", {}).items():
        if class_name(name) == page:
            items = resolve(properties(schema, document).get(key, {}), document).get("items", {})
            return class_name(str(items.get("$ref", "")).rpartition("/")[2])
    return ""
