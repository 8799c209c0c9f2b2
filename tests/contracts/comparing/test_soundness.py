from __future__ import annotations

import pytest
from tests.contracts.comparing import soundness


@pytest.mark.parametrize("block", range(10))
def test_silence_agrees_with_validation(block: int) -> None:
    """If the engine does not warn, no value of one schema is refused by the other."""
    found = [
        item
        for seed in range(block * 60, block * 60 + 60)
        for item in soundness.disagreements(seed)
    ]
    assert not [item for item in found if not item.reason]
