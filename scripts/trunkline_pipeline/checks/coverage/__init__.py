"""Whether people can reach everything that the contracts offer; computed, without waivers."""

from __future__ import annotations

from .coverage import check_coverage
from .extra_arguments import check_extra_arguments

__all__ = ["check_coverage", "check_extra_arguments"]
