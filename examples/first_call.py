"""Start a call, follow it to its end, and see what it cost."""

from trunkline import Pamela
from trunkline.pamela import billed_minutes, cost

with Pamela() as pamela:  # PAMELA_API_KEY
    call = pamela.calls.create(
        to="+15555550123", task="Order a large pizza", locale="en-US", key="order-4711"
    )
    done = pamela.calls.wait(call.id, timeout=600)
    minutes = billed_minutes(done.duration_seconds or 0, done.started_at)
    print(f"{done.status}: {minutes} min, {cost(minutes)} USD")
