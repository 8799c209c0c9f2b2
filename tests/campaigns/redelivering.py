"""The workers' application on a Redis that redelivers tasks that take longer than a second."""

from __future__ import annotations

from typing import Final

import redis
from celery.signals import task_prerun

from trunkline.campaigns.worker import app

#: How often a task has started, a number in the broker's Redis.
BEGUN: Final = "begun"

app.conf.broker_transport_options = {
    "visibility_timeout": 1,
    "unacked_restore_interval": 1,
    "unacked_restore_throttle": 1,
}


@task_prerun.connect
def count(**_: object) -> None:
    with redis.Redis.from_url(app.conf.broker_url) as client:
        client.incr(BEGUN)
