"""What a ledger does when a key's call is unknown, was not placed, or is being sent."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from trunkline.errors import ConfigurationError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

__all__ = ["LedgerSettings", "OnAbsent", "OnInFlight", "OnUnknown", "RedialAfter", "redial_after"]


@dataclass(frozen=True, slots=True)
class RedialAfter:
    """Dial again once a call has been unknown for this long; made by :func:`redial_after`."""

    seconds: float


def redial_after(seconds: float) -> RedialAfter:
    """Return the setting ``on_unknown=redial_after(seconds)``.

    It gives up the guarantee of one call: if the first was placed after all, there are two, and
    ``Ledger.status()`` counts them.

    Raises:
        ConfigurationError: it is not a number above 0.
    """
    if _is_number(seconds) and seconds > 0:
        return RedialAfter(float(seconds))
    raise ConfigurationError(f"redial_after needs a number of seconds above 0, not {seconds!r}")


OnUnknown: TypeAlias = "Literal['raise', 'reconcile'] | RedialAfter"
OnAbsent: TypeAlias = Literal["raise", "redial"]
OnInFlight: TypeAlias = Literal["raise", "wait"]


@dataclass(frozen=True, slots=True)
class LedgerSettings:
    """The settings of a ledger.

    Attributes:
        account: separates this account's keys from another's at the same provider; None for the
            server and the public prefix of the API key.
        on_unknown: ``raise`` a CallUnknownError; ``reconcile`` first, which reads the provider's
            list; or ``redial_after(seconds)``.
        on_absent: ``raise`` a CallNotPlacedError; or ``redial`` when absence was proven.
        on_in_flight: ``raise`` a KeyInFlightError; or ``wait`` until the other caller is done.
        quiet: seconds that a call must have been unknown before its absence in a provider's list
            counts; None for the provider's own: 185 for Pamela, 7325 for StateSet.
        exclusive_account: whether nothing else dials with this account: only then may the number
            of calls in StateSet's logs count as evidence of presence.
        keep_keys: whether the caller's keys are stored in clear text beside their digests.
        on_event: called for metrics with a word and facts (``provider``, ``attempt``, ``digest``):
            ``claimed``, then ``accepted`` or ``failed``; ``found`` or ``absent`` by the provider's
            list; ``resolved`` by a person. What it raises is logged.
    """

    account: str | None = None
    on_unknown: OnUnknown = "raise"
    on_absent: OnAbsent = "raise"
    on_in_flight: OnInFlight = "raise"
    quiet: float | None = None
    exclusive_account: bool = False
    keep_keys: bool = False
    on_event: Callable[[str, Mapping[str, Any]], None] | None = None

    def __post_init__(self) -> None:
        """Refuse unknown words now, not at the first lost call."""
        if not isinstance(self.on_unknown, RedialAfter):
            _require("on_unknown", self.on_unknown, ("raise", "reconcile"))
        _require("on_absent", self.on_absent, ("raise", "redial"))
        _require("on_in_flight", self.on_in_flight, ("raise", "wait"))
        for name in ("exclusive_account", "keep_keys"):
            _require(name, getattr(self, name), (True, False))
        quiet, account, hook = self.quiet, self.account, self.on_event
        if quiet is not None and not (_is_number(quiet) and quiet > 0):
            raise ConfigurationError(f"quiet must be seconds above 0, not {quiet!r:.40}")
        if account is not None and (not isinstance(account, str) or not account or "|" in account):
            raise ConfigurationError("account must be a non-empty text without '|'")
        if hook is not None and not callable(hook):
            raise ConfigurationError(f"on_event must be a function, not {type(hook).__name__}")


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _require(name: str, value: object, known: tuple[object, ...]) -> None:
    if value not in known:
        more = ", or redial_after(seconds)" if name == "on_unknown" else ""
        words = " or ".join(map(str, known))
        raise ConfigurationError(f"{name} must be {words}{more}; got {value!r:.40}")
