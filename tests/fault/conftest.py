from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.fault.harness import HostileProcess

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="session")
def hostile() -> Iterator[HostileProcess]:
    with HostileProcess() as server:
        yield server
