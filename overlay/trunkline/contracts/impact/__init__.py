"""Which lines of a consumer's code a change of a contract breaks."""

from trunkline.contracts.impact.analysis import analyse

__all__ = ["analyse"]
