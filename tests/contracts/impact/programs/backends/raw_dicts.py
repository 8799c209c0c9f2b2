"""Read responses as dicts and cache them, as an older service does."""

import json
from typing import Any, Dict, List, Optional

import redis

from voice_client import Client
from voice_client.api.calls import create_call, get_call
from voice_client.models import Call, CreateCall

cache = redis.Redis()
client = Client("https://voice.example")


def fetch(call_id: str) -> Optional[Dict[str, Any]]:
    kept = cache.get(call_id)
    if kept is not None:
        return json.loads(kept)
    call = get_call.sync(call_id, client=client)
    if call is None:
        return None
    data = call.to_dict()
    cache.set(call_id, json.dumps(data))
    return data


def restore(call_id: str) -> Call:
    return Call.from_dict(json.loads(cache.get(call_id)))


def price(call_id: str) -> str:
    return restore(call_id).price  # hit: price


def show(call_id: str) -> str:
    data = get_call.sync(call_id, client=client).to_dict()
    codecs = ", ".join(leg["codec"] for leg in data["legs"])  # hit: codec
    return f"{data['id']} {data.get('price', '?')} {codecs}"  # hit: price


def pick(call: Call, names: List[str]) -> Dict[str, Any]:
    return {name: getattr(call, name, None) for name in names}


def dial(to: str, **options: Any) -> str:
    payload = {"to": to, "from": "+1555", "machine_detection": False, **options}
    call = create_call.sync(client=client, body=CreateCall.from_dict(payload))  # hit: machine_detection
    return call.id


def detect(to: str) -> str:
    body = CreateCall(to=to, from_="+1555")
    body.machine_detection = True  # hit: machine_detection
    return create_call.sync(client=client, body=body).id


def seconds(response_body: str) -> int:
    data = json.loads(response_body)
    return data["duration"]


def is_long(call_id: str, limit: int = 600) -> bool:
    call = get_call.sync(call_id, client=client)
    return bool(call) and call.duration > limit  # hit: duration
