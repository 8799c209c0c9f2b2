"""The number of examples per test: few in ``make test``, ten times as many in ``make soak``."""

from __future__ import annotations

from typing import Final

from hypothesis import HealthCheck, settings

#: The default number of examples.
USUAL: Final = 50
SOAKING: Final = 10 * USUAL


def examples(count: int) -> settings:
    """Return settings for so many examples, or more of them in the soak."""
    factor = settings.default.max_examples // USUAL
    return settings(max_examples=count * max(factor, 1), suppress_health_check=list(HealthCheck))
