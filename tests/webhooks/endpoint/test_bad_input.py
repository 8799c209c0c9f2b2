import random
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from tests.drawing import examples
from tests.webhooks.malformed_inputs import (
    authentic_endings,
    bodies_of_any_kind,
    endings,
    headers_of_any_kind,
    mutated,
    mutated_headers,
)

from trunkline.webhooks import Reason

ENDINGS = {reason.value for reason in Reason} | {"passed"}
# The examples include a huge header on purpose.
thorough = examples(100)


@thorough
@given(body=bodies_of_any_kind, headers=headers_of_any_kind, url=st.text())
def test_whatever_comes_in_only_our_error_comes_out(body: Any, headers: Any, url: str) -> None:
    """Bytes, text, numbers, lists, nothing: each input passes or has one of the fixed reasons."""
    assert set(endings(body, headers, url)) <= ENDINGS


@thorough
@given(body=bodies_of_any_kind.filter(lambda body: isinstance(body, bytes) and len(body) < 2**20))
def test_authentic_garbage_ends_in_our_error_too(body: bytes) -> None:
    """With a valid signature, the content may still be anything."""
    assert set(authentic_endings(body)) <= ENDINGS


@examples(10)
@given(seed=st.integers(0, 2**32))
def test_mutated_deliveries_end_in_our_error(seed: int) -> None:
    """Almost correct deliveries: hundreds of small changes to real ones."""
    chance = random.Random(seed)
    for _ in range(40):
        body, headers = mutated(chance), mutated_headers(chance)
        found = endings(body, headers, headers.get("Host", "")) + authentic_endings(body)
        assert set(found) <= ENDINGS
