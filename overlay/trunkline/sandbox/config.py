"""Every setting of the sandbox, as plain values.

Settings can also be changed while the sandbox runs: ``PATCH /_control/config`` takes a JSON object
with the same names, for instance ``{"pamela": {"subscription_status": "past_due"}}``.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime  # noqa: TC003  # resolved at run time by merged()
from typing import TYPE_CHECKING, Any, Literal

from trunkline.sandbox.merge import merged

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = [
    "CallConfig",
    "DeliveryConfig",
    "PamelaConfig",
    "PhoneAIConfig",
    "SandboxConfig",
    "StateSetConfig",
    "WhispeyConfig",
    "WhispeyIngestConfig",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class CallConfig:
    """How long an ordinary call takes, in virtual seconds.

    Attributes:
        queue_seconds: from queued to ringing (1).
        ring_seconds: from ringing to in progress (2).
        talk_seconds: from in progress to completed (30).
    """

    queue_seconds: float = 1.0
    ring_seconds: float = 2.0
    talk_seconds: float = 30.0


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryConfig:
    """How webhooks are delivered.

    Attributes:
        retry_delays: virtual seconds before each further attempt after a 5xx, 408, 425, 429, a
            timeout or a connection error (1, 2, 4, 8).
        timeout_seconds: real seconds that a receiver may take (5).
        copies: how often each event is sent (1); 2 delivers every event twice on purpose.
        hold: collect this many events and send them in reverse order; 0 (the default) keeps the
            order.
        loopback_only: refuse receivers that are not on this machine (True).
    """

    retry_delays: tuple[float, ...] = (1.0, 2.0, 4.0, 8.0)
    timeout_seconds: float = 5.0
    copies: int = 1
    hold: int = 0
    loopback_only: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class PamelaConfig:
    """Pamela's account, style and limits.

    Attributes:
        api_keys: keys for calls, tools and usage (``pk_test_sandbox``, ``pk_live_sandbox``).
        user_tokens: tokens for the partner operations (``user_token_sandbox``).
        subscription_status: ``active`` (the default), ``past_due``, ``canceled`` or ``none``.
        grace_period_ends_at: end of the grace period of a ``past_due`` subscription; None (the
            default) means a week from the moment the sandbox was started or reset.
        partner_limit: calls a month, None (the default) for unlimited; the next one is a 429 with
            code 6002.
        project_limit: the same for the project.
        webhook_url: where call events go unless the call says otherwise; None (the default) for
            nowhere.
        tool_webhook_url: where tool executions go unless the call says otherwise; None (the
            default) for nowhere.
        webhook_secret: key of ``X-Pamela-Signature`` (``whsec_sandbox``).
        body_style: ``compact`` (the default) sends the signed bytes; ``unsorted`` and ``spaced``
            send other bytes of the same JSON, so that only the canonical form verifies.
        signed_form: ``compact`` (the default) or ``spaced``, the form that is signed.
        error_style: which of the vendor's envelopes errors use: ``detail`` (A, the default),
            ``nested`` (B), ``text`` (C), ``flat`` (D) or ``error`` (E).
        transcript_style: ``entries`` (the default) or ``text``.
        transcript_lag_seconds: virtual seconds from the end of a call to its transcript (0).
        list_lag_seconds: virtual seconds from the creation of a call until the list shows it (0).
        tool_list_style: ``array`` (the default) or ``object``.
        rate_limit: requests per window; None (the default) for no limit, because the vendor
            documents no number.
        rate_window_seconds: length of the window in virtual seconds (60).
        max_duration_seconds: longest talk of a call that names none, in virtual seconds (299).
    """

    api_keys: tuple[str, ...] = ("pk_test_sandbox", "pk_live_sandbox")
    user_tokens: tuple[str, ...] = ("user_token_sandbox",)
    subscription_status: Literal["active", "past_due", "canceled", "none"] = "active"
    grace_period_ends_at: datetime | None = None
    partner_limit: int | None = None
    project_limit: int | None = None
    webhook_url: str | None = None
    tool_webhook_url: str | None = None
    webhook_secret: str = "whsec_sandbox"  # noqa: S105  # documented default, not a secret
    body_style: Literal["compact", "unsorted", "spaced"] = "compact"
    signed_form: Literal["compact", "spaced"] = "compact"
    error_style: Literal["detail", "nested", "text", "flat", "error"] = "detail"
    transcript_style: Literal["entries", "text"] = "entries"
    transcript_lag_seconds: float = 0.0
    list_lag_seconds: float = 0.0
    tool_list_style: Literal["array", "object"] = "array"
    rate_limit: int | None = None
    rate_window_seconds: float = 60.0
    max_duration_seconds: int = 299


@dataclass(frozen=True, slots=True, kw_only=True)
class WhispeyConfig:
    """Whispey's account, seed data and limits.

    Attributes:
        api_keys: accepted bearer keys, also accepted by the ingest API (``pype_sandbox``).
        seed_calls: number of past calls at the start (120).
        seed: seed of the random data (7); the same number gives the same data.
        export_seconds: virtual seconds until an export is complete (5).
        download_base: beginning of ``download_url``; None (the default) for the sandbox's own
            address.
        error_style: ``object`` (documented, the default) or ``string`` (what the vendor's real
            routes send).
        rate_limit: requests per window (1,000,000); the documented number is 1,000.
        rate_window_seconds: length of the window in virtual seconds (3600, as documented).
        reset_style: form of ``X-RateLimit-Reset``: ``epoch`` (the default), or ``delta`` for the
            seconds that are left.
    """

    api_keys: tuple[str, ...] = ("pype_sandbox",)
    seed_calls: int = 120
    seed: int = 7
    export_seconds: float = 5.0
    download_base: str | None = None
    error_style: Literal["object", "string"] = "object"
    rate_limit: int = 1_000_000
    rate_window_seconds: float = 3600.0
    reset_style: Literal["epoch", "delta"] = "epoch"


@dataclass(frozen=True, slots=True, kw_only=True)
class WhispeyIngestConfig:
    """The ingest API.

    Attributes:
        response_style: ``data`` (wrapped, the default) or ``flat``.
        upload_trigger: whether an uploaded record is stored at once (True); otherwise it waits for
            a call log that refers to it.
    """

    response_style: Literal["data", "flat"] = "data"
    upload_trigger: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class StateSetConfig:
    """StateSet's tenant, its outbound events and limits.

    Attributes:
        api_keys: accepted bearer keys (``ssv_sandbox``).
        tenant_id: the tenant in events (``tenant_sandbox``).
        from_number: caller id of a call that names none, and the number that may be called
            (``+15005550190``).
        twilio_auth_token: key of ``X-Twilio-Signature`` (``twilio_sandbox``); None switches the
            check off.
        public_url: URL that Twilio is assumed to have called; None (the default) for the one of
            the request.
        webhook_url: where events go; None (the default) for nowhere.
        envelope: ``data`` (events page, the default) or ``payload`` (webhooks page).
        error_style: ``general`` (error, message, details; the default) or ``short`` (error, ok).
        with_total: whether list responses carry ``total`` (True).
        max_page: largest page in records (100); a greater ``limit`` is clamped and echoed.
        log_lag_seconds: virtual seconds from the creation of a call until the logs show it (0).
        logs_running_calls: whether the logs show a call before it has ended (True); nothing
            documents that they do.
        ip_rate_limit: requests per window and address (1,000,000); the documented number is 60.
        tenant_rate_limit: requests per window and tenant (1,000,000); the documented number is
            1,000.
        rate_window_seconds: length of the window in virtual seconds (60, as documented).
        is_ready: whether the readiness probe succeeds (True).
    """

    api_keys: tuple[str, ...] = ("ssv_sandbox",)
    tenant_id: str = "tenant_sandbox"
    from_number: str = "+15005550190"
    twilio_auth_token: str | None = "twilio_sandbox"  # noqa: S105  # documented default
    public_url: str | None = None
    webhook_url: str | None = None
    envelope: Literal["data", "payload"] = "data"
    error_style: Literal["general", "short"] = "general"
    with_total: bool = True
    max_page: int = 100
    log_lag_seconds: float = 0.0
    logs_running_calls: bool = True
    ip_rate_limit: int = 1_000_000
    tenant_rate_limit: int = 1_000_000
    rate_window_seconds: float = 60.0
    is_ready: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class PhoneAIConfig:
    """Phone.ai's account and limits.

    Attributes:
        api_keys: accepted bearer tokens (``phone_ai_sandbox``).
        webhook_url: where text events go; None (the default) for nowhere.
        rate_limit: requests per window (1,000,000); the documented number is 100.
        rate_window_seconds: length of the window in virtual seconds (60, as documented).
    """

    api_keys: tuple[str, ...] = ("phone_ai_sandbox",)
    webhook_url: str | None = None
    rate_limit: int = 1_000_000
    rate_window_seconds: float = 60.0


@dataclass(frozen=True, slots=True, kw_only=True)
class SandboxConfig:
    """All settings of a sandbox; the defaults are in parentheses.

    Attributes:
        calls: durations of an ordinary call, a `CallConfig`.
        deliveries: webhook deliveries, a `DeliveryConfig`.
        pamela: a `PamelaConfig`.
        whispey: a `WhispeyConfig`.
        whispey_ingest: a `WhispeyIngestConfig`.
        stateset: a `StateSetConfig`.
        phone_ai: a `PhoneAIConfig`.
        max_body_bytes: a request body of more bytes is a 413 (10,485,760, which is 10 MiB).
        max_items: how many calls, deliveries, tools and the like are kept of each kind (10,000);
            the oldest are forgotten first.
        unknown_members: ``note`` (the default) lists members and query parameters that the
            contract does not name in the request log; ``refuse`` makes them an error like any
            other violation of the contract.
        control_hosts: host names, other than loopback names and IP addresses, at which the
            control endpoints may be addressed (none).
        seed: seed of random ids (7); the same number gives the same ids.
    """

    calls: CallConfig = field(default_factory=CallConfig)
    deliveries: DeliveryConfig = field(default_factory=DeliveryConfig)
    pamela: PamelaConfig = field(default_factory=PamelaConfig)
    whispey: WhispeyConfig = field(default_factory=WhispeyConfig)
    whispey_ingest: WhispeyIngestConfig = field(default_factory=WhispeyIngestConfig)
    stateset: StateSetConfig = field(default_factory=StateSetConfig)
    phone_ai: PhoneAIConfig = field(default_factory=PhoneAIConfig)
    max_body_bytes: int = 10 * 1024 * 1024
    max_items: int = 10_000
    unknown_members: Literal["note", "refuse"] = "note"
    control_hosts: tuple[str, ...] = ()
    seed: int = 7

    def changed(self, values: Mapping[str, Any]) -> SandboxConfig:
        """Return a copy with some values replaced.

        Raises:
            ConfigurationError: a name is unknown or a value has the wrong type.
        """
        return merged(self, values)

    def with_documented_limits(self) -> SandboxConfig:
        """Return a copy with the rate limits that the vendors document."""
        return replace(
            self,
            whispey=replace(self.whispey, rate_limit=1000, rate_window_seconds=3600.0),
            stateset=replace(self.stateset, ip_rate_limit=60, tenant_rate_limit=1000),
            phone_ai=replace(self.phone_ai, rate_limit=100, rate_window_seconds=60.0),
        )
