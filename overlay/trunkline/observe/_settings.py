"""The arguments of an observer, checked."""

from __future__ import annotations

import logging
import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, TypeAlias, cast

from trunkline._engine.options import positive
from trunkline.errors import ConfigurationError, InvalidArgumentError
from trunkline.observe._hub import Hub, hub_for
from trunkline.observe._recording.bounds import MAX_RECORD_BYTES
from trunkline.observe._recording.prices import DEFAULT_PRICES
from trunkline.observe._recording.redaction import CAPTURES
from trunkline.observe._storage.folder import state_folder

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from trunkline.observe._recording.prices import Price

    Redact: TypeAlias = Callable[[str, str], str]
    from trunkline.observe._sending.destinations import Destination

__all__ = ["ObserverSettings"]

_log: Final = logging.getLogger("trunkline.observe")

_POLICIES: Final = ("at_most_once", "at_least_once")
_DURABILITIES: Final = ("normal", "full")
#: Variables of the published packages that have no meaning here.
_FOREIGN: Final = (
    "WHISPEY_OUTBOX_PATH",
    "WHISPEY_USE_S3",
    "WHISPEY_S3_AUTO_TRIGGER",
    "OBSERA_API_KEY",
    "PYPE_API_KEY",
)


@dataclass(frozen=True, slots=True)
class ObserverSettings:
    """The checked arguments of an observer; :class:`SessionObserver` documents them."""

    agent_id: str
    destinations: tuple[Destination, ...]
    capture: str
    redact: Callable[[str, str], str] | None
    folder: str | None
    window: float
    full: bool
    delivery: str
    call_started: bool
    recover: bool
    export_deadline: float
    prices: Mapping[tuple[str, str], Price]
    max_record_bytes: int

    def hub(self) -> Hub:
        """Return the hub that the observers of this process share."""
        return hub_for(self.folder, self.window, full=self.full)

    @classmethod
    def checked(cls, **given: Any) -> ObserverSettings:
        """Return settings from the arguments of an observer.

        Raises:
            ConfigurationError: there is no key, or a URL or path is not usable.
            InvalidArgumentError: an argument is not usable.
        """
        agent_id = given["agent_id"]
        if not isinstance(agent_id, str) or not agent_id or not agent_id.isprintable():
            raise InvalidArgumentError("agent_id must be the agent's id on the server, a text")
        if given["redact"] is not None and not callable(given["redact"]):
            raise InvalidArgumentError("redact must be a function of a kind and a text")
        _warn_of_foreign_variables()
        limit = given["max_record_bytes"]
        return cls(
            agent_id=agent_id,
            destinations=_destinations(given),
            capture=_one_of("capture", given["capture"], CAPTURES),
            redact=cast("Redact | None", given["redact"]),
            folder=_folder(given["journal"]),
            window=positive("window", given["window"]),
            full=_one_of("durability", given["durability"], _DURABILITIES) == "full",
            delivery=_one_of("delivery", given["delivery"], _POLICIES),
            call_started=bool(given["call_started"]),
            recover=bool(given["recover"]),
            export_deadline=positive("export_deadline", given["export_deadline"]),
            prices=DEFAULT_PRICES if given["prices"] is None else given["prices"],
            max_record_bytes=(
                MAX_RECORD_BYTES if limit is None else int(positive("max_record_bytes", limit))
            ),
        )


def _destinations(given: Mapping[str, Any]) -> tuple[Destination, ...]:
    chosen = given["destinations"]
    if chosen is None:
        from trunkline.observe._sending.destinations import WhispeyDestination

        return (WhispeyDestination(given["apikey"], given["host_url"]),)
    if given["apikey"] is not None or given["host_url"] is not None:
        raise ConfigurationError(
            "apikey and host_url are Whispey's: with destinations= give them to WhispeyDestination"
        )
    if not chosen:
        raise ConfigurationError("destinations is empty: name one, or leave it out for Whispey")
    return tuple(chosen)


def _folder(journal: Any) -> str | None:
    if journal is False:
        return None
    if journal is True:
        journal = None
    return state_folder(journal)


def _one_of(name: str, value: Any, allowed: tuple[str, ...]) -> str:
    if value not in allowed:
        raise InvalidArgumentError(f"{name} must be {' or '.join(allowed)}, not {value!r:.40}")
    return str(value)


def _warn_of_foreign_variables() -> None:
    for name in _FOREIGN:
        if os.environ.get(name):
            _log.warning("%s has no effect on this observer, see its documentation", name)
