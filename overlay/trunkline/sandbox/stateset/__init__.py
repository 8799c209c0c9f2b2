"""StateSet Voice in the sandbox."""

from trunkline.sandbox.stateset.room import StateSetRoom

__all__ = ["StateSetRoom"]
