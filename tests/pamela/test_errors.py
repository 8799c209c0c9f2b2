"""Pamela's error bodies in every shape, and the errors they become."""

from __future__ import annotations

import copy
import pickle
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.pamela.support import TASK, TO

from trunkline import errors
from trunkline.pamela import ErrorCode
from trunkline.pamela._errors import decode_error, specialise_error

if TYPE_CHECKING:
    from tests.pamela.support import Driver, Plain

    from trunkline.sandbox.server import Sandbox

DETAILS: dict[str, Any] = {"field": "to"}
#: The six shapes that the vendor's package accepts, under its letters.
ENVELOPES: dict[str, Any] = {
    "A": {"detail": {"error_code": 2002, "message": "Bad", "details": DETAILS}},
    "B": {"detail": {"error": {"code": 2002, "message": "Bad", "details": DETAILS}}},
    "C": {"detail": "Bad"},
    "D": {"error_code": 2002, "message": "Bad", "details": DETAILS},
    "E": {"error": {"code": 2002, "message": "Bad", "details": DETAILS}},
    "F": {"detail": [{"loc": ["body", "to"], "msg": "Bad", "type": "missing", "input": "x"}]},
}
ODD: list[tuple[Any, str | None, Any]] = [
    ({"detail": {"error": "text"}}, "text", None),
    ({"detail": {"error": None}}, "", None),
    ({"error": "text", "message": "better"}, "better", None),
    ({"error": "text"}, "text", None),
    ("text", "text", None),
    (None, "", None),
    ([], "", None),
    (7, "", None),
    ({"detail": 7}, "", None),
    ({"detail": {"message": ["a"], "error_code": [1]}}, "", None),
    ({"detail": {"error_code": "7008"}}, "", 7008),
    ({"error": {"code": "slow_down"}}, "", "slow_down"),
    ({"error_code": True}, "", None),
    ({"error_code": "9" * 5000}, "", "9" * 5000),
    ({"detail": [{"msg": "a"}, 5, {"loc": "x", "msg": "b"}, {"loc": [1, None]}]}, "a; b", None),
    ({"detail": [{"loc": ["body", 3], "msg": str(n)} for n in range(7)]}, None, None),
]

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["detail", "error", "message", "details", "error_code", "code", "x"])
            | st.text(),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@pytest.mark.parametrize("letter", "ABDE")
def test_envelopes_with_a_code_are_read_alike(letter: str) -> None:
    """Variants A, B, D and E give message, code and details; E's message is kept."""
    info = decode_error(ENVELOPES[letter])
    assert (info.message, info.code, info.details) == ("Bad", 2002, DETAILS)


def test_a_text_and_a_list_are_read() -> None:
    """Variant C is a message; variant F names each refused field and keeps the list."""
    assert decode_error(ENVELOPES["C"]).message == "Bad"
    info = decode_error(ENVELOPES["F"])
    assert (info.message, info.code) == ("body.to: Bad", None)
    assert info.details == {"errors": ENVELOPES["F"]["detail"]}


@pytest.mark.parametrize(("body", "message", "code"), ODD)
def test_odd_bodies_are_read_as_far_as_they_go(body: Any, message: Any, code: Any) -> None:
    """From a body of unknown shape, the recognisable parts are read."""
    info = decode_error(body)
    assert info.code == code
    if message is None:
        assert info.message == "; ".join(f"body.3: {n}" for n in range(5)) + "; 2 more"
    else:
        assert info.message == message


@given(JSON)
def test_decoding_never_raises(body: Any) -> None:
    """Any JSON from a server decodes to a text, a code and details."""
    info = decode_error(body)
    assert isinstance(info.message, str)
    assert info.code is None or isinstance(info.code, str | int)
    assert isinstance(info.details, dict)


