#!/usr/bin/env python3
from __future__ import annotations

import asyncio
import json
import sys
from typing import Any, Iterable, cast

import click

from voice_client import Client
from voice_client.api import calls as call_api
from voice_client.api.calls import get_call as fetch
from voice_client.api.calls import list_calls
from voice_client.models import Call, CallPage
from voice_client.models.call_status import CallStatus as Status


class Settings:
    price = 3
    duration = 4


@click.group()
@click.pass_context
def main(ctx: click.Context) -> None:
    ctx.obj = Client(base_url="https://voice.example")


@main.command()
@click.argument("call_id")
@click.pass_obj
def show(client: Client, call_id: str) -> None:
    call = cast(Call, fetch.sync(call_id=call_id, client=client))
    settings = Settings()
    data = call.to_dict()
    click.echo(f"{call.id} {data['price']} {settings.price}")  # hit: price
    click.echo(json.dumps({k: data[k] for k in ("id", "duration")}))
    for leg in data["legs"]:
        click.echo(leg["codec"])  # hit: codec


@main.command()
@click.option("--size", type=int)
@click.pass_obj
def dump(client: Client, size: int | None) -> None:
    async def pages() -> list[Call]:
        found: list[Call] = []
        cursor: Any = None
        while True:
            extra = {"page_size": size} if size else {}
            page = await list_calls.asyncio(client=client, cursor=cursor, **extra)  # hit: page_size
            if not isinstance(page, CallPage):
                return found
            found += page.items
            cursor = page.next_cursor
            if not cursor:
                return found

    calls = asyncio.run(pages())
    longest, *_ = sorted(calls, key=by_duration, reverse=True)
    print(longest.recording_url)  # hit: recordingUrl
    print(mean(calls))
    write(sys.stdout, calls)


def by_duration(call: Call) -> int:
    return call.duration  # hit: duration


def mean(calls: Iterable[Call]) -> float:
    durations = [c.duration for c in calls if c.status is Status.COMPLETED]  # hit: duration
    return sum(durations) / len(durations)


def write(out, calls) -> None:
    for number, call in enumerate(calls, 1):
        out.write(f"{number}\t{call.price}\t{call.legs[0].codec}\n")  # hit: price, codec


def running(call: Call) -> bool:
    if call.status == Status.QUEUED or call.status == Status.RINGING:  # hit: blocked
        return True
    elif call.status == Status.ACTIVE:
        return True
    elif call.status in {Status.COMPLETED, Status.FAILED}:
        return False


@main.command()
@click.pass_obj
def numbers(client: Client) -> None:
    from voice_client.api.numbers import list_numbers

    for number in list_numbers.sync(client=client) or []:
        print(number.e164, number.region)  # hit: region


@main.command()
@click.argument("call_id")
@click.pass_obj
def expand(client: Client, call_id: str) -> None:
    response = call_api.get_call.sync_detailed(call_id, client=client, expand=True)  # hit: expand
    if response.parsed is not None:
        print(response.parsed.duration)  # hit: duration


if __name__ == "__main__":
    main()
