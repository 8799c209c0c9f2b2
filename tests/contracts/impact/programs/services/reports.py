import csv
import io
from collections import Counter, defaultdict
from functools import lru_cache, reduce
from itertools import chain, groupby
from typing import TypedDict

from trunkline import Pamela
from trunkline.pamela import CallStatusResponse, UsageResponse


class Row(TypedDict):
    id: str
    summary: str
    minutes: float


@lru_cache(maxsize=1)
def client() -> Pamela:
    return Pamela()


def usages(months: list[str]) -> dict[str, UsageResponse]:
    return {month: client().usage.get(month) for month in months}


def total(months: list[str]) -> int:
    found = usages(months)
    return reduce(lambda acc, each: acc + (each.call_count or 0), found.values(), 0)  # hit: call_count


def minutes(months: list[str]) -> Counter[str]:
    counter: Counter[str] = Counter()
    for month, usage in usages(months).items():
        counter[month] += usage.api_minutes or 0  # hit: api_minutes
    return counter


def row(call: CallStatusResponse) -> Row:
    return {"id": call.id, "summary": call.summary or "", "minutes": 0.0}  # hit: summary


def rows(ids: list[str]) -> list[Row]:
    return [row(client().calls.get(each)) for each in ids]


def summaries(found: list[Row]) -> list[str]:
    return [each["summary"] for each in found]


def by_status(ids: list[str]) -> dict[str, list[str]]:
    grouped: dict[str, list[CallStatusResponse]] = defaultdict(list)
    for call in map(client().calls.get, ids):
        grouped[str(call.status)].append(call)
    return {key: [c.summary or "" for c in calls] for key, calls in grouped.items()}  # hit: summary


def first_of_each(ids: list[str]) -> list[str | None]:
    calls = sorted((client().calls.get(i) for i in ids), key=lambda c: c.id)
    return [next(group).summary for _, group in groupby(calls, key=lambda c: c.status)]  # hit: summary


def as_csv(ids: list[str], extra: list[CallStatusResponse]) -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, ["id", "summary"])
    for call in chain((client().calls.get(i) for i in ids), extra):
        values = {"id": call.id, "summary": call.summary}  # hit: summary
        writer.writerow(values)
    return out.getvalue()
