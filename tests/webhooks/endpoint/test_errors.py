import copy
import pickle
import traceback

import pytest
from tests.webhooks.deliveries import SECRET, encode, signed

from trunkline.errors import ConfigurationError, TrunklineError
from trunkline.webhooks import (
    PamelaWebhook,
    Reason,
    ReplayStoreError,
    SharedSecret,
    TwilioSignature,
    WebhookVerificationError,
)
from trunkline.webhooks.headers import all_values, one_value, required_value


@pytest.mark.parametrize("reason", Reason)
def test_error_pickles_and_copies(reason: Reason) -> None:
    """Reason, message and text survive pickling."""
    error = WebhookVerificationError(reason, "say what to do")
    for twin in (pickle.loads(pickle.dumps(error)), copy.deepcopy(error)):
        assert isinstance(twin, WebhookVerificationError)
        assert (twin.reason, twin.message, str(twin)) == (reason, error.message, str(error))
    assert isinstance(error, TrunklineError)
    assert isinstance(error, ValueError)
    assert str(error) == f"{reason.value}: say what to do"


def test_reasons_are_closed_and_are_their_text() -> None:
    """A reason equals its wire name; there are no others."""
    assert Reason("bad_signature") is Reason.BAD_SIGNATURE
    assert {reason.value for reason in Reason} == {
        "empty_secret",
        "body_not_bytes",
        "body_too_large",
        "missing_header",
        "malformed_header",
        "bad_signature",
        "foreign_network",
        "too_old",
        "too_new",
        "bad_timestamp",
        "undecodable_body",
        "malformed_event",
        "unknown_event",
        "replayed",
    }
    with pytest.raises(ValueError, match="surprise"):
        WebhookVerificationError("surprise", "")  # type: ignore[arg-type]  # untyped callers exist


def test_error_shows_neither_secret_nor_body_nor_signature() -> None:
    """A printed traceback of a refusal contains nothing of the input."""
    body = encode({"event": "call.completed", "pin": "4711-pin"})
    signature = signed(body)["X-Pamela-Signature"]
    webhook = PamelaWebhook(SECRET)
    for bad_body, header in (
        (body, {"X-Pamela-Signature": signature[::-1]}),
        (body, {"X-Pamela-Signature": signature.upper()}),
        (body, signed(body)),
        (b"4711-pin{", signed(b"4711-pin{")),
    ):
        with pytest.raises(WebhookVerificationError) as caught:
            webhook.unwrap(bad_body, header)
        shown = "".join(traceback.format_exception(caught.value)) + repr(caught.value)
        for hidden in (SECRET, "4711-pin", signature, signature[::-1], signature.upper()):
            assert hidden not in shown


@pytest.mark.parametrize(
    "holder", [PamelaWebhook(SECRET), TwilioSignature(SECRET), SharedSecret("X", SECRET)]
)
def test_holders_of_secrets_show_and_pickle_none(holder: object) -> None:
    """The repr has the number of secrets; pickling is refused with the remedy."""
    assert SECRET not in repr(holder)
    assert "1 hidden" in repr(holder)
    with pytest.raises(ConfigurationError, match="build it in each process"):
        pickle.dumps(holder)


def test_store_error_is_no_verification_error() -> None:
    """A store that is down says nothing about the delivery."""
    assert not issubclass(ReplayStoreError, WebhookVerificationError)
    assert issubclass(ReplayStoreError, TrunklineError)


@pytest.mark.parametrize(
    "headers",
    [
        {"X-Sig": "v"},
        {"x-sig": "v"},
        {"X-SIG": "v", "Other": "w"},
        [("X-Sig", "v")],
        [(b"x-sig", b"v"), (b"\xff\xfe", b"\xff")],
        (("X-Sig", "v"), ("x-sig", "v")),
        {"X-Sig": b"v"},
        {b"X-Sig": b"v"},
    ],
    ids=repr,
)
def test_header_is_found_in_any_form(headers: object) -> None:
    """Mappings, pairs, text and bytes in any case; the same value twice is one value."""
    assert required_value(headers, "X-Sig") == "v"  # type: ignore[arg-type]  # wider than the type


@pytest.mark.parametrize(
    "headers",
    [
        None,
        7,
        "text",
        b"bytes",
        [1],
        [("a",)],
        [("a", "b", "c")],
        {1: "v"},
        [[None, "v"]],
        pytest.param(object(), id="an object"),
    ],
    ids=repr,
)
def test_what_are_no_headers_is_refused(headers: object) -> None:
    """Invalid headers of any type end in our error."""
    with pytest.raises(WebhookVerificationError) as caught:
        one_value(headers, "X-Sig")  # type: ignore[arg-type]  # wrong on purpose
    assert caught.value.reason is Reason.MALFORMED_HEADER
    assert caught.value.__context__ is None


@pytest.mark.parametrize("value", [7, ["v"], {"v": 1}, 1.5])
def test_header_value_that_is_no_text_is_refused(value: object) -> None:
    """A list of values, which some gateways pass, is refused without guessing."""
    with pytest.raises(WebhookVerificationError, match="not text"):
        one_value({"X-Sig": value}, "X-Sig")  # type: ignore[arg-type]  # wrong on purpose


def test_absent_header_is_none_and_two_values_are_refused() -> None:
    """A header with the value None counts as absent; conflicting values are refused."""
    assert one_value({"X-Sig": None, "Other": "v"}, "X-Sig") is None  # type: ignore[arg-type]  # seen in the wild
    with pytest.raises(WebhookVerificationError, match="no X-Sig header"):
        required_value({}, "X-Sig")
    with pytest.raises(WebhookVerificationError, match="more than once"):
        one_value([("X-Sig", "v"), ("X-Sig", "w")], "X-Sig")
    assert all_values([("A", "1"), ("a", "2")], "A") == ["1", "2"]
