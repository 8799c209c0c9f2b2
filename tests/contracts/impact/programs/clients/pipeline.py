import asyncio
from collections.abc import AsyncIterator
from functools import partial, singledispatch

from voice_client import AuthenticatedClient
from voice_client.api.calls import create_call, get_call, list_calls
from voice_client.api.recordings import delete_recording  # hit: delete_recording
from voice_client.models import Call, CallPage, CreateCall, Leg


async def pages(client: AuthenticatedClient) -> AsyncIterator[CallPage]:
    cursor = None
    while page := await list_calls.asyncio(client=client, cursor=cursor):
        yield page
        if not (cursor := page.next_cursor):
            break


async def every_call(client: AuthenticatedClient) -> AsyncIterator[Call]:
    async for page in pages(client):
        for call in page.items:
            yield call


async def expensive(client: AuthenticatedClient, limit: float) -> list[str]:
    return [call.id async for call in every_call(client) if float(call.price) > limit]  # hit: price


async def codecs(client: AuthenticatedClient) -> set[str]:
    return {leg.codec async for call in every_call(client) for leg in call.legs}  # hit: codec


async def clean(client: AuthenticatedClient, ids: list[str]) -> None:
    drop = partial(delete_recording.asyncio_detailed, client=client)  # hit: delete_recording
    await asyncio.gather(*map(drop, ids))  # hit: delete_recording


@singledispatch
def show(value: object) -> str:
    return str(value)


@show.register
def _(value: Leg) -> str:
    return f"{value.id}/{value.codec}"  # hit: codec


@show.register
def _(value: Call) -> str:
    return f"{value.id}: " + ", ".join(map(show, value.legs))


async def start(client: AuthenticatedClient, to: str) -> Call:
    body = CreateCall(to=to, from_="+1", machine_detection=True)  # hit: machine_detection
    response = await create_call.asyncio_detailed(client=client, body=body)
    match response.parsed:
        case Call(price=price, id=call_id):  # hit: price
            print(price, call_id)
        case None:
            raise RuntimeError("refused")
    again = await get_call.asyncio(response.parsed.id, client=client, expand=True)  # hit: expand
    return again or response.parsed


async def first(client: AuthenticatedClient) -> str:
    call = await anext(aiter(every_call(client)))
    return call.price  # hit: price
