"""Calls one after another, on a server that responds at once."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING, Any, Final

import httpx

from trunkline import StateSetVoice
from trunkline_bench import peers
from trunkline_bench.results import OURS
from trunkline_bench.server import running_server
from trunkline_bench.timing import interleave, ratios
from trunkline_generated.stateset_voice_public import AuthenticatedClient
from trunkline_generated.stateset_voice_public.api.calls import make_call
from trunkline_generated.stateset_voice_public.models.make_call_request import MakeCallRequest

if TYPE_CHECKING:
    from collections.abc import Callable

    from trunkline_bench.results import Results
    from trunkline_bench.settings import Settings

REFERENCE: Final = "httpx"
STOCK: Final = "generated client"
_RAW: Final = "generated code on our client"


def measure_sync(results: Results, settings: Settings) -> None:
    """Measure a whole call, generated code included, and other SDKs."""
    with running_server() as base, ExitStack() as stack:
        cases = {**_own(base, stack), **peers.build(peers.SMALL, base, results.skipped)}
        found = ratios(interleave(cases, settings.calls, settings.rounds), REFERENCE)
    others = {name: values for name, values in found.items() if name not in {OURS, _RAW}}
    results.add("sync_make_call", {OURS: found[OURS], **others})
    results.add("sync_generated", {OURS: found[_RAW], STOCK: found[STOCK]})


def _own(base: str, stack: ExitStack) -> dict[str, Callable[[], Any]]:
    plain = stack.enter_context(httpx.Client(base_url=base, headers=peers.AUTH))
    ours = stack.enter_context(StateSetVoice(peers.KEY, base_url=base))
    stock = stack.enter_context(AuthenticatedClient(base_url=base, token=peers.KEY))
    call = peers.CALL
    body = MakeCallRequest(to=call["to"], from_=call["from"], agent_key=call["agent_key"])
    return {
        REFERENCE: lambda: plain.post(peers.CALL_PATH, json=call).json(),
        OURS: lambda: ours.make_call(
            to=call["to"], from_=call["from"], agent_key=call["agent_key"]
        ),
        _RAW: lambda: make_call.sync(client=ours.raw, body=body),
        STOCK: lambda: make_call.sync(client=stock, body=body),
    }