@given(JSON, st.integers(400, 599))
def test_refining_never_raises(body: Any, status: int) -> None:
    """Refining gives the same error, or a SubscriptionError for a 403."""
    info = decode_error(body)
    error = errors.PermissionDeniedError(
        info.message, status=status, code=info.code, details=info.details
    )
    finer = specialise_error(error)
    assert finer is error or (isinstance(finer, errors.SubscriptionError) and status == 403)


@given(st.dictionaries(st.just("grace_period_ends_at"), JSON))
def test_a_grace_period_is_aware_or_nothing(details: Any) -> None:
    """The end of the grace period has a zone, or is None when it cannot be read."""
    finer = specialise_error(
        errors.PermissionDeniedError("", status=403, code=7008, details=details)
    )
    assert isinstance(finer, errors.SubscriptionError)
    ends_at = finer.grace_period_ends_at
    assert ends_at is None or ends_at.tzinfo is not None


@pytest.mark.parametrize(
    ("value", "moment"),
    [
        ("2026-06-08T12:00:00", datetime(2026, 6, 8, 12, tzinfo=UTC)),
        ("2026-06-08T14:00:00+02:00", datetime(2026, 6, 8, 12, tzinfo=UTC)),
        ("2026-06-08", datetime(2026, 6, 8, tzinfo=UTC)),
        ("soon", None),
        ("", None),
        (1780920000, None),
        (None, None),
    ],
)
def test_the_end_of_the_grace_period_is_read(value: Any, moment: datetime | None) -> None:
    """A time without a zone is UTC, and text that is not ISO 8601 is None."""
    error = forbidden("", 7008, grace_period_ends_at=value)
    assert isinstance(error, errors.SubscriptionError)
    assert error.grace_period_ends_at == moment


def forbidden(message: str, code: Any = None, **details: Any) -> errors.APIStatusError:
    return specialise_error(
        errors.PermissionDeniedError(message, status=403, code=code, details=details, attempts=1)
    )


@pytest.mark.parametrize(
    "error",
    [
        forbidden("", 1005),
        forbidden("", 7008),
        forbidden("Subscription inactive"),
        forbidden("Please SUBSCRIBE first", 1006),
        forbidden("The grace period is over"),
        forbidden("no", subscription_status="canceled"),
        forbidden("no", grace_period_ends_at=None),
    ],
)
def test_a_403_about_the_subscription(error: errors.APIStatusError) -> None:
    """The two codes, and any 403 that mentions the subscription, are SubscriptionErrors."""
    assert type(error) is errors.SubscriptionError
    assert isinstance(error, errors.PermissionDeniedError)
    assert error.attempts == 1


@pytest.mark.parametrize(
    "error", [forbidden("Forbidden"), forbidden("", 1004), forbidden("Blocked", reason="waf")]
)
def test_another_403_stays_what_it_is(error: errors.APIStatusError) -> None:
    """A 403 that does not mention a subscription cannot be fixed by paying."""
    assert type(error) is errors.PermissionDeniedError


@pytest.mark.parametrize("style", ["detail", "nested", "flat", "error"])
def test_an_expired_subscription_says_when_grace_ended(
    sandbox: Sandbox, pamela: Driver, style: str
) -> None:
    """In each envelope the 403 becomes a SubscriptionError with an aware grace end."""
    sandbox.control.configure(
        pamela={
            "error_style": style,
            "subscription_status": "past_due",
            "grace_period_ends_at": "2026-06-01T00:00:00Z",
        }
    )
    with pytest.raises(errors.SubscriptionError) as caught:
        pamela(lambda client: client.calls.create(to=TO, task=TASK, key="order-1"))
    error = caught.value
    assert error.grace_period_ends_at == datetime(2026, 6, 1, tzinfo=UTC)
    assert (error.status, error.code, error.key) == (403, ErrorCode.SUBSCRIPTION_EXPIRED, "order-1")
    for twin in (pickle.loads(pickle.dumps(error)), copy.deepcopy(error)):
        assert (str(twin), vars(twin)["grace_period_ends_at"]) == (
            str(error),
            error.grace_period_ends_at,
        )


