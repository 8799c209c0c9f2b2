"""Whether people can reach everything that the contracts offer; computed, without waivers."""

from __future__ import annotations

from .coverage import check_coverage

__all__ = ["check_coverage"]
