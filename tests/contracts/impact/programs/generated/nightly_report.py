"""Write yesterday's calls to a CSV file."""

import csv
import sys
from datetime import date

from voice_client import Client
from voice_client.api.calls import list_calls
from voice_client.api.numbers import list_numbers

FIELDS = ["id", "duration", "price", "region"]


def all_calls(client, cursor=None):
    while True:
        page = list_calls.sync(client=client, cursor=cursor) if cursor else list_calls.sync(client=client)
        yield from page.items
        cursor = page.next_cursor
        if not cursor:
            return


def main(path: str) -> None:
    client = Client(base_url="https://voice.example")
    regions = {n.e164: n.region for n in list_numbers.sync(client=client)}  # hit: region
    total = 0
    with open(path, "w", newline="") as file:
        out = csv.DictWriter(file, FIELDS)
        out.writeheader()
        for call in all_calls(client):
            total += call.duration  # hit: duration
            out.writerow(
                {
                    "id": call.id,
                    "duration": call.duration,  # hit: duration
                    "price": call.price,  # hit: price
                    "region": regions.get(call.to),
                }
            )
    print(date.today(), total)


if __name__ == "__main__":
    main(sys.argv[1])
