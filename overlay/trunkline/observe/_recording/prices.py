"""Prices of models, as data; a model without a price has no cost, never a guessed one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = ["DEFAULT_PRICES", "PRICES_DATE", "PRICES_SOURCE", "Price", "cost_of"]

#: Date and source of the table.
PRICES_DATE: Final = "2026-01"
PRICES_SOURCE: Final = "https://openai.com/api/pricing (standard processing)"

_MILLION: Final = 1_000_000
_VERSION: Final = re.compile(r"-\d{4}-\d\d-\d\d$")


@dataclass(frozen=True, slots=True)
class Price:
    """Prices of one model in US dollars; None for what is not charged or not known.

    Attributes:
        input_tokens: per million tokens of input.
        input_cached_tokens: per million of those from a cache; None charges them like others.
        output_tokens: per million tokens of output.
        characters: per million characters of speech.
        audio_minutes: per minute of audio.
    """

    input_tokens: float | None = None
    input_cached_tokens: float | None = None
    output_tokens: float | None = None
    characters: float | None = None
    audio_minutes: float | None = None


#: Text prices by provider and model; speech is left out, because it is sold by plans.
DEFAULT_PRICES: Final[Mapping[tuple[str, str], Price]] = {
    ("openai", "gpt-4o"): Price(2.50, 1.25, 10.00),
    ("openai", "gpt-4o-mini"): Price(0.15, 0.075, 0.60),
    ("openai", "gpt-4.1"): Price(2.00, 0.50, 8.00),
    ("openai", "gpt-4.1-mini"): Price(0.40, 0.10, 1.60),
    ("openai", "gpt-4.1-nano"): Price(0.10, 0.025, 0.40),
}


def cost_of(
    usage: Iterable[Mapping[str, Any]] | None, prices: Mapping[tuple[str, str], Price]
) -> float | None:
    """Return what a usage costs in US dollars; None unless every model in it has a price.

    Args:
        usage: figures by model, as a session has them; None while they are not known.
        prices: prices by provider and model.
    """
    if not usage:
        return None
    parts = [_cost(each, _price(each, prices)) for each in usage]
    known = [part for part in parts if part is not None]
    return round(sum(known), 9) if known and len(known) == len(parts) else None


def _price(used: Mapping[str, Any], prices: Mapping[tuple[str, str], Price]) -> Price | None:
    provider, model = str(used.get("provider")).lower(), str(used.get("model"))
    return prices.get((provider, model)) or prices.get((provider, _VERSION.sub("", model)))


def _cost(used: Mapping[str, Any], price: Price | None) -> float | None:
    if price is None:
        return None
    cached = used.get("input_cached_tokens", 0) if price.input_cached_tokens is not None else 0
    fresh = used.get("input_tokens", 0) - cached
    charged = (
        (fresh, price.input_tokens, _MILLION),
        (cached, price.input_cached_tokens, _MILLION),
        (used.get("output_tokens", 0), price.output_tokens, _MILLION),
        (used.get("characters_count", 0), price.characters, _MILLION),
        (used.get("audio_duration", 0), price.audio_minutes, 60),
    )
    if not any(amount and each for amount, each, _ in charged):
        return None  # what it charges for was not counted
    return float(sum(amount * each / unit for amount, each, unit in charged if each))
