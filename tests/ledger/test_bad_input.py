"""Wrong use of keys: each mistake is a clear error with a remedy, and nothing is sent."""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING, Any

import pytest
from tests.engine.server import MADE, Exchange, response
from tests.ledger.conftest import TASK, TO, Place

from trunkline import Pamela, PhoneAI, StateSetVoice
from trunkline.errors import (
    AmbiguousResultError,
    ConfigurationError,
    InvalidArgumentError,
    UnprocessableEntityError,
)
from trunkline.ledger import KeyConflictError, Ledger, LedgerError, LedgerStoreError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from trunkline.sandbox.server import Sandbox


def placing(sandbox: Sandbox, provider: str, ledger: Ledger | None) -> Callable[..., object]:
    """Return a function that places a call at a provider."""
    if provider == "pamela":
        client = Pamela("pk_test_sandbox", base_url=sandbox.pamela_url, ledger=ledger)
        return lambda **more: client.calls.create(**{"to": TO, "task": TASK, **more})
    if provider == "stateset":
        voice = StateSetVoice("ssv_sandbox", base_url=sandbox.stateset_url, ledger=ledger)
        return lambda **more: voice.calls.make(**{"to": TO, **more})
    phone = PhoneAI("phone_ai_sandbox", base_url=sandbox.phone_ai_url, ledger=ledger)
    return lambda **more: phone.calls.create(**{"to": TO, **more})


BAD_CALLS: dict[str, tuple[dict[str, Any], str]] = {
    "empty": ({"key": ""}, "1 to 255 characters, not 0: take your order's number"),
    "huge": ({"key": "x" * 100_000}, "1 to 255 characters, not 100000"),
    "newline": ({"key": "a\nb"}, "control characters.*clean it"),
    "null": ({"key": "a\0b"}, "control characters.*clean it"),
    "half a pair": ({"key": "\ud800"}, "surrogate pair: clean it"),
    "blank": ({"key": " a"}, "blank: strip it"),
    "number": ({"key": 4711}, "text, not int"),
    "bytes": ({"key": b"a"}, "text, not bytes"),
    "float": ({"key": 4711.0}, "text, not float"),
    "attempt 0": ({"key": "a", "attempt": 0}, "from 1 to 1000, not 0"),
    "attempt true": ({"key": "a", "attempt": True}, "from 1 to 1000, not True"),
    "extra": ({"key": "a", "extra_body": [1]}, "extra_body"),
}


@pytest.mark.parametrize("provider", ["pamela", "stateset", "phone_ai"])
@pytest.mark.parametrize("with_ledger", [True, False], ids=["ledger", "no ledger"])
def test_bad_keys(sandbox: Sandbox, in_file: Place, provider: str, *, with_ledger: bool) -> None:
    """Empty, huge, not text, with control characters: the same with and without a ledger."""
    place = placing(sandbox, provider, in_file.open() if with_ledger else None)
    for name, (arguments, words) in BAD_CALLS.items():
        with pytest.raises(InvalidArgumentError, match=words):
            place(**arguments)
        operation = "make_call" if provider == "stateset" else "create_call"
        assert sandbox.control.seen(provider, operation) == 0, name


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"metadata": {"trunkline": "x"}}, "may not hold the name 'trunkline'.*rename yours"),
        ({"extra_body": {"metadata": {"a": 1}}}, "give metadata as an argument"),
        ({"extra_body": {"metadata": None}}, "give metadata as an argument"),
        (
            {"metadata": {"a": 1}, "extra_body": {"metadata": {"a": 1}}},
            "give metadata as an argument",
        ),
        ({"metadata": {"a": {1, 2}}}, "metadata is not a JSON value"),
        ({"metadata": {"a": math.nan}}, "metadata is not a JSON value"),
    ],
    ids=["reserved name", "extra body", "removed", "given twice", "no JSON", "not a number"],
)
def test_the_marker_cannot_be_lost(
    sandbox: Sandbox, in_file: Place, arguments: dict[str, Any], words: str
) -> None:
    """Without it an unknown call could not be found and would be dialled again."""
    with pytest.raises(InvalidArgumentError, match=words):
        placing(sandbox, "pamela", in_file.open())(key="order-1", **arguments)
    assert sandbox.control.seen("pamela", "create_call") == 0
    assert in_file.opened[0].attempts("order-1") == ()


def test_a_key_is_one_call_at_one_provider(sandbox: Sandbox, in_file: Place) -> None:
    """The second provider is refused before it is asked, unless the first has refused."""
    ledger = in_file.open()
    placing(sandbox, "pamela", ledger)(key="order-1")
    sandbox.control.fault("status", operation="create_call", status=422)
    with pytest.raises(UnprocessableEntityError):
        placing(sandbox, "pamela", ledger)(key="order-2")
    placing(sandbox, "phone_ai", ledger)(key="order-2")
    with pytest.raises(KeyConflictError, match=r"call by pamela.*new key") as caught:
        placing(sandbox, "stateset", ledger)(key="order-1")
    assert caught.value.fields == ("provider",)
    assert sandbox.control.seen("stateset", "make_call") == 0


