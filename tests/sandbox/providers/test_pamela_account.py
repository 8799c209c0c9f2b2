"""Pamela's keys, subscription, usage, quota, limits and error envelopes in the sandbox."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import httpx
import pytest
from tests.request_bodies import request_body
from tests.sandbox.support import PLAIN, headers_for

if TYPE_CHECKING:
    from trunkline.sandbox import Control, Sandbox

CALL = request_body("pamela", "create_call", to="+15551234567", task="t")
DAY = 24 * 3600
PARTNER = headers_for("pamela_partner")


def error(response: httpx.Response) -> tuple[int, Any]:
    return response.status_code, response.json()["detail"].get("error_code")


def test_keys_are_checked(sandbox: Sandbox) -> None:
    """No key is 1001, a wrong key or scheme is refused, a valid one is accepted."""
    url = f"{sandbox.pamela_url}/api/b2b/v1/calls"
    with httpx.Client(**PLAIN) as client:

        def ask(authorization: str) -> tuple[int, Any]:
            return error(client.get(url, headers={"Authorization": authorization}))

        assert error(client.get(url)) == (401, 1001)
        assert ask("Bearer") == (401, 1001)
        assert ask("Basic cGs6") == (401, 1001)
        assert ask("Bearer nonsense") == (401, 1002)
        assert ask(PARTNER["Authorization"]) == (401, 1002)
        assert client.get(url, headers={"Authorization": "bearer pk_live_sandbox"}).is_success


def test_partner_operations_want_a_user(pamela: httpx.Client) -> None:
    """The API key gives no access to the partner operations."""
    assert error(pamela.get("/partner/api-keys")) == (401, 1002)
    assert error(pamela.get("/partner/api-keys", headers={"Authorization": ""})) == (401, 1001)
    assert pamela.get("/partner/api-keys", headers=PARTNER).is_success


def test_the_life_of_a_key(pamela: httpx.Client) -> None:
    """A key is shown in full once, works, and stops working when it is revoked."""
    body = {"project_id": "project_456", "key_prefix": "pk_test_"}
    made = pamela.post("/partner/api-keys", headers=PARTNER, json=body).json()
    key = {"Authorization": f"Bearer {made['api_key']}"}
    assert made["api_key"].startswith("pk_test_")
    assert pamela.get("/tools", headers=key).is_success

    listed = pamela.get("/partner/api-keys", headers=PARTNER).json()
    assert made["api_key"] not in str(listed)
    assert [item["project_id"] for item in listed if item["id"] == made["id"]] == ["project_456"]

    for _ in range(2):
        revoked = pamela.post(f"/partner/api-keys/{made['id']}/revoke", headers=PARTNER)
        assert revoked.json()["revoked_at"]
    assert error(pamela.get("/tools", headers=key)) == (401, 1002)


def test_a_configured_key_can_be_revoked(pamela: httpx.Client) -> None:
    """The sandbox's initial keys are ordinary keys."""
    listed = pamela.get("/partner/api-keys", headers=PARTNER).json()
    mine = next(item for item in listed if item["key_prefix"] == "pk_test_sand")
    pamela.post(f"/partner/api-keys/{mine['id']}/revoke", headers=PARTNER)
    assert error(pamela.get("/tools")) == (401, 1002)


def test_an_unknown_key_cannot_be_revoked(pamela: httpx.Client) -> None:
    """An unknown key id is a 404."""
    response = pamela.post("/partner/api-keys/nope/revoke", headers=PARTNER)
    assert (response.status_code, response.json()) == (404, {"detail": "API key not found"})


def test_an_active_subscription(pamela: httpx.Client) -> None:
    """The usual state allows everything and has no grace period."""
    response = pamela.get("/partner/subscription", headers=PARTNER).json()
    assert response == {"subscription_status": "active", "grace_period_ends_at": None}


def test_the_grace_period(pamela: httpx.Client, control: Control) -> None:
    """A past due subscription works for a week, then it is 7008 with the end of the period."""
    control.reset()
    control.configure(pamela={"subscription_status": "past_due"})
    state = pamela.get("/partner/subscription", headers=PARTNER).json()
    assert state["subscription_status"] == "past_due"
    assert pamela.post("/calls", json=CALL).is_success
    control.advance(7 * DAY)
    refused = pamela.post("/calls", json=CALL)
    assert error(refused) == (403, 7008)
    details = refused.json()["detail"]["details"]
    assert details["grace_period_ends_at"] == state["grace_period_ends_at"]
    assert pamela.get("/partner/subscription", headers=PARTNER).is_success


def test_the_grace_period_can_be_set(pamela: httpx.Client, control: Control) -> None:
    """Its end is a normal setting."""
    past = {"subscription_status": "past_due", "grace_period_ends_at": "2026-01-01T00:00:00Z"}
    control.configure(pamela=past)
    assert error(pamela.get("/calls")) == (403, 7008)


