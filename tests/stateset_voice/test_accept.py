"""The media types that each operation requests."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime

from tests.engine.operations import all_calls, all_clients, client_of
from tests.engine.server import Asked, Exchange, response

from trunkline import StateSetVoice, errors

TWIML = b"<Response/>"
#: Every other operation responds with JSON only. A download accepts any file type.
OTHERS = {
    "POST /api/v1/incoming-call": "text/xml",
    "GET /v1/exports/{export_id}/download": "*/*",
}


def only_xml(asked: Asked) -> bytes:
    """Respond like a server that checks Accept (RFC 9110, section 12.5.1)."""
    accepted = asked.headers["accept"] == "text/xml"
    return response(TWIML, status="200 OK" if accepted else "406 Not Acceptable")


def test_every_operation_asks_for_what_its_contract_names() -> None:
    """One Accept each: the media types of the success; JSON where the contract has only JSON."""
    with Exchange() as server:
        clients = all_clients(server.url)
        calls = all_calls(clients)
        for call in calls:
            before = len(server.asked)
            with suppress(errors.TrunklineError):  # the response fits almost none of them
                call()
            asked = server.asked[before]
            assert asked.headers["accept"] == OTHERS.get(call.name, "application/json"), call.name
            assert asked.head.lower().count("\r\naccept:") == 1, call.name
        for client in clients:
            client.close()
    assert {call.name for call in calls} >= OTHERS.keys()


def test_a_server_that_looks_at_accept_gives_the_document() -> None:
    """An incoming call requests XML, so the server does not refuse it with 406."""
    with Exchange(only_xml) as server, client_of(StateSetVoice, server.url) as client:
        assert client.calls.incoming(from_="+1", to="+2", call_sid="CA1") == TWIML.decode()


def test_an_accept_of_the_caller_s_own_wins() -> None:
    """A header passed with the call or the client replaces the contract's."""
    with Exchange() as server, client_of(StateSetVoice, server.url) as client:
        for given in ("application/json", "text/plain"):
            call = {"from_": "+1", "to": "+2", "call_sid": "CA1"}
            client.calls.incoming(**call, extra_headers={"accept": given})
            client.with_options(headers={"Accept": given}).calls.incoming(**call)
            assert [asked.headers["accept"] for asked in server.asked[-2:]] == [given, given]


def test_a_document_that_is_empty_stays_empty() -> None:
    """An empty body is not read as an empty JSON object where text is expected."""
    with Exchange(lambda _asked: response(b"")) as server:
        with client_of(StateSetVoice, server.url) as client:
            assert client.calls.incoming(from_="+1", to="+2", call_sid="CA1") == ""


def test_making_and_waiting_take_extra_arguments() -> None:
    """Also the method under the vendor sample's name, and every request of a wait."""
    ended = response(b'{"call_sid": "CA1", "data": [{"call_sid": "CA1", "status": "completed"}]}')
    with Exchange(lambda _asked: ended) as server:
        with client_of(StateSetVoice, server.url) as client:
            client.make_call(to="+15555550123", extra_query={"t": 1})
            client.calls.wait("CA1", since=datetime.now(UTC), extra_query={"t": 2})
        assert [asked.target.partition("t=")[2] for asked in server.asked] == ["1", "2"]
