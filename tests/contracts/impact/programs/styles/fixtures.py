from __future__ import annotations

from collections.abc import Iterator
from types import SimpleNamespace

import pytest

from trunkline import Pamela
from trunkline.pamela import CallStatusResponse


@pytest.fixture(scope="session")
def pamela() -> Iterator[Pamela]:
    with Pamela(api_key="test") as client:
        yield client


@pytest.fixture(name="call")
def _call(pamela):
    return pamela.calls.create(to="+1", task="Ring.", consent=True)


@pytest.fixture
def dial(pamela):
    def inner(number, **more):
        return pamela.calls.create(to=number, task="Ring.", **more)  # maybe: consent

    return inner


@pytest.fixture(params=["2026-10", "2026-11"])
def usage(request, pamela):
    return pamela.usage.get(request.param)


def test_usage(usage):
    assert usage.call_count >= 0  # hit: call_count


class TestCalls:
    @pytest.fixture(autouse=True)
    def _setup(self, pamela):
        self.calls = pamela.calls

    def test_cancel(self, call):
        self.calls.cancel(call.id)  # hit: cancel_call

    def test_summary(self, call):
        assert self.calls.get(call.id).summary  # hit: summary


def test_namespace(pamela):
    box = SimpleNamespace(client=pamela)
    box.client.calls.cancel("c1")  # hit: cancel_call


def test_unrelated():
    report = SimpleNamespace(summary="text", call_count=1)
    assert report.summary
    assert report.call_count


def check(result: CallStatusResponse) -> bool:
    return bool(result.summary)  # hit: summary


@pytest.mark.parametrize("checked", [check])
def test_checked(pamela, checked):
    assert checked(pamela.calls.get("c1"))
