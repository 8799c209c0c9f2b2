"""The control endpoints and their Python helper."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from tests.request_bodies import contract, request_body
from tests.sandbox.support import PLAIN

from trunkline.errors import ConfigurationError
from trunkline.sandbox import Control, SandboxConfig
from trunkline.sandbox.merge import merged

if TYPE_CHECKING:
    from trunkline.sandbox import Sandbox

CALL = request_body("pamela", "create_call", to="+15551234567", task="t")
#: An operation of the contract with a unique prefix.
KNOWN = min(contract("pamela")[1])


def test_counters(pamela: httpx.Client, control: Control) -> None:
    """Seen counts every request, accepted only those that took effect."""
    assert control.counters() == {}
    pamela.post("/calls", json=CALL)
    pamela.post("/calls", json={})
    pamela.get("/nothing")
    assert control.counters()["pamela"] == {
        "(unknown)": {"seen": 1, "accepted": 0},
        "create_call": {"seen": 2, "accepted": 1},
    }
    assert list(control.counters(operation="create_call")["pamela"]) == ["create_call"]
    assert control.counters(provider="whispey") == {}
    assert control.seen("pamela", "create_call") == 2
    assert control.accepted("whispey", "createWebhook") == 0


def test_requests(pamela: httpx.Client, whispey: httpx.Client, control: Control) -> None:
    """The request log shows requests and responses, and no credential."""
    control.fault("status", provider="whispey")
    pamela.get("/calls", params={"limit": 3})
    pamela.post("/calls", json=CALL)
    whispey.get("/agents")
    entries = control.requests()
    assert [entry["status"] for entry in entries] == [200, 200, 503]
    assert [entry["is_accepted"] for entry in entries] == [True, True, False]
    assert entries[0]["query"] == "limit=3"
    assert entries[0]["headers"]["authorization"] == "(present)"
    assert "+15551234567" in entries[1]["body"]
    assert "pk_test_sandbox" not in str(entries)
    assert [entry["fault"] for entry in control.requests(provider="whispey")] == ["status"]
    assert len(control.requests(operation="create_call")) == 1


def test_clock(control: Control) -> None:
    """The time can be read, and only moves forward."""
    before = datetime.fromisoformat(control.now())
    after = datetime.fromisoformat(control.advance(0.5))
    assert (after - before).total_seconds() == 0.5
    for seconds in (-1, True, float("nan")):
        with pytest.raises(ConfigurationError, match=r"advance|JSON"):
            control.advance(seconds)


def test_config(control: Control) -> None:
    """Changes last until the next reset; unknown names and wrong types are refused by name."""
    control.configure(pamela={"api_keys": ["k1", "k2"], "rate_window_seconds": 5})
    control.configure(pamela={"grace_period_ends_at": "2026-07-01T00:00:00+02:00"})
    pamela = control.config()["pamela"]
    assert (pamela["api_keys"], pamela["rate_window_seconds"]) == (["k1", "k2"], 5)
    assert pamela["grace_period_ends_at"] == "2026-06-30T22:00:00.000Z"
    control.reset()
    assert control.config()["pamela"]["api_keys"] == ["pk_test_sandbox", "pk_live_sandbox"]


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"acme": {}}, "config has no 'acme'; it has calls, "),
        ({"pamela": {"mood": 1}}, "config.pamela has no 'mood'"),
        ({"pamela": 5}, "config.pamela cannot be a int: give PamelaConfig"),
        ({"pamela": {"rate_limit": "many"}}, "config.pamela.rate_limit cannot be a str"),
        ({"pamela": {"rate_limit": 1.5}}, "config.pamela.rate_limit cannot be a float"),
        ({"pamela": {"api_keys": "pk"}}, "config.pamela.api_keys cannot be a str"),
        ({"pamela": {"api_keys": [1]}}, "config.pamela.api_keys cannot be a tuple"),
        ({"pamela": {"error_style": "rude"}}, "config.pamela.error_style cannot be a str"),
        ({"pamela": {"grace_period_ends_at": "soon"}}, "not an RFC 3339 date-time"),
        ({"stateset": {"is_ready": 1}}, "config.stateset.is_ready cannot be a int: give bool"),
    ],
)
def test_bad_config_is_refused(changes: dict[str, Any], named: str) -> None:
    """The message names the setting and what it accepts."""
    with pytest.raises(ConfigurationError) as caught:
        SandboxConfig().changed(changes)
    assert named in str(caught.value)


def test_an_int_is_a_float_and_a_null_stays() -> None:
    """An int is accepted for a float, and None where it is allowed."""
    config = SandboxConfig().changed(
        {"calls": {"talk_seconds": 5}, "stateset": {"twilio_auth_token": None}}
    )
    assert (config.calls.talk_seconds, config.stateset.twilio_auth_token) == (5, None)
    assert merged(config, {}) == config


def test_documented_limits() -> None:
    """One call sets the vendors' documented limits."""
    config = SandboxConfig().with_documented_limits()
    assert (config.whispey.rate_limit, config.phone_ai.rate_limit) == (1000, 100)
    assert (config.stateset.ip_rate_limit, config.stateset.tenant_rate_limit) == (60, 1000)


