import functools

from flask import Flask, abort, g, jsonify, request

from voice_client.api.calls import create_call, get_call
from voice_client.api.messages import send_message
from voice_client.client import AuthenticatedClient
from voice_client.models import Call, CallStatus, CreateCall, SendMessage
from voice_client.types import UNSET, Unset

app = Flask(__name__)


def client() -> AuthenticatedClient:
    if "voice" not in g:
        g.voice = AuthenticatedClient(base_url="https://voice.example", token="t")
    return g.voice


def with_call(view):
    @functools.wraps(view)
    def wrapper(call_id, **kwargs):
        call = get_call.sync(call_id, client=client())
        if call is None:
            abort(404)
        return view(call, **kwargs)

    return wrapper


@app.get("/calls/<call_id>")
@with_call
def show(call: Call):
    answer = call.answer
    kind = answer.kind if not isinstance(answer, Unset) else "nobody"
    sure = answer.confidence if answer is not UNSET else 0.0  # hit: confidence
    return jsonify(kind=kind, sure=sure, seconds=call.duration)  # hit: duration


@app.post("/calls")
def dial():
    wanted = request.get_json()
    body = CreateCall.from_dict(
        {
            "to": wanted["to"],
            "from": "+15550001000",
            "machine_detection": True,  # hit: machine_detection
        }
    )
    result = create_call.sync_detailed(client=client(), body=body)
    return jsonify(result.parsed.to_dict()["id"]), result.status_code


@app.post("/sms")
def sms():
    message = SendMessage(**request.get_json())  # maybe: sender
    sent = send_message.sync(client=client(), body=message)
    return jsonify(id=sent.id)


ICONS = {CallStatus.QUEUED: "q", CallStatus.RINGING: "r", CallStatus.ACTIVE: "a"}


@app.get("/icon/<call_id>")
@with_call
def icon(call: Call):
    return ICONS.get(call.status, "?")


@app.get("/color/<call_id>")
@with_call
def color(call: Call):
    return {"queued": "grey", "ringing": "blue", "active": "green", "completed": "black", "failed": "red"}[call.status]  # hit: blocked
