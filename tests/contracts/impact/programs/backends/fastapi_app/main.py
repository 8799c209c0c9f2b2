from typing import Annotated

from fastapi import Depends, FastAPI, HTTPException, Query

from . import sdk
from .schemas import CallOut
from .sdk import AuthenticatedClient, Status

app = FastAPI()


async def client():
    async with sdk.voice() as found:
        yield found


Voice = Annotated[AuthenticatedClient, Depends(client)]


@app.post("/calls", status_code=201)
async def dial(number: str, voice: Voice) -> CallOut:
    body = sdk.CreateCall(to=number, from_="+1555", machine_detection=True)  # hit: machine_detection
    call = await sdk.create_call.asyncio(client=voice, body=body)
    if call is None:
        raise HTTPException(502)
    return CallOut.of(call)


@app.get("/calls/{call_id}/codecs")
async def codecs(call_id: str, voice: Voice) -> dict[str, str]:
    if (call := await sdk.get_call.asyncio(call_id, client=voice)) is None:
        raise HTTPException(404)
    return {leg.id: leg.codec for leg in call.legs}  # hit: codec


@app.get("/calls")
async def listing(voice: Voice, status: Status | None = None, size: Annotated[int, Query(le=100)] = 20):
    page = await sdk.list_calls.asyncio(client=voice, status=status or Status.RINGING, page_size=size)  # hit: ringing, page_size
    return [CallOut.of(call) for call in page.items]


@app.post("/calls/{call_id}/texts")
async def text(call_id: str, voice: Voice, background) -> None:
    call = await sdk.get_call.asyncio(call_id=call_id, client=voice)
    message = sdk.SendMessage(to=call.to, text=f"Your call took {call.duration} s")  # hit: sender, duration
    background.add_task(sdk.send_message.sync, client=voice, body=message)


@app.get("/prices")
async def prices(items: list[CallOut]) -> dict[str, str]:
    return {item.id: item.price for item in items}
