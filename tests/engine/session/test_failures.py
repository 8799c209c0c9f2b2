"""What broke an exchange, in messages that quote neither side."""

from __future__ import annotations

import socket
import ssl
from typing import Any

import httpx
import pytest
from tests.engine.backends import Backend, Caller, run
from tests.engine.server import Exchange, response
from tests.engine.transport_scenarios import in_every_backend, own_client

from trunkline import errors
from trunkline._engine.transport.failures import causes, describe_cause


def raised_by(cause: BaseException | None) -> OSError:
    error = OSError("said by some library: +15555550123")
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (ConnectionRefusedError(111, "whatever"), "Connection refused"),
        (raised_by(ConnectionRefusedError(111, "whatever")), "Connection refused"),
        (
            raised_by(ExceptionGroup("all", [ConnectionRefusedError(111, "x")])),
            "Connection refused",
        ),
        (socket.gaierror(-2, "Name or service not known"), "Name or service not known"),
        (ssl.SSLError("made by hand"), "SSLError"),
        (raised_by(None), "OSError"),
        (ValueError("+15555550123"), "ValueError"),
    ],
)
def test_the_operating_system_says_why(error: BaseException, words: str) -> None:
    """Its message is shown; messages of other libraries may quote what was sent."""
    assert describe_cause(error) == words


def test_causes_in_a_circle_end() -> None:
    """An exception that is its own cause causes no endless loop."""
    one, other = ValueError(), KeyError()
    one.__cause__, other.__cause__ = other, one
    assert list(causes(one)) == [one, other]
    assert describe_cause(one) == "ValueError"


@in_every_backend
def test_a_hook_that_refuses_a_success_is_not_overruled(backend: Backend) -> None:
    """A 200 that the caller's own hook rejects is an error, like any failure of a hook."""

    def strict(response: httpx.Response) -> None:
        raise httpx.HTTPStatusError("not ok", request=response.request, response=response)

    async def awaited(response: httpx.Response) -> None:
        strict(response)

    hook: Any = strict if backend == "sync" else awaited
    client = own_client(backend, event_hooks={"response": [hook]})

    async def scenario(caller: Caller) -> None:
        with pytest.raises(errors.AmbiguousResultError):
            await caller.post(max_retries=0)
        if backend == "sync":
            client.close()
        else:
            await client.aclose()

    with Exchange(lambda _asked: response()) as server:
        run(backend, scenario, base_url=server.url, http_client=client)


@in_every_backend
def test_a_write_that_took_too_long_leaves_no_key_in_the_traceback(backend: Backend) -> None:
    """Tools that report the variables of every frame find no header."""
    held: list[str] = []

    async def scenario(caller: Caller) -> None:
        with pytest.raises(errors.AmbiguousTimeoutError) as caught:
            await caller.request("POST", "/big", content=bytes(10_000_000))
        error: BaseException | None = caught.value
        while error is not None:
            trace = error.__traceback__
            while trace is not None:
                name = trace.tb_frame.f_code.co_filename
                if "trunkline" in name:
                    held.extend(
                        f"{key}={value!r:.400}" for key, value in trace.tb_frame.f_locals.items()
                    )
                trace = trace.tb_next
            error = error.__cause__

    with socket.create_server(("127.0.0.1", 0)) as deaf:
        url = f"http://127.0.0.1:{deaf.getsockname()[1]}"
        run(backend, scenario, base_url=url, timeout=0.5, max_retries=0)
    assert held
    assert not [line for line in held if "ssv_0123456789abcdef" in line or "uthorization" in line]
