"""A Redis that is killed and restarted without its data."""

from __future__ import annotations

import logging
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest
import redis
from tests.engine.rate_limits import FAR, most_in_any
from tests.limits.conftest import MINUTE
from tests.limits.test_shared import HALF_PACE, PACE
from tests.redis_server import RedisProcess

from trunkline.limits import RateLimit, SharedRateLimit

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass
class Fleet:
    """Two processes on a server of their own, with a clock that tests advance."""

    server: RedisProcess
    now: float = 1000.0
    limits: list[SharedRateLimit] = field(default_factory=list)

    def add(self) -> SharedRateLimit:
        limit = SharedRateLimit(self.server.url, [MINUTE], fleet_size=2, clock=lambda: self.now)
        self.limits.append(limit)
        return limit


@pytest.fixture
def fleet() -> Iterator[Fleet]:
    with RedisProcess() as server:
        made = Fleet(server)
        yield made
        for limit in made.limits:
            limit.close()


def test_without_redis_each_process_keeps_its_share(
    fleet: Fleet, caplog: pytest.LogCaptureFixture
) -> None:
    """It starts after the slots that Redis assigned, spaced for half of the budget; one warning."""
    limit = fleet.add()
    shared = [limit.reserve(FAR) for _ in range(10)]
    fleet.server.kill()
    with caplog.at_level(logging.INFO, "trunkline.limits"):
        alone = [limit.reserve(FAR) for _ in range(100)]
    assert not limit.is_shared
    assert alone[0] >= shared[-1] + HALF_PACE
    assert alone[99] - alone[0] == pytest.approx(99 * HALF_PACE)
    assert most_in_any(60, alone) <= 50
    assert [record.levelname for record in caplog.records] == ["WARNING"]
    assert fleet.server.url not in caplog.text


def test_redis_is_asked_again_and_told_what_was_given(fleet: Fleet) -> None:
    """A server that restarted empty assigns no slot that is still in use."""
    one, other = fleet.add(), fleet.add()
    given = [one.reserve(FAR) for _ in range(20)]
    fleet.server.kill()
    alone = other.reserve(FAR)
    fleet.server.start()
    assert other.reserve(FAR) > alone, "a second has not passed: still its own share"
    fleet.now += 1.5
    back = other.reserve(FAR)
    assert other.is_shared
    assert back + 1.5 >= alone + HALF_PACE
    assert one.reserve(FAR) + 1.5 >= given[-1] + PACE


def test_a_redis_that_kept_all_begins_after_the_shares(fleet: Fleet) -> None:
    """It does not know what the processes sent meanwhile: one interval of a share, and a second."""
    limit = fleet.add()
    assert limit.reserve(FAR) >= HALF_PACE + 0.9, "nor does a new one know what was sent before"
    with fleet.server.suspended():
        limit.reserve(FAR)
    with redis.Redis.from_url(fleet.server.url) as client:
        client.set("{trunkline}:place:minute", 0)  # what it knows is outdated
    assert not limit.is_shared
    fleet.now += 4
    assert limit.reserve(FAR) >= HALF_PACE + 0.9
    assert limit.is_shared


def test_a_restart_that_nobody_noticed_forgets_no_place(fleet: Fleet) -> None:
    """Between two requests: the next one sends the empty server what the process knows."""
    limit = fleet.add()
    given = [limit.reserve(FAR) for _ in range(20)]
    fleet.server.kill()
    fleet.server.start()
    assert limit.reserve(FAR) >= given[-1] + PACE
    assert limit.is_shared


def test_a_pause_holds_without_redis(fleet: Fleet) -> None:
    """The process that receives a 429 waits; a slot that it has is void during the pause."""
    limit = fleet.add()
    limit.reserve(FAR)
    fleet.server.kill()
    limit.heed(RateLimit(remaining=0, reset=30))
    assert limit.reserve(FAR) == pytest.approx(30)
    assert limit.confirm(FAR) == pytest.approx(30 + HALF_PACE)
    fleet.now += 31
    assert limit.confirm(FAR) == 0


def test_a_pause_is_heard_when_redis_is_back(fleet: Fleet) -> None:
    """A slot that was void before the outage stays void."""
    one, other = fleet.add(), fleet.add()
    fleet.server.kill()
    one.reserve(FAR)
    fleet.server.start()
    fleet.now += 1.5
    one.reserve(FAR)
    other.heed(RateLimit(remaining=0, reset=30))
    assert one.confirm(FAR) > 25
