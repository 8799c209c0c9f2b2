from operator import attrgetter, itemgetter
from typing import Any

from voice_client import Client
from voice_client.api.messages import send_message
from voice_client.api.numbers import list_numbers
from voice_client.models import Call, CreateCall, Number, SendMessage

client = Client(base_url="https://voice.example")


def from_hook(payload: dict[str, Any]) -> str:
    call = Call.from_dict(payload)
    return call.recording_url  # hit: recordingUrl


def as_row(call: Call) -> tuple[str, int]:
    data = call.to_dict()
    return data["id"], data["duration"]  # hit: duration


def urls(rows: list[Call]) -> list[str]:
    return [row.to_dict()["recordingUrl"] for row in rows]  # hit: recordingUrl


def cheapest(calls: list[Call]) -> Call:
    return min(calls, key=attrgetter("price"))  # hit: price


def by_region(numbers: list[Number]) -> list[Number]:
    return sorted(numbers, key=attrgetter("region", "e164"))  # hit: region


def local(values: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return sorted(values, key=itemgetter("region"))


def regions() -> str:
    found = list_numbers.sync(client=client) or []
    first, *others = found
    names = {first.region, *(each.region for each in others)}  # hit: region
    return ",".join(names)


def text(to: str, words: str, **extra: Any) -> None:
    send_message.sync(client=client, body=SendMessage(to=to, text=words))  # hit: sender


def text_from_dict(to: str) -> None:
    body = SendMessage.from_dict({"to": to, "text": "hello"})  # hit: sender
    send_message.sync(client=client, body=body)


def text_complete(to: str) -> None:
    body = {"to": to, "text": "hello", "sender": "me"}
    send_message.sync(client=client, body=SendMessage.from_dict(body))


def build(to: str, *, detect: bool) -> CreateCall:
    body = CreateCall(to=to, from_="+1")
    body.machine_detection = detect  # hit: machine_detection
    return body


class Ticket:
    price = "1"
    duration = 2
    region = "eu"


def unrelated(ticket: Ticket) -> str:
    return ticket.price + ticket.region * ticket.duration


def mixed(call: Call | Ticket) -> str:
    return call.price  # hit: price