@pytest.mark.parametrize(
    ("country", "code"),
    [("AQ", ErrorCode.NO_PHONE_NUMBER_FOR_COUNTRY), ("ZZ", ErrorCode.UNSUPPORTED_COUNTRY)],
)
def test_codes_are_kept(pamela: Driver, country: str, code: ErrorCode) -> None:
    """An error has the vendor's code, which equals the enum member for it."""
    with pytest.raises(errors.BadRequestError) as caught:
        pamela(lambda client: client.calls.create(to=TO, task=TASK, country=country))
    assert caught.value.code == code
    assert caught.value.details == {"country": country}


def test_a_field_of_the_wrong_kind_is_a_422(pamela: Driver) -> None:
    """The framework's list becomes an error that names the field."""
    with pytest.raises(errors.UnprocessableEntityError, match=r"body\.country") as caught:
        pamela(lambda client: client.calls.create(to=TO, task=TASK, country="USA"))
    assert caught.value.details["errors"][0]["loc"] == ["body", "country"]


@pytest.mark.parametrize("form", ["seconds", "http_date", "details"])
def test_a_rate_limit_says_when_to_come_back(sandbox: Sandbox, pamela: Driver, form: str) -> None:
    """The error has the wait from the header or the body."""
    sandbox.control.fault("rate_limit", operation="get_usage", form=form, seconds=30)
    with pytest.raises(errors.RateLimitError) as caught:
        pamela(lambda client: client.with_options(max_retries=0).usage.get())
    assert caught.value.retry_after == pytest.approx(30, abs=2)
    assert caught.value.code == ErrorCode.RATE_LIMIT_EXCEEDED


def test_a_quota_is_a_rate_limit_with_its_own_code(sandbox: Sandbox, pamela: Driver) -> None:
    """An exhausted quota is a 429 with code 6002."""
    sandbox.control.configure(pamela={"partner_limit": 0})
    with pytest.raises(errors.RateLimitError) as caught:
        pamela(lambda client: client.calls.create(to=TO, task=TASK))
    assert caught.value.code == ErrorCode.QUOTA_EXCEEDED


@pytest.mark.parametrize(
    ("body", "kind", "text"),
    [
        (b"", "text/plain", "no message"),
        (b"<html>subscription</html>", "text/html", "no message"),
        (b"Blocked by policy", "text/plain", "Blocked by policy"),
        (b"{", "application/json", "no message"),
        (b"\xff\xfe", "application/json", "no message"),
        (b"[" * 100_000, "application/json", "no message"),
    ],
)
def test_bodies_that_are_no_json(
    at_plain: Driver, plain: Plain, body: bytes, kind: str, text: str
) -> None:
    """An empty body, markup or junk still gives the error of the status."""
    plain.response(body, 403, kind)
    with pytest.raises(errors.PermissionDeniedError, match=text) as caught:
        at_plain(lambda client: client.usage.get())
    assert type(caught.value) is errors.PermissionDeniedError


def test_personal_data_stay_out_of_the_text(at_plain: Driver, plain: Plain) -> None:
    """A number or key that the server echoes is masked in the message."""
    plain.response({"detail": "Invalid +15555550123 for pk_live_abcdef"}, 400)
    with pytest.raises(errors.BadRequestError) as caught:
        at_plain(lambda client: client.usage.get())
    assert "5550123" not in str(caught.value)
    assert "abcdef" not in str(caught.value)


def test_the_list_of_codes_is_open() -> None:
    """An undocumented code becomes a member, equals its number, and pickles."""
    assert ErrorCode(7003) is ErrorCode.CALL_NOT_FOUND
    assert ErrorCode.CALL_NOT_FOUND.is_known
    unknown = ErrorCode(7006)
    assert (unknown, unknown.is_known, unknown.name) == (7006, False, "CODE_7006")
    assert pickle.loads(pickle.dumps(unknown)) == unknown
    no_number: Any = "slow"
    with pytest.raises(ValueError, match="slow"):
        ErrorCode(no_number)