@pytest.mark.parametrize(
    ("provider", "operation", "advice"),
    [
        ("pamella", "create_call", "no provider is called 'pamella': did you mean pamela?"),
        ("zzz", "create_call", "no provider is called 'zzz': give one of pamela, whispey, "),
        ("pamela", KNOWN[:-1], f"pamela has no operation {KNOWN[:-1]!r}: did you mean {KNOWN}"),
        ("pamela", KNOWN[:3], f"pamela has no operation {KNOWN[:3]!r}: did you mean {KNOWN}"),
        ("phone_ai", "zzz", "phone_ai has no operation 'zzz': give one of "),
        ("stateset", "a/b c?", "stateset has no operation 'a/b c?': give one of "),
    ],
)
def test_unknown_names_are_refused(
    control: Control, provider: str, operation: str, advice: str
) -> None:
    """An unknown name is an error that lists similar names, not a silent zero."""
    requests = [
        lambda: control.fault("status", provider=provider, operation=operation),
        lambda: control.accepted(provider, operation),
        lambda: control.seen(provider, operation),
        lambda: control.requests(provider=provider, operation=operation),
    ]
    for request in requests:
        with pytest.raises(ConfigurationError) as caught:
            request()
        assert advice in str(caught.value)
    assert control.faults() == []


def test_an_operation_that_no_provider_has(control: Control) -> None:
    """Without a provider, the operations of all providers are searched."""
    with pytest.raises(ConfigurationError, match=f"no provider has an .* mean .*{KNOWN}"):
        control.fault("reset", operation=KNOWN[:-1])
    control.fault("reset", operation="sendCallLog")


def test_unknown_filters_are_refused(control: Control) -> None:
    """A misspelt filter would match everything."""
    with pytest.raises(ConfigurationError, match="is not a filter: give provider or op"):
        control.requests(operations="create_call")
    with pytest.raises(ConfigurationError, match="did you mean stateset"):
        control.deliveries(provider="state_set")
    with pytest.raises(ConfigurationError, match="did you mean pamela"):
        control.emit("pamella", "call.started")


def test_a_refusal_is_told_in_words(control: Control) -> None:
    """The error is the sandbox's message, not the JSON around it."""
    with pytest.raises(ConfigurationError) as caught:
        control.emit("whispey_ingest", "call.started")
    assert str(caught.value) == (
        "the sandbox refuses POST /events: whispey_ingest has no event 'call.started'"
    )


def test_a_server_that_is_no_sandbox(sandbox: Sandbox) -> None:
    """The error shows its status and the start of its body."""
    with (
        Control(sandbox.pamela_url) as control,
        pytest.raises(ConfigurationError, match=r"GET /clock: 404 {\"detail"),
    ):
        control.now()


