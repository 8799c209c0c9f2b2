"""What a campaign is told once, when it begins."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from typing import Any, Final

from trunkline.campaigns.windows import CallingWindow
from trunkline.errors import ConfigurationError

__all__ = ["PROVIDERS", "CampaignSettings"]

#: The APIs that place calls.
PROVIDERS: Final = ("pamela", "stateset_voice", "phone_ai")
_NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}\Z", re.ASCII)


@dataclass(frozen=True, slots=True)
class CampaignSettings:
    """The choices of a campaign; each has its row in the database.

    Attributes:
        name: 1 to 64 letters, digits, dots, dashes and underscores. Row keys belong to it.
        provider: ``pamela``, ``stateset_voice`` or ``phone_ai``.
        window: such as ``09:00-20:00``, the local time at the number; empty for any time.
        days: such as ``1-5``, where 1 is Monday.
        concurrency: how many calls may be queued or running at once.
        retries: how often a row is dialled again that the vendor refused for the moment.
        retry_after: seconds until then, where the vendor names none.
        longest_call: seconds after which an accepted call that nobody saw end counts as finished.
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
        """Refuse what no worker could follow."""
        if not _NAME.match(self.name):
            raise ConfigurationError(
                "the name of a campaign has 1 to 64 letters, digits, dots, dashes and underscores"
            )
        if self.provider not in PROVIDERS:
            raise ConfigurationError(f"provider must be one of {', '.join(PROVIDERS)}")
        if self.concurrency < 1 or self.retries < 0:
            raise ConfigurationError("concurrency must be above 0, and retries not below")
        if self.retry_after < 0 or self.longest_call <= 0:
            raise ConfigurationError("retry_after and longest_call are seconds above 0")
        self.calling_window()

    def calling_window(self) -> CallingWindow | None:
        """Return the window, or None for any time."""
        return CallingWindow.parse(self.window, self.days) if self.window else None

    def to_dict(self) -> dict[str, Any]:
        """Return the settings as JSON values."""
        return asdict(self)
