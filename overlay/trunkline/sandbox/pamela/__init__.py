"""Pamela in the sandbox."""

from trunkline.sandbox.pamela.room import PamelaRoom

__all__ = ["PamelaRoom"]