def test_a_control_says_where_it_points(sandbox: Sandbox) -> None:
    """The repr has the address and whether it is closed; a final slash does not matter."""
    with Control(f"{sandbox.url}/") as control:
        assert control.now() == sandbox.control.now()
        assert repr(control) == f"<Control of {sandbox.url}>"
    assert repr(control) == f"<Control of {sandbox.url}, closed>"


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/clock", b"{"),
        ("/clock", b"[]"),
        ("/clock", b""),
        ("/events", b'{"provider": "acme", "event": "e"}'),
        ("/events", b'{"provider": "pamela"}'),
        ("/events", b'{"provider": "pamela", "event": "e"}'),
        ("/events", b'{"provider": "whispey_ingest", "event": "e"}'),
        ("/events", b'{"provider": "whispey", "event": "e", "data": 5}'),
        ("/faults", b'[{"kind": "status"}, 5]'),
        ("/deliveries/1/again", b"{}"),
        ("/deliveries/1/again", b'{"times": true}'),
        ("/events", b'{"provider": ["pamela"], "event": "e"}'),
        ("/faults", b'{"kind": "status", "times": true}'),
    ],
)
def test_bad_control_requests_are_refused(sandbox: Sandbox, path: str, body: bytes) -> None:
    """An invalid control request is a 400 with a reason."""
    headers = {"content-type": "application/json"}
    url = f"{sandbox.url}/_control{path}"
    response = httpx.post(url, content=body, headers=headers, **PLAIN)
    assert response.status_code == 400
    assert response.json()["error"]
    assert sandbox.control.faults() == []


def test_several_faults_at_once(sandbox: Sandbox) -> None:
    """All faults of a list are planned."""
    faults = [{"kind": "status"}, {"kind": "html"}]
    response = httpx.post(f"{sandbox.url}/_control/faults", json=faults, **PLAIN)
    assert response.json() == {"planned": 2}


def test_the_index_lists_the_providers(sandbox: Sandbox) -> None:
    """The root lists the URL of each API; other unknown paths are plain 404s."""
    urls = httpx.get(sandbox.url, **PLAIN).json()
    assert urls["pamela"] == sandbox.pamela_url
    assert urls["whispey_ingest"] == sandbox.whispey_ingest_url
    assert set(urls) >= {"pamela", "whispey", "whispey_ingest", "stateset", "phone_ai"}
    assert httpx.get(f"{sandbox.url}/nothing", **PLAIN).status_code == 404
    assert httpx.get(f"{sandbox.url}/_control/nothing", **PLAIN).status_code == 404


def test_reset_begins_anew(pamela: httpx.Client, control: Control) -> None:
    """Calls, counters, faults and settings are cleared; the time is kept."""
    moment = control.advance(10)
    pamela.post("/calls", json=CALL)
    control.fault("status", status=500)
    control.reset()
    assert control.counters() == {}
    assert pamela.get("/calls").json()["total"] == 0
    assert control.now() == moment


def test_nobody_there() -> None:
    """The helper reports that no sandbox responds."""
    with (
        Control("http://127.0.0.1:9") as control,
        pytest.raises(ConfigurationError, match="no sandbox responds"),
    ):
        control.now()


@pytest.mark.parametrize("seconds", [-1, 3e11, 1e300, True, "1", None])
def test_the_clock_moves_by_what_a_calendar_holds(control: Control, seconds: Any) -> None:
    """Any other value is refused, and the next request works."""
    with pytest.raises(ConfigurationError, match="advance"):
        control.advance(seconds)
    assert control.now()


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"calls": {"talk_seconds": -1}}, "0 or more"),
        ({"calls": {"talk_seconds": True}}, "0 or more"),
        ({"pamela": {"rate_window_seconds": 1e300}}, "0 or more"),
        ({"pamela": {"rate_limit": -1}}, r"give int \| None, 0 or more"),
        ({"pamela": {"subscription_status": "rich"}}, "active, past_due, canceled, none"),
    ],
)
def test_settings_that_make_no_sense(changes: dict[str, Any], said: str) -> None:
    """They are refused with the accepted values."""
    with pytest.raises(ConfigurationError, match=said):
        merged(SandboxConfig(), changes)


@pytest.mark.parametrize("status", [0, 99, 101, 1000, 9999])
def test_an_impossible_status_cannot_be_planned(control: Control, status: int) -> None:
    """A status that no response can have is refused, not replaced by another."""
    with pytest.raises(ConfigurationError, match="status"):
        control.fault("status", status=status)
    assert control.faults() == []
