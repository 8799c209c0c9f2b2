"""A consumer's own tests."""

import pytest

from trunkline import Pamela


@pytest.fixture
def pamela():
    with Pamela("key", base_url="http://localhost:8400") as client:
        yield client


def test_create(pamela):
    call = pamela.calls.create(to="+15550001000", task="Test.", country="US")  # hit: country, consent
    assert pamela.calls.get(call.id).summary is None  # hit: summary


def test_cancel(pamela):
    call = pamela.calls.create(to="+15550001000", task="Test.")  # hit: consent
    pamela.calls.cancel(call.id)  # hit: cancel_call


def test_unknown(monkeypatch, recorder):
    recorder.calls.create(to="x", country="y")  # maybe: country
    assert recorder.last.summary == ""  # maybe: summary
