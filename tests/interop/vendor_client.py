"""Runs in a separate process, with the vendor's package or with its replacement.

Both are used in the same way; only the name of the imported module differs.
"""

from __future__ import annotations

import asyncio
import inspect
import json
import sys
from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any

TO = "+15005550007"


def everything(client: Any) -> dict[str, Any]:
    """Use a call and a tool from start to finish."""
    created = client.create_call(
        to=TO, task="Order a large pizza for delivery", locale="en-US", metadata={"order": 1}
    )
    registered = client.register_tool(
        name="check", description="Look it up", input_schema={"type": "object"}
    )
    return {
        "created": created,
        "got": client.get_call(created["id"]),
        "listed": client.list_calls(limit=10, start_date="2020-01-01T00:00:00Z"),
        "cancelled": client.cancel_call(created["id"]),
        "filtered": client.list_calls(status="cancelled"),
        "registered": registered,
        "tools": client.list_tools(),
        "deleted": client.delete_tool(registered["tool_id"]),
        "usage": client.usage.get(),
        "january": client.usage.get("2024-01"),
    }


def hangup(client: Any) -> Any:
    return client.hangup_call(client.create_call(to=TO, task="Order")["id"])


def refused(client: Any) -> Any:
    return outcome(lambda: client.create_call(to=TO, task="Order"))


def outcome(call: Callable[[], Any]) -> dict[str, Any]:
    """Return what a caller sees of a result or of an error."""
    try:
        result = call()
    except Exception as error:  # noqa: BLE001 - the test checks which one
        names = [each.__name__ for each in type(error).__mro__]
        facts = ("message", "error_code", "details", "status_code")
        return {
            "error": type(error).__name__,
            "is": [name for name in names if name in {"PamelaError", "ValueError"}],
            "arguments": len(error.args),
            **{name: getattr(error, name, None) for name in facts},
        }
    return {
        "result": result,
        "type": type(result).__name__,
        "mapping": isinstance(result, Mapping),
        "members": sorted(result.items()) if isinstance(result, dict) else None,
        "json": json.dumps(result, sort_keys=True),
    }


def cases(module: Any, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Run each row with its own client."""
    outcomes = []
    for row in rows:
        client = module.PamelaClient("pk_test_interop", row["url"], **row["options"])
        method = client
        for name in row["method"].split("."):
            method = getattr(method, name)
        outcomes.append(outcome(lambda call=method, row=row: call(*row["args"], **row["named"])))
    return outcomes


class Request:
    """A request like Flask's: its JSON is a property."""

    def __init__(self, payload: Any, signature: str | None) -> None:
        self.json = payload
        self.headers = {} if signature is None else {"X-Pamela-Signature": signature}


def webhooks(module: Any, rows: list[dict[str, Any]]) -> list[list[dict[str, Any]]]:
    """Pass each row to the three helpers."""

    async def handler(payload: Any) -> Any:
        return {"handled": payload}

    def handle(row: dict[str, Any]) -> Any:
        wrapped = module.create_tool_handler(row["secret"])(handler)
        return asyncio.run(wrapped(Request(row["payload"], row["signature"])))

    return [
        [
            outcome(lambda row=row: module.verify_webhook_signature(**row)),
            outcome(lambda row=row: handle(row)),
            outcome(lambda row=row: module.parse_tool_webhook(row["payload"])),
        ]
        for row in rows
    ]


def surface(module: Any, _: Any) -> dict[str, Any]:
    """Describe the public names of a module: signatures, fields, base classes."""
    found: dict[str, Any] = {}
    for name in sorted(set(module.__all__) | {"__version__"}):
        value = getattr(module, name)
        found[name] = describe(value)
    for part in ("client", "exceptions", "types", "webhooks"):
        inner = import_module(f"{module.__name__}.{part}")
        found[part] = [n for n in sorted(module.__all__) if of_module(vars(inner).get(n), inner)]
    return found


def of_module(value: Any, module: Any) -> bool:
    return getattr(value, "__module__", None) == module.__name__


def describe(value: Any) -> Any:
    if isinstance(value, str):
        return value
    if not isinstance(value, type):
        return parameters(value)
    if hasattr(value, "__total__"):
        return [value.__total__, *sorted(value.__annotations__)]
    if issubclass(value, Exception):
        named = {"error_code": 1, "details": {"a": 1}, "status_code": 2}
        made = value("text", 1, {"a": 1}, 2)
        return [made.args, {name: getattr(made, name) for name in named}, str(made)[:4]]
    methods = {name: value.__dict__[name] for name in value.__dict__ if name[0] != "_"}
    return {name: parameters(method) for name, method in methods.items() if callable(method)}


def parameters(function: Any) -> list[list[str]]:
    found = inspect.signature(function).parameters.values()
    return [[each.name, str(each.kind), str(each.default)] for each in found]


def main() -> None:
    name, job, argument = sys.argv[1:]
    module = import_module(name)
    if name == "pamela":  # the pauses between its attempts
        import_module("urllib3.util.retry").Retry.sleep = lambda *_, **__: None
    jobs = {"everything": everything, "hangup": hangup, "refused": refused}
    tables = {"cases": cases, "webhooks": webhooks, "surface": surface}
    if job in jobs:
        client = module.PamelaClient(api_key="pk_test_sandbox", base_url=argument)
        seen = jobs[job](client)
    else:
        seen = tables[job](module, json.load(sys.stdin))
    sys.stdout.write(json.dumps(seen))


main()
