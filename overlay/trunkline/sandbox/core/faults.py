"""Faults on demand: their kinds, and which request gets the next one."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Literal, get_args

from trunkline.errors import ConfigurationError
from trunkline.sandbox.merge import merged

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Fault", "FaultKind", "FaultPlan", "RetryAfterForm", "fault_from_json"]

FaultKind = Literal[
    "status",
    "rate_limit",
    "latency",
    "slow_body",
    "reset",
    "close",
    "truncated",
    "malformed_json",
    "html",
    "empty",
    "wrong_enum",
    "extra_fields",
    "gzip_garbage",
    "duplicate_page",
    "stuck_offset",
]
RetryAfterForm = Literal[
    "seconds",
    "float",
    "http_date",
    "details",
    "reset_epoch",
    "reset_delta",
    "negative",
    "huge",
    "text",
    "none",
]

#: By default these prevent the handling of the request; all others change its response.
BEFORE = frozenset({"status", "rate_limit", "reset", "close", "latency"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One planned fault.

    Attributes:
        kind: what goes wrong; docs/sandbox.md describes each.
        provider: only for this provider (``pamela``, ``whispey``, ``whispey_ingest``, ``stateset``,
            ``phone_ai``), None for any.
        operation: only for this operationId, None for any.
        when: ``before`` or ``after`` the request is handled; None for the kind's default.
        times: how many requests get it.
        skip: how many matching requests pass without it first.
        status: HTTP status for ``status`` (503 unless given) and for ``html``, ``empty``,
            ``malformed_json`` and ``gzip_garbage`` (the response's own unless given).
        body: body of ``status``: JSON, or a text that is sent as it is; None for the provider's
            own error shape.
        headers: further headers of the response.
        seconds: real seconds of ``latency`` and between the pieces of ``slow_body``; the wait that
            ``rate_limit`` requests.
        after_bytes: bytes of the response (head included) before ``reset``, ``close`` or
            ``truncated`` cut it; 0 sends nothing.
        chunk_bytes: size of the pieces of ``slow_body``.
        form: how ``rate_limit`` sends the wait.
        field: name of the member that ``wrong_enum`` changes, at any depth.
        value: the value that it gets.
    """

    kind: FaultKind
    provider: str | None = None
    operation: str | None = None
    when: Literal["before", "after"] | None = None
    times: int = 1
    skip: int = 0
    status: int | None = None
    body: dict[str, Any] | list[Any] | str | None = None
    headers: dict[str, str] = field(default_factory=dict[str, str])
    seconds: float = 1.0
    after_bytes: int = 0
    chunk_bytes: int = 16
    form: RetryAfterForm = "seconds"
    field: str = "status"
    value: str = "sandbox_unheard_of"

    @property
    def delays_handling(self) -> bool:
        return self.kind == "latency" and self._is_before

    @property
    def prevents_handling(self) -> bool:
        return self.kind != "latency" and self._is_before

    @property
    def _is_before(self) -> bool:
        return self.kind in BEFORE if self.when is None else self.when == "before"

    def matches(self, provider: str, operation_id: str | None) -> bool:
        return self.provider in {None, provider} and self.operation in {None, operation_id}


def fault_from_json(values: Mapping[str, Any]) -> Fault:
    """Build a fault; raises ConfigurationError naming the unusable value."""
    if values.get("kind") not in get_args(FaultKind):
        known = ", ".join(get_args(FaultKind))
        raise ConfigurationError(f"fault.kind is {values.get('kind')!r}: give one of {known}")
    fault = merged(Fault(kind="status"), values, "fault")
    if fault.status is not None and not 200 <= fault.status <= 999:
        raise ConfigurationError(f"fault.status is {fault.status}: give one from 200 to 999")
    return fault


class FaultPlan:
    """Planned faults; each request takes the first that matches it."""

    def __init__(self) -> None:
        self.planned: list[Fault] = []

    def add(self, fault: Fault) -> None:
        self.planned.append(fault)

    def take(self, provider: str, operation_id: str | None) -> Fault | None:
        for index, fault in enumerate(self.planned):
            if fault.matches(provider, operation_id):
                return self._used(index, fault)
        return None

    def _used(self, index: int, fault: Fault) -> Fault | None:
        if fault.skip > 0:
            self.planned[index] = replace(fault, skip=fault.skip - 1)
            return None
        if fault.times > 1:
            self.planned[index] = replace(fault, times=fault.times - 1)
        else:
            del self.planned[index]
        return fault
