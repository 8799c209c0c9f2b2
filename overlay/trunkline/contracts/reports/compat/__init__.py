"""The report in the ids of another tool, so that both can be compared side by side."""

from .output import render

__all__ = ["render"]
