"""The Celery application of the workers: ``celery -A trunkline.campaigns.worker worker``.

PostgreSQL is the queue. A message only says that a row is due: one that is lost or delivered twice
changes nothing, because the feeder sends another one, and the ledger dials a key once.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any, Final

from trunkline.campaigns.errors import CampaignError
from trunkline.campaigns.libraries import library
from trunkline.campaigns.working import Worker

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

__all__ = ["app", "make_app", "ringer"]

_TASK: Final = "trunkline.campaigns.dial"
#: Seconds: the deadline of a call is 60, and a task ends when its call was accepted.
_SOFT, _HARD = 90, 110
_SETTINGS: Final = {
    "task_acks_late": True,
    "task_reject_on_worker_lost": True,
    "task_ignore_result": True,
    "task_soft_time_limit": _SOFT,
    "task_time_limit": _HARD,
    "worker_prefetch_multiplier": 1,
    "worker_soft_shutdown_timeout": _SOFT,
    "broker_connection_retry_on_startup": True,
    "broker_connection_max_retries": None,
}
#: Kills count as deliveries: RabbitMQ 4 drops a message after 20 of them by default.
_QUORUM: Final = {"x-queue-type": "quorum", "x-delivery-limit": 1000}
#: Redis redelivers a killed worker's messages after this time, RabbitMQ at once.
_REDIS: Final = {
    "visibility_timeout": 2 * _HARD,
    "unacked_restore_interval": 5,
    "unacked_restore_throttle": 1,
}
_workers: Final[dict[int, Worker]] = {}


def make_app(broker: str, queue: str) -> Any:
    """Return the Celery application of a broker and a queue.

    Args:
        broker: ``amqp://`` for RabbitMQ, or ``redis://``.
        queue: the queue's name; on RabbitMQ it is a quorum queue.

    Raises:
        ConfigurationError: Celery is not installed.
    """
    made: Any = library("celery", "campaigns", "campaigns").Celery("trunkline.campaigns")
    is_redis = broker.startswith("redis")
    arguments = None if is_redis else _QUORUM
    queues = [library("kombu", "campaigns", "campaigns").Queue(queue, queue_arguments=arguments)]
    made.conf.update(_SETTINGS, broker_url=broker, task_default_queue=queue, task_queues=queues)
    made.conf.broker_transport_options = _REDIS if is_redis else {"confirm_publish": True}
    made.task(_dial, name=_TASK)
    return made


def ringer(app: Any) -> Callable[[str, Sequence[int]], None]:
    """Return a function that notifies an application's workers of due rows."""
    failures = library("kombu.exceptions", "campaigns", "campaigns")

    def ring(name: str, lines: Sequence[int]) -> None:
        try:
            for line in lines:
                app.send_task(_TASK, (name, line))
        except (failures.KombuError, OSError) as error:
            raise CampaignError(
                f"the broker failed ({type(error).__name__}): check TRUNKLINE_BROKER and the server"
            ) from None

    return ring


def _dial(name: str, line: int) -> None:
    worker = _workers.get(os.getpid())
    if worker is None:  # each process of a pool has its own connections
        worker = _workers[os.getpid()] = Worker.from_environment()
    worker.dial(name, line)


app: Final = make_app(
    os.environ.get("TRUNKLINE_BROKER", "amqp://guest:guest@localhost:5672//"),
    os.environ.get("TRUNKLINE_QUEUE", "trunkline.campaigns"),
)
