"""Finds the lines of a consumer's code that a contract change breaks."""

from trunkline.contracts.impact.analysis import analyse

__all__ = ["analyse"]
