"""How long to wait and when to stop, without a network."""

from __future__ import annotations

import logging
from typing import Any

import pytest
from tests.engine.error_scenarios import judged
from tests.engine.support import (
    PROVIDER,
    Clock,
    build_request,
    failure,
    make_context,
    make_request,
    next_delay,
    response,
)

from trunkline import errors
from trunkline._engine.provider import RetryRule
from trunkline._engine.transport.failures import TransportError


def test_a_wait_comes_back_as_seconds() -> None:
    """next_delay returns how long to wait before the next attempt."""
    clock = Clock(draw=0.0)
    context = make_context(clock)
    assert next_delay(context, make_request(context), response(429, retry_after="7")) == 7.0
    assert next_delay(context, make_request(context), response(500)) == 0.0
    assert next_delay(context, make_request(context), TransportError("cut", sent=True)) == 0.0


def test_the_wanted_wait_is_in_the_error() -> None:
    """A queue can reschedule a call that this client does not wait for."""
    error = judged(make_context(max_wait=60), response(429, retry_after="1000000"))
    assert error.retry_after == 1e6
    assert error.attempts == 1


def test_what_would_end_the_same_way_is_not_repeated() -> None:
    """After an untrusted certificate or an oversized body there is no second attempt."""
    error = judged(make_context(), TransportError("untrusted", sent=False, permanent=True))
    assert error.attempts == 1


def test_the_budget_ends_retries_of_an_outage() -> None:
    """Ten retries in ten seconds, then a failure is final; one with Retry-After is not counted."""
    clock = Clock()
    context = make_context(clock, max_retries=100)
    for _ in range(10):
        assert next_delay(context, make_request(context), response(500)) == 0.0
    with pytest.raises(errors.ServerError):
        next_delay(context, make_request(context), response(500))
    assert next_delay(context, make_request(context), response(503, retry_after="1")) == 1.0
    clock.now += 10
    assert next_delay(context, make_request(context), response(500)) == 0.0


def test_an_operation_s_own_rule_comes_first() -> None:
    """A rule of the provider's data replaces the method's."""
    strict = RetryRule(idempotent=False, evidence="the vendor's page")
    context = make_context().replace(provider=_with_rules({"some_call": strict}))
    assert make_request(context, "GET").retry_rule is strict
    assert build_request(context, "GET", "/x").retry_rule.idempotent


def _with_rules(retry_rules: dict[str, RetryRule]) -> Any:
    return PROVIDER._replace(retry_rules=retry_rules)


def test_logs_hold_only_what_is_on_the_list(caplog: pytest.LogCaptureFixture) -> None:
    """Method, path template, attempt, result and time: no key, query, number, header or body."""
    context = make_context(headers={"X-Token": "hidden-word"})
    with caplog.at_level(logging.DEBUG):
        request = build_request(
            context, "POST", "/calls?to=%2B15555550123", json={"to": "+15555550123"}
        )
        request.attempts = 1
        failure(
            lambda: next_delay(
                context, request, response(401, b'{"message": "+15555550123"}', x="hidden")
            )
        )
        next_delay(context, request, response(200, b'{"transcript": "hello"}'))
        failure(
            lambda: next_delay(context, request, TransportError("the server broke off", sent=True))
        )
    assert [record.name for record in caplog.records] == ["trunkline.acme"] * 3
    lines = [record.getMessage() for record in caplog.records]
    assert lines == [
        "POST /calls attempt=1 result=401 elapsed=0.000",
        "POST /calls attempt=1 result=200 elapsed=0.000",
        "POST /calls attempt=1 result=the server broke off elapsed=0.000",
    ]
