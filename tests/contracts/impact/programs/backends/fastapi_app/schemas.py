from __future__ import annotations

from pydantic import BaseModel

from .sdk import Call, Status


class CallOut(BaseModel):
    id: str
    price: str
    seconds: int
    waiting: bool

    @classmethod
    def of(cls, call: Call) -> CallOut:
        return cls(
            id=call.id,
            price=call.price,  # hit: price
            seconds=call.duration,  # hit: duration
            waiting=call.status in WAITING,
        )


WAITING = frozenset({Status.QUEUED, Status.RINGING})  # hit: ringing


def price_of(out: CallOut) -> str:
    return out.price
