"""Pamela in the sandbox."""

from trunkline.sandbox.providers.pamela.handlers import PamelaProvider

__all__ = ["PamelaProvider"]
