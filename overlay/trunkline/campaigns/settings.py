"""The settings of a campaign, which are fixed when it starts."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from typing import Any, Final

from trunkline.campaigns.windows import CallingWindow
from trunkline.errors import ConfigurationError

__all__ = ["PROVIDERS", "CampaignSettings"]

#: The APIs that place calls.
PROVIDERS: Final = ("pamela", "stateset_voice", "phone_ai")
_LONGEST: Final = 366 * 86_400.0
_NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}\Z", re.ASCII)


@dataclass(frozen=True, slots=True)
class CampaignSettings:
    """The settings of a campaign; each campaign has its row in the database.

    Attributes:
        name: 1 to 64 letters, digits, dots, dashes and underscores. Row keys belong to it.
        provider: ``pamela``, ``stateset_voice`` or ``phone_ai``.
        window: such as ``09:00-20:00``, the local time at the number; empty for any time.
        days: such as ``1-5``, where 1 is Monday.
        concurrency: how many calls may be queued or running at once.
        retries: how often a row is dialled again after a temporary refusal by the vendor.
        retry_after: seconds until then, where the vendor names none.
        longest_call: seconds after which an accepted call whose end is unknown counts as finished.
    """

    name: str
    provider: str
    window: str = ""
    days: str = "1-7"
    concurrency: int = 20
    retries: int = 2
    retry_after: float = 300.0
    longest_call: float = 7200.0

    def __post_init__(self) -> None:
        """Refuse settings that no worker could apply."""
        if not isinstance(self.name, str) or not _NAME.match(self.name):
            raise ConfigurationError(
                "the name of a campaign has 1 to 64 letters, digits, dots, dashes and underscores"
            )
        if self.provider not in PROVIDERS:
            raise ConfigurationError(f"provider must be one of {', '.join(PROVIDERS)}")
        for name, least in (("concurrency", 1), ("retries", 0)):
            if type(value := getattr(self, name)) is not int or value < least:
                raise ConfigurationError(f"{name} must be a whole number of {least} or more")
        for name in ("retry_after", "longest_call"):
            value = getattr(self, name)
            if type(value) not in {int, float} or not 0 <= value <= _LONGEST:
                raise ConfigurationError(f"{name} must be seconds, from 0 to a year")
        self.calling_window()

    def calling_window(self) -> CallingWindow | None:
        """Return the window, or None for any time."""
        return CallingWindow.parse(self.window, self.days) if self.window else None

    def to_dict(self) -> dict[str, Any]:
        """Return the settings as JSON values."""
        return asdict(self)
