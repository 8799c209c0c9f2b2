"""Runs in a process of its own, with a version of the vendor's package on its path."""

from __future__ import annotations

import json
import sys
from typing import Any

from pamela import PamelaClient  # type: ignore[import-not-found]  # the vendor's, on PYTHONPATH

TO = "+15005550007"


def everything(client: Any) -> dict[str, Any]:
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
    from pamela import PamelaError

    try:
        client.create_call(to=TO, task="Order")
    except PamelaError as error:
        return {
            "error": type(error).__name__,
            "code": error.error_code,
            "message": error.message,
        }
    return {}


def main() -> None:
    job, url = sys.argv[1:]
    jobs = {"everything": everything, "hangup": hangup, "refused": refused}
    client = PamelaClient(api_key="pk_test_sandbox", base_url=url)
    sys.stdout.write(json.dumps(jobs[job](client)))


main()
