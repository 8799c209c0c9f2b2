"""Pamela's account: keys, subscription, usage and quota."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from trunkline.sandbox.core.http import Problem, Request, Response, json_response
from trunkline.sandbox.core.provider import bearer_token
from trunkline.sandbox.providers.pamela.calls import SECONDS_PER_MINUTE
from trunkline.sandbox.providers.pamela.errors import no_key, wrong_key
from trunkline.sandbox.timestamps import format_timestamp

if TYPE_CHECKING:
    from trunkline.sandbox.core.state import SandboxState
    from trunkline.sandbox.providers.pamela.calls import PamelaCall, PamelaCalls

__all__ = ["PamelaAccount"]

PARTNER, GRACE = "partner_sandbox", timedelta(days=7)
SHOWN_CHARACTERS = 12


@dataclass(slots=True)
class ApiKey:
    """A key; `revoked_at` is None while it is valid."""

    key: str
    project_id: str | None
    created_at: datetime
    revoked_at: datetime | None = None

    @property
    def id(self) -> str:
        """An id that does not reveal the key."""
        return "key_" + hashlib.sha256(self.key.encode()).hexdigest()[:12]

    def to_json(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "key_prefix": self.key[:SHOWN_CHARACTERS],
            "project_id": self.project_id,
            "created_at": format_timestamp(self.created_at),
            "revoked_at": format_timestamp(self.revoked_at),
        }


class PamelaAccount:
    """Keys, subscription, usage and quota.

    Args:
        calls: the calls whose usage is counted.
    """

    def __init__(self, state: SandboxState, calls: PamelaCalls) -> None:
        self._state = state
        self._calls = calls
        self._opened_at = state.scheduler.now()
        self._keys: dict[str, ApiKey] = state.latest()

    def require_user(self, request: Request) -> None:
        token = bearer_token(request)
        if token is None:
            raise no_key()
        if token not in self._state.config.pamela.user_tokens:
            raise wrong_key()

    def require_subscriber(self, request: Request) -> None:
        token = bearer_token(request)
        if token is None:
            raise no_key()
        key = self._known_keys().get(token)
        if key is None or key.revoked_at is not None:
            raise wrong_key()
        self._require_subscription(request.now)

    def require_quota(self, now: datetime) -> None:
        config = self._state.config.pamela
        limits = [item for item in (config.partner_limit, config.project_limit) if item is not None]
        if limits and len(self._created_in(period_of(now))) >= min(limits):
            raise Problem(429, "Quota exceeded", 6002, {"limit": min(limits)})

    def create_key(self, request: Request) -> Response:
        """The response's members are the sandbox's own choice."""
        fields = request.fields()
        secret = fields.get("key_prefix", "pk_live_") + self._state.ids.hex(32)
        key = ApiKey(secret, fields.get("project_id"), request.now)
        self._keys[secret] = key
        return json_response(200, {**key.to_json(), "api_key": secret})

    def list_keys(self, _request: Request) -> Response:
        return json_response(200, [key.to_json() for key in self._known_keys().values()])

    def revoke_key(self, request: Request) -> Response:
        """Revoking a key again changes nothing."""
        for secret, key in self._known_keys().items():
            if key.id == request.path["key_id"]:
                key.revoked_at = key.revoked_at or request.now
                self._keys[secret] = key
                return json_response(200, {**key.to_json(), "success": True})
        raise Problem(404, "API key not found")

    def subscription(self, _request: Request) -> Response:
        status = self._state.config.pamela.subscription_status
        if status == "none":
            raise Problem(404, "No subscription", 7001)
        grace = format_timestamp(self._grace_end()) if status == "past_due" else None
        return json_response(200, {"subscription_status": status, "grace_period_ends_at": grace})

    def checkout(self, _request: Request) -> Response:
        return json_response(200, {"url": f"https://checkout.example/{self._state.ids.make('cs')}"})

    def portal(self, _request: Request) -> Response:
        return json_response(200, {"url": f"https://portal.example/{self._state.ids.make('ps')}"})

    def usage(self, request: Request) -> Response:
        """Calls count in the month of their creation, minutes in the month of their start."""
        config = self._state.config.pamela
        period = request.query.get("period") or period_of(request.now)
        connected = [call for call in self._ended() if _began_in(call, period)]
        seconds = sum(call.live.duration_seconds or 0 for call in connected)
        usage = {
            "partner_id": PARTNER,
            "project_id": None,
            "period": period,
            "call_count": len(self._created_in(period)),
            "api_minutes": round(seconds / SECONDS_PER_MINUTE, 2),
            "billed_minutes": sum(call.billed_minutes or 0 for call in connected),
            "quota": {
                "partner_limit": config.partner_limit,
                "project_limit": config.project_limit,
            },
        }
        return json_response(200, usage)

    def _known_keys(self) -> dict[str, ApiKey]:
        configured = self._state.config.pamela.api_keys
        return {key: ApiKey(key, None, self._opened_at) for key in configured} | self._keys

    def _require_subscription(self, now: datetime) -> None:
        status = self._state.config.pamela.subscription_status
        if status == "active" or (status == "past_due" and now < self._grace_end()):
            return
        if status == "past_due":
            details = {
                "subscription_status": status,
                "grace_period_ends_at": format_timestamp(self._grace_end()),
            }
            raise Problem(403, "Subscription expired", 7008, details)
        raise Problem(403, "Subscription required", 1005, {"subscription_status": status})

    def _grace_end(self) -> datetime:
        return self._state.config.pamela.grace_period_ends_at or self._opened_at + GRACE

    def _created_in(self, period: str) -> list[PamelaCall]:
        calls = self._calls.by_id.values()
        return [call for call in calls if period_of(call.live.created_at) == period]

    def _ended(self) -> list[PamelaCall]:
        return [call for call in self._calls.by_id.values() if call.live.is_over]


def _began_in(call: PamelaCall, period: str) -> bool:
    return call.live.started_at is not None and period_of(call.live.started_at) == period


def period_of(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m")
