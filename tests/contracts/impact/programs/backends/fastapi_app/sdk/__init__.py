"""The parts of the vendor's client that the service uses."""

from voice_client import AuthenticatedClient
from voice_client.api.calls import create_call, get_call, list_calls
from voice_client.api.messages import send_message
from voice_client.models import Call, CallPage, CreateCall, Leg, SendMessage
from voice_client.models import CallStatus as Status

from .client import voice

__all__ = [
    "AuthenticatedClient",
    "Call",
    "CallPage",
    "CreateCall",
    "Leg",
    "SendMessage",
    "Status",
    "create_call",
    "get_call",
    "list_calls",
    "send_message",
    "voice",
]
