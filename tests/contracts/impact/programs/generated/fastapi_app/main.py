from typing import Annotated

from fastapi import Depends, FastAPI, HTTPException
from pydantic import BaseModel

from voice_client import AuthenticatedClient
from voice_client.api.calls import create_call, get_call, list_calls
from voice_client.api.recordings import delete_recording  # hit: delete_recording
from voice_client.models import Call, CreateCall

from .deps import voice

app = FastAPI()
Voice = Annotated[AuthenticatedClient, Depends(voice)]


class Dial(BaseModel):
    number: str
    price: str = "0"


@app.post("/dial")
async def dial(body: Dial, client: Voice) -> dict[str, str]:
    call = await create_call.asyncio(
        client=client,
        body=CreateCall(
            to=body.number,
            from_="+15550001000",
            machine_detection=True,  # hit: machine_detection
        ),
    )
    if call is None:
        raise HTTPException(502)
    return {"id": call.id, "limit": body.price}


@app.get("/calls/{call_id}")
async def show(call_id: str, client: Voice) -> dict[str, object]:
    call = await get_call.asyncio(call_id, client=client, expand=True)  # hit: expand
    if call is None:
        raise HTTPException(404)
    return summary(call)


@app.get("/calls")
async def index(client: Voice, size: int = 20) -> list[dict[str, object]]:
    page = await list_calls.asyncio(client=client, page_size=size)  # hit: page_size
    return [summary(call) for call in page.items] if page else []


@app.delete("/calls/{call_id}/recording")
async def forget(call_id: str, client: Voice) -> None:
    await delete_recording.asyncio_detailed(call_id, client=client)  # hit: delete_recording


def summary(call: Call) -> dict[str, object]:
    return {
        "id": call.id,
        "seconds": call.duration,  # hit: duration
        "price": float(call.price),  # hit: price
        "codecs": {leg.codec for leg in call.legs},  # hit: codec
    }
