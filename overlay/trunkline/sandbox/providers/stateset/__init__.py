"""StateSet Voice in the sandbox."""

from trunkline.sandbox.providers.stateset.handlers import StateSetProvider

__all__ = ["StateSetProvider"]
