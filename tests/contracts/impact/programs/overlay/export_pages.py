from __future__ import annotations

import json
from datetime import datetime, timedelta, timezone
from pathlib import Path

from trunkline import Page, Pamela
from trunkline.pamela import CallStatusResponse


def row(call: CallStatusResponse) -> dict[str, object]:
    data = call.to_dict()
    return {"id": data["id"], "summary": data.get("summary"), "status": data["status"]}  # hit: summary


def export(path: Path) -> int:
    since = datetime.now(timezone.utc) - timedelta(days=1)
    count = 0
    with Pamela() as pamela, path.open("w") as out:
        for call in pamela.calls.list(status="completed", start_date=since, limit=100):  # hit: start_date
            out.write(json.dumps(row(call)) + "\n")
            count += 1
    return count


def first_page(pamela: Pamela) -> Page[CallStatusResponse]:
    return pamela.calls.list(limit=10)


def titles(pamela: Pamela) -> list[str]:
    page = first_page(pamela)
    found = [item.summary for item in page.items if item.summary]  # hit: summary
    following = page.next_page()
    if following is not None:
        found.append(following.items[0].summary or "")  # hit: summary
    return found


def newest(pamela: Pamela):
    calls = sorted(pamela.calls.list(), key=lambda call: call.created_at, reverse=True)
    head, *rest = calls
    print(len(rest))
    return head


def print_newest(pamela: Pamela) -> None:
    print(newest(pamela).summary)  # hit: summary