def test_a_lease_needs_a_deadline(sandbox: Sandbox, in_file: Place) -> None:
    """A call without a time limit would hold its key forever: it is refused, with the remedy."""
    options: dict[str, Any] = {"base_url": sandbox.pamela_url, "deadline": math.inf}
    with Pamela("pk_test_sandbox", ledger=in_file.open(), **options) as client:
        with pytest.raises(InvalidArgumentError, match=r"leave out deadline=math\.inf"):
            client.calls.create(to=TO, task=TASK, key="order-1")
        assert client.with_options(deadline=30).calls.create(to=TO, task=TASK, key="order-1").id
    assert sandbox.control.seen("pamela", "create_call") == 1


@pytest.mark.parametrize(
    ("where", "words"),
    [
        ("", "needs a path or URL"),
        ("mysql://root@localhost/db", "not mysql"),
        ("postgresql://h/db", "TRUNKLINE_LEDGER_KEY"),
        ("a\0b", "path"),
        (5, "path or URL, not int"),
    ],
)
def test_bad_places(where: Any, words: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A location that cannot hold a ledger is reported when it is opened."""
    monkeypatch.delenv("TRUNKLINE_LEDGER_KEY", raising=False)
    with pytest.raises(ConfigurationError, match=words):
        Ledger.open(where)


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"quiet": "60"}, "quiet must be seconds"),
        ({"quiet": True}, "quiet must be seconds"),
        ({"account": 5}, "account must be"),
        ({"on_event": "log"}, "on_event must be a function"),
        ({"exclusive_account": "no"}, "exclusive_account must be True or False"),
        ({"keep_key": True}, "unexpected keyword argument 'keep_key'"),
    ],
)
def test_bad_settings(in_file: Place, settings: dict[str, Any], words: str) -> None:
    """A wrong type is reported when the ledger is opened, not at the first lost call."""
    with pytest.raises(ConfigurationError, match=words):
        in_file.open(**settings)


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ({"by": None, "placed": False}, "who decides"),
        ({"by": "ops", "call_id": ""}, "provider's id of the call"),
        ({"by": "ops", "call_id": 5}, "provider's id of the call"),
        ({"by": "ops"}, "placed=False"),
    ],
)
def test_a_decision_that_decides_nothing(
    in_file: Place, answer: dict[str, Any], words: str
) -> None:
    """The call stays unknown until a person says whether it was placed."""
    with pytest.raises(InvalidArgumentError, match=words):
        in_file.open().resolve("order-1", **answer)


def test_a_call_belongs_to_one_key(sandbox: Sandbox, place: Place) -> None:
    """Entering the id of another key's call is an error, and nothing changes."""
    ledger = place.open()
    call = placing(sandbox, "pamela", ledger)
    first: Any = call(key="order-1")
    sandbox.control.fault("reset", operation="create_call", when="after")
    with pytest.raises(AmbiguousResultError):
        call(key="order-2")
    with pytest.raises(LedgerError, match="that of another key"):
        ledger.resolve("order-2", call_id=first.id, by="ops")
    assert ledger.attempts("order-2")[0].state == "unknown"


def test_a_database_ledger_needs_a_folder_for_its_spool(
    database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """If none can be created, the error says which variable names another one."""
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "file"))
    with pytest.raises(LedgerStoreError, match="set XDG_STATE_HOME"):
        Ledger.open(database)


@pytest.mark.parametrize("call_id", ["a\0b", "a\ud800b"], ids=["null", "half a pair"])
def test_an_id_that_no_database_holds(place: Place, call_id: str) -> None:
    """The call is recorded and returned unchanged, and the ledger keeps working."""
    body = json.dumps({**MADE, "id": call_id}).encode()
    with (
        Exchange(lambda _asked: response(body)) as there,
        Pamela("pk_test_x", base_url=there.url, ledger=place.open()) as client,
    ):
        keys = ("order-1", "order-1", "order-2")
        calls = [client.calls.create(to=TO, task=TASK, key=key) for key in keys]
    assert {call.id for call in calls} == {call_id}
    assert len(there.asked) == 2
    (row,) = place.open().attempts("order-1")
    assert (row.call_id or "").isprintable()


def test_the_next_api_key_of_the_account_has_the_same_calls(in_file: Place) -> None:
    """Whatever its secret part looks like; no record contains that part."""
    ledger = in_file.open()
    with Exchange(lambda _asked: response()) as there:
        for secret in ("pk_live_zbcdefgh", "pk_live_a_bcdefgh", "pk_live_9_8_7_6"):
            with Pamela(secret, base_url=there.url, ledger=ledger) as client:
                client.calls.create(to=TO, task=TASK, key="order-1")
        with Pamela("pk_test_zbcdefgh", base_url=there.url, ledger=ledger) as client:
            client.calls.create(to=TO, task=TASK, key="order-1")
    assert len(there.asked) == 2
    places = {row.ns.partition("/")[2] for row in ledger.records()}
    assert places == {"pk_live|create_call", "pk_test|create_call"}
