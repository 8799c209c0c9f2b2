"""Partner operations and the two credentials, in both backends."""

from __future__ import annotations

import copy
import pickle
from typing import TYPE_CHECKING, Any

import pytest
from tests.pamela.support import KEY, TASK, TO, TOKEN, Driver, Plain, driver

from trunkline import Secret, errors
from trunkline.pamela import ApiKey, Pamela, has_access

if TYPE_CHECKING:
    from collections.abc import Callable

    from trunkline.sandbox.server import Sandbox

PARTNER: dict[str, Callable[[Any], Any]] = {
    "create_api_key": lambda client: client.api_keys.create(),
    "list_api_keys": lambda client: client.api_keys.list(),
    "revoke_api_key": lambda client: client.api_keys.revoke("key_1"),
    "get_subscription": lambda client: client.subscription.get(),
    "create_checkout_session": lambda client: client.subscription.checkout(),
    "create_portal_session": lambda client: client.subscription.portal(),
}
OTHERS: dict[str, Callable[[Any], Any]] = {
    "create_call": lambda client: client.calls.create(to=TO, task=TASK),
    "get_call": lambda client: client.calls.get("call_1"),
    "cancel_call": lambda client: client.calls.cancel("call_1"),
    "hangup_call": lambda client: client.calls.hangup("call_1"),
    "register_tool": lambda client: client.tools.register(
        name="a", description="b", input_schema={}
    ),
    "list_tools": lambda client: client.tools.list(),
    "delete_tool": lambda client: client.tools.delete("tool_1"),
    "get_usage": lambda client: client.usage.get(),
}


def test_a_key_is_made_used_and_revoked(sandbox: Sandbox, pamela: Driver, backend: str) -> None:
    """A key made by a partner works until it is revoked."""
    made = pamela(lambda client: client.api_keys.create(project_id="p1", key_prefix="pk_live_"))
    assert made["api_key"].startswith("pk_live_")
    fresh = driver(backend, made["api_key"], base_url=sandbox.pamela_url)
    assert fresh(lambda client: client.usage.get()).call_count == 0
    keys = pamela(lambda client: client.api_keys.list())
    assert made["id"] in {key["id"] for key in keys}
    revoked = pamela(lambda client: client.api_keys.revoke(made["id"]))
    assert revoked["revoked_at"]
    with pytest.raises(errors.AuthenticationError):
        fresh(lambda client: client.usage.get())
    fresh.close()


def test_the_subscription_and_its_pages(sandbox: Sandbox, pamela: Driver) -> None:
    """The state is typed, and checkout and portal respond with whatever they hold."""
    found = pamela(lambda client: client.subscription.get())
    assert (found.subscription_status, found.grace_period_ends_at) == ("active", None)
    sandbox.control.configure(pamela={"subscription_status": "past_due"})
    late = pamela(lambda client: client.subscription.get())
    now = sandbox.control.now()
    assert has_access(late.subscription_status, late.grace_period_ends_at, now)
    for verb in ("checkout", "portal"):
        method = verb
        opened = pamela(lambda client: getattr(client.subscription, method)(plan="x"))  # noqa: B023 - called at once
        assert opened["url"].startswith("https://")


@pytest.mark.parametrize("name", PARTNER)
def test_partner_operations_carry_the_user_token(at_plain: Driver, plain: Plain, name: str) -> None:
    """Operations for a logged-in user send the user's token and not the API key."""
    plain.response([] if name == "list_api_keys" else {})
    at_plain(PARTNER[name])
    assert plain.sent[-1].headers["authorization"] == "Bearer t"


@pytest.mark.parametrize("name", OTHERS)
def test_other_operations_carry_the_key(at_plain: Driver, plain: Plain, name: str) -> None:
    """Calls, tools and usage send the API key, never the user's token."""
    plain.response({"id": "a", "status": "queued", "tools": []})
    at_plain(OTHERS[name])
    assert plain.sent[-1].headers["authorization"] == "Bearer pk_live_k"


@pytest.mark.parametrize("name", PARTNER)
def test_a_missing_token_is_named_with_both_ways_to_give_it(
    backend: str, sandbox: Sandbox, name: str
) -> None:
    """A client with only a key works; a partner operation's error says what it needs."""
    made = driver(backend, KEY, base_url=sandbox.pamela_url)
    with pytest.raises(errors.ConfigurationError, match=rf"{name}.*user_token=.*PAMELA_USER_TOKEN"):
        made(PARTNER[name])
    made.close()


@pytest.mark.parametrize("name", OTHERS)
def test_a_client_with_a_token_alone_administers(backend: str, sandbox: Sandbox, name: str) -> None:
    """With only a user token, partner operations work and the others say what they need."""
    made = driver(backend, user_token=Secret(TOKEN), base_url=sandbox.pamela_url)
    assert made(lambda client: client.subscription.get()).subscription_status == "active"
    with pytest.raises(errors.ConfigurationError, match=rf"{name}.*api_key=.*PAMELA_API_KEY"):
        made(OTHERS[name])
    made.close()


def test_without_any_credential_there_is_no_client(backend: str) -> None:
    """Neither key nor token is an error at once, and it names both ways to pass the key."""
    with pytest.raises(errors.ConfigurationError, match=r"api_key=.*PAMELA_API_KEY"):
        driver(backend)


