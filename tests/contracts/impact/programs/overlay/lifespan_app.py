from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from fastapi import FastAPI, Request

from trunkline.pamela import AsyncPamela

if TYPE_CHECKING:
    from collections.abc import AsyncIterator


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncIterator[None]:
    app.state.pamela = AsyncPamela()
    yield
    await app.state.pamela.aclose()


app = FastAPI(lifespan=lifespan)


@app.post("/remind")
async def remind(request: Request) -> dict[str, str]:
    body = await request.json()
    pamela = request.app.state.pamela
    call = await pamela.calls.create(to=body["to"], task=body["task"], country=body["country"])  # hit: country, consent
    return {"id": call.id, "summary": body["summary"]}


@app.get("/calls/{call_id}")
async def outcome(call_id: str, request: Request):
    call = await request.app.state.pamela.calls.get(call_id)
    if (text := call.summary) is None:  # hit: summary
        return {"status": call.status.value}
    return {"summary": text}


@app.get("/usage")
async def usage(request: Request):
    async def load():
        return await request.app.state.pamela.usage.get()

    result = await load()
    return {"calls": result.call_count, "minutes": round(result.api_minutes or 0)}  # hit: call_count, api_minutes
