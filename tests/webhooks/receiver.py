"""A process that receives deliveries; several of them share a store.

``python -m tests.webhooks.receiver STORE WHERE LOG HOW`` reads bodies as lines, handles each, and
appends the call id to the log. HOW is ``once``, or ``die`` to end the process inside the handler.
"""

import os
import sys
from pathlib import Path

from tests.webhooks.deliveries import SECRET, signed

from trunkline.webhooks import (
    IncomingRequest,
    PamelaWebhook,
    RedisReplayStore,
    SQLiteReplayStore,
    WebhookEndpoint,
)
from trunkline.webhooks.events.pamela import CallCompleted


def main(kind: str, where: str, log: str, how: str) -> None:
    store = (
        SQLiteReplayStore(where)
        if kind == "sqlite"
        else RedisReplayStore.from_url(where.partition(" ")[0], prefix=where.partition(" ")[2])
    )
    webhook = WebhookEndpoint(PamelaWebhook(SECRET), store=store)
    descriptor = os.open(log, os.O_WRONLY | os.O_APPEND | os.O_CREAT)

    @webhook.on("call.completed")
    def note(event: CallCompleted) -> None:
        os.write(descriptor, f"{event.call_id}\n".encode())
        if how == "die":
            os._exit(9)

    print("ready", flush=True)  # noqa: T201 - the signal to start
    outcomes: dict[str, int] = {}
    for line in sys.stdin.buffer:
        body = line.strip()
        outcome = webhook.receive(IncomingRequest(body=body, headers=signed(body))).outcome
        outcomes[outcome] = outcomes.get(outcome, 0) + 1
    print(outcomes)  # noqa: T201 - for a human reader


if __name__ == "__main__":
    assert Path(sys.argv[3]).parent.is_dir()
    main(*sys.argv[1:])
