from typing import Any, Final

from trunkline import Pamela
from trunkline.pamela import CallStatus

METHOD: Final = "cancel"
FIELDS = ("id", "summary")
COLUMN = "call_count"

pamela = Pamela()
ACTIONS = {
    "cancel": pamela.calls.cancel,  # hit: cancel_call
    "get": pamela.calls.get,
}
TEXTS = {
    CallStatus.QUEUED: "waiting",
    CallStatus.COMPLETED: "done",
    CallStatus.FAILED: "failed",
}


def act(name: str, call_id: str) -> object:
    return ACTIONS[name](call_id)


def by_name(call_id: str) -> None:
    getattr(pamela.calls, "cancel")(call_id)  # hit: cancel_call
    getattr(pamela.calls, METHOD)(call_id)  # hit: cancel_call


def count(month: str) -> int:
    return int(getattr(pamela.usage.get(month), COLUMN))  # hit: call_count


def as_dict(call_id: str) -> dict[str, Any]:
    values = pamela.calls.get(call_id).to_dict()
    values.pop("summary", None)  # hit: summary
    return values


def text(call_id: str) -> str:
    return TEXTS[pamela.calls.get(call_id).status]  # hit: no_answer


def soft(call_id: str) -> str:
    return TEXTS.get(pamela.calls.get(call_id).status, "other")


def listing(since: str) -> list[str]:
    query = {"limit": 10}
    query["start_date"] = since
    return [call.id for call in pamela.calls.list(**query)]  # hit: start_date


def options(number: str, *, abroad: bool) -> None:
    arguments: dict[str, Any] = dict(to=number, task="Ring.")
    if abroad:
        arguments["country"] = "FR"
    pamela.calls.create(**arguments)  # hit: consent