@pytest.mark.parametrize("status", ["canceled", "none"])
def test_without_a_subscription(pamela: httpx.Client, control: Control, status: str) -> None:
    """A cancelled or missing subscription is 1005."""
    control.configure(pamela={"subscription_status": status})
    assert error(pamela.get("/usage")) == (403, 1005)
    found = pamela.get("/partner/subscription", headers=PARTNER).status_code
    assert found == (404 if status == "none" else 200)


@pytest.mark.parametrize("path", ["checkout", "portal"])
def test_payment_pages(pamela: httpx.Client, path: str) -> None:
    """Checkout and portal return a URL, with or without a body."""
    for body in (None, {}):
        response = pamela.post(f"/partner/subscription/{path}", headers=PARTNER, json=body)
        assert response.json()["url"].startswith("https://")


def test_usage_is_computed_from_the_calls(pamela: httpx.Client, control: Control) -> None:
    """The minutes are those of ended calls that connected in the month."""
    for number in ("+15005552061", "+15005550001", "+15005552119"):
        pamela.post("/calls", json={**CALL, "to": number})
    pamela.post("/calls", json={**CALL, "to": "+15005550005"})
    month = control.advance(300)[:7]
    usage = pamela.get("/usage").json()
    assert usage["period"] == month
    assert (usage["call_count"], usage["billed_minutes"], usage["api_minutes"]) == (4, 4, 3.0)
    assert usage["quota"] == {"partner_limit": None, "project_limit": None}
    assert pamela.get("/usage", params={"period": month}).json() == usage
    assert pamela.get("/usage", params={"period": "2020-01"}).json()["call_count"] == 0


def test_a_period_has_to_be_a_month(pamela: httpx.Client) -> None:
    """A period in another form is a 422."""
    assert pamela.get("/usage", params={"period": "2024-13"}).status_code == 422


def test_the_quota(pamela: httpx.Client, control: Control) -> None:
    """The first call above the quota is a 429 with code 6002."""
    control.configure(pamela={"partner_limit": 5, "project_limit": 2})
    statuses = [pamela.post("/calls", json=CALL).status_code for _ in range(3)]
    assert statuses == [200, 200, 429]
    assert error(pamela.post("/calls", json=CALL)) == (429, 6002)
    assert pamela.get("/usage").json()["quota"] == {"partner_limit": 5, "project_limit": 2}


def test_the_rate_limit(pamela: httpx.Client, control: Control) -> None:
    """Above the limit the wait is in the header and in the details; then requests work again."""
    control.configure(pamela={"rate_limit": 2, "rate_window_seconds": 30})
    assert [pamela.get("/tools").status_code for _ in range(2)] == [200, 200]
    control.advance(10)
    refused = pamela.get("/tools")
    assert error(refused) == (429, 6001)
    assert refused.headers["retry-after"] == "20"
    assert refused.json()["detail"]["details"] == {"retry_after": 20}
    assert "x-ratelimit-limit" not in refused.headers
    control.advance(20)
    assert pamela.get("/tools").is_success


@pytest.mark.parametrize(
    ("style", "body"),
    [
        ("detail", {"detail": {"error_code": 7003, "message": "Call not found", "details": {}}}),
        (
            "nested",
            {"detail": {"error": {"code": 7003, "message": "Call not found", "details": {}}}},
        ),
        ("text", {"detail": "Call not found"}),
        ("flat", {"error_code": 7003, "message": "Call not found", "details": {}}),
        ("error", {"error": {"code": 7003, "message": "Call not found", "details": {}}}),
    ],
)
def test_error_envelopes(
    pamela: httpx.Client, control: Control, style: str, body: dict[str, Any]
) -> None:
    """Each of the vendor's envelopes can be configured."""
    control.configure(pamela={"error_style": style})
    assert pamela.get("/calls/nope").json() == body


def test_paths_and_methods_outside_the_contract(pamela: httpx.Client) -> None:
    """An unknown path is a 404, a wrong method a 405 that lists the right ones."""
    unknown = pamela.get("/nothing")
    assert (unknown.status_code, unknown.json()) == (404, {"detail": "Not Found"})
    wrong = pamela.put("/calls", json={})
    assert (wrong.status_code, wrong.headers["allow"]) == (405, "GET, POST")
    assert wrong.json() == {"detail": "Method Not Allowed"}


def test_only_json_is_taken(pamela: httpx.Client) -> None:
    """Another media type is a 415 that names the right one."""
    response = pamela.post("/calls", content=b"a=b", headers={"content-type": "text/plain"})
    assert response.status_code == 415
    assert "application/json" in response.json()["detail"]


def test_huge_bodies_are_refused(pamela: httpx.Client, control: Control) -> None:
    """A body above the limit is a 413, and the connection stays usable."""
    control.configure(max_body_bytes=1000)
    response = pamela.post("/calls", json={**CALL, "task": "x" * 300_000})
    assert response.status_code == 413
    assert pamela.post("/calls", json=CALL).is_success
