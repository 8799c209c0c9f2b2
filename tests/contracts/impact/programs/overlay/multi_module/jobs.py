from concurrent.futures import ThreadPoolExecutor, as_completed
from functools import partial

from .clients import get_client
from .render import line, total


def place(number, task="Confirm the delivery."):
    return get_client().calls.create(to=number, task=task)  # hit: consent


def dial_all(numbers):
    dial = partial(get_client().calls.create, task="Hello.", country="FR")  # hit: country
    with ThreadPoolExecutor(4) as pool:
        futures = [pool.submit(dial, to=number) for number in numbers]  # hit: consent
        return [future.result().id for future in as_completed(futures)]


def refresh(ids):
    with ThreadPoolExecutor(4) as pool:
        calls = list(pool.map(get_client().calls.get, ids))
    for call in calls:
        print(line(call))
    print(total(calls))
    for call_id in ids:
        get_client().calls.cancel(call_id)  # hit: cancel_call


def window(start):
    options = {"limit": 50}
    if start:
        options["start_date"] = start
    return list(get_client().calls.list(**options))  # maybe: start_date