def test_credentials_come_from_the_environment(
    backend: str, plain: Plain, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Key, token and server are read from the environment when they are not given."""
    monkeypatch.setenv("PAMELA_API_KEY", "pk_env")
    monkeypatch.setenv("PAMELA_USER_TOKEN", "token_env")
    monkeypatch.setenv("PAMELA_BASE_URL", plain.url)
    made = driver(backend)
    made(lambda client: client.usage.get())
    made(lambda client: client.subscription.get())
    made.close()
    assert [one.headers["authorization"] for one in plain.sent] == [
        "Bearer pk_env",
        "Bearer token_env",
    ]


@pytest.mark.parametrize("token", ["a b", "line\nend", "schlüssel"])
def test_an_unusable_token_is_refused_at_once(backend: str, token: str) -> None:
    """A token that no header can hold is refused without being shown."""
    with pytest.raises(errors.ConfigurationError, match="user_token=") as caught:
        driver(backend, KEY, user_token=token)
    assert token not in str(caught.value)


def test_credentials_are_never_shown(backend: str) -> None:
    """A client's repr and attributes show neither key nor token."""
    made = driver(backend, "pk_live_very_secret", user_token="user_very_secret")
    shown = f"{made.client!r} {vars(made.client)!r} {made.client.api_keys!r}"
    assert "very_secret" not in shown
    with pytest.raises(errors.ConfigurationError, match="pickle"):
        pickle.dumps(made.client)
    assert "very_secret" not in repr(vars(copy.copy(made.client)))
    made.close()


def test_options_keep_both_credentials(backend: str, plain: Plain) -> None:
    """A copy with other options sends the same credentials."""
    made = driver(backend, "pk_live_k", user_token="t", base_url=plain.url)
    made(lambda client: client.with_options(timeout=5).usage.get())
    made(lambda client: client.with_options(max_retries=0).subscription.get())
    sent = [one.headers["authorization"] for one in plain.sent]
    assert sent == ["Bearer pk_live_k", "Bearer t"]
    made.close()


def test_the_raw_client_takes_the_right_credential(plain: Plain) -> None:
    """Through our engine the generated client also sends the token for partner operations."""
    from trunkline_generated.pamela.api.subscription import get_subscription
    from trunkline_generated.pamela.api.usage import get_usage

    with Pamela("pk_live_k", user_token="t", base_url=plain.url) as client:
        get_subscription.sync(client=client.raw)
        get_usage.sync(client=client.raw)
    assert [one.headers["authorization"] for one in plain.sent] == ["Bearer t", "Bearer pk_live_k"]


@pytest.mark.parametrize("verb", ["checkout", "portal"])
def test_open_bodies_are_sent_as_they_are(at_plain: Driver, plain: Plain, verb: str) -> None:
    """Undocumented fields are sent; without any fields, no body is sent."""
    at_plain(lambda client: getattr(client.subscription, verb)())
    assert plain.sent[-1].body == b""
    at_plain(lambda client: getattr(client.subscription, verb)(return_url="https://a.example"))
    assert plain.sent[-1].json == {"return_url": "https://a.example"}


def test_further_fields_of_keys_are_sent(at_plain: Driver, plain: Plain) -> None:
    """Creating and revoking a key accept fields beside the documented ones."""
    at_plain(lambda client: client.api_keys.create(project_id="p", label="ci"))
    assert plain.sent[-1].json == {"project_id": "p", "label": "ci"}
    at_plain(lambda client: client.api_keys.revoke("key/1", reason="lost"))
    assert plain.sent[-1].json == {"reason": "lost"}
    assert plain.sent[-1].target == "/api/b2b/v1/partner/api-keys/key%2F1/revoke"
    at_plain(lambda client: client.api_keys.revoke("key_1"))
    assert plain.sent[-1].body == b""


@pytest.mark.parametrize(
    "body",
    [
        [{"id": "k1"}, {"id": "k2"}],
        {"api_keys": [{"id": "k1"}, {"id": "k2"}], "total": 2},
        {"data": [{"id": "k1"}, {"id": "k2"}], "tags": ["a"]},
    ],
)
def test_keys_are_found_in_any_envelope(at_plain: Driver, plain: Plain, body: Any) -> None:
    """The envelope is undocumented, so its only list of objects is used, under any name."""
    plain.response(body)
    keys = at_plain(lambda client: client.api_keys.list())
    assert all(isinstance(key, ApiKey) for key in keys)
    assert [key["id"] for key in keys] == ["k1", "k2"]


@pytest.mark.parametrize("body", [{}, {"a": [{}], "b": [{}]}, {"a": [1]}, "text"])
def test_keys_in_no_clear_place_are_our_error(at_plain: Driver, plain: Plain, body: Any) -> None:
    """When it is unclear which list holds the keys, nothing is guessed."""
    plain.response(body)
    with pytest.raises(errors.ResponseValidationError):
        at_plain(lambda client: client.api_keys.list())


def test_raw_responses_of_all_partner_methods(at_plain: Driver, plain: Plain) -> None:
    """Every partner method also gives the raw response with its result."""
    plain.response([])
    raw = at_plain(lambda client: client.api_keys.with_raw_response.list())
    assert (raw.parsed, raw.content) == ([], b"[]")
    plain.response({"url": "https://a.example"})
    asks: list[Callable[[Any], Any]] = [
        lambda client: client.api_keys.with_raw_response.create(),
        lambda client: client.api_keys.with_raw_response.revoke("key_1"),
        lambda client: client.subscription.with_raw_response.get(),
        lambda client: client.subscription.with_raw_response.checkout(),
        lambda client: client.subscription.with_raw_response.portal(),
    ]
    for ask in asks:
        assert at_plain(ask).parsed["url"] == "https://a.example"


def test_an_empty_key_id_is_refused(pamela: Driver) -> None:
    """Without an id nothing is revoked."""
    with pytest.raises(errors.InvalidArgumentError, match="key_id"):
        pamela(lambda client: client.api_keys.revoke(" "))
