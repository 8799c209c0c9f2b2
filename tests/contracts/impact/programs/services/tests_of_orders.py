from unittest.mock import MagicMock, create_autospec, patch

import pytest

from trunkline import Pamela
from trunkline.pamela import CallStatus, CallStatusResponse


@pytest.fixture
def fake():
    return create_autospec(Pamela, instance=True)


def test_mocked(fake: MagicMock) -> None:
    fake.calls.get.return_value = MagicMock(summary="done")
    assert fake.calls.get("c1").summary == "done"


def test_built() -> None:
    call = CallStatusResponse(id="c1", status=CallStatus.QUEUED, summary="text")  # hit: summary
    assert call.status is CallStatus.QUEUED


def test_patched() -> None:
    with patch.object(Pamela, "close"), Pamela(api_key="k") as pamela:
        assert pamela.calls.create("+1", "Ring.", consent=True).id
        first, *rest = [pamela.calls.get(i) for i in ("a", "b", "c")]
        assert first.summary  # hit: summary
        assert all(each.summary for each in rest)  # hit: summary


@pytest.mark.parametrize("month", ["2026-10"])
def test_usage(month: str) -> None:
    pamela = Pamela(api_key="k")
    usage, call = pamela.usage.get(month), pamela.calls.get("c1")
    assert (usage.api_minutes, call.summary) == (1, "x")  # hit: api_minutes, summary
