"""Ids in each vendor's style, drawn from a seed, so that a run can be repeated."""

from __future__ import annotations

import random
from uuid import UUID

__all__ = ["Ids"]

_CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


class Ids:
    """A source of ids.

    Args:
        seed: the same number gives the same ids in the same order.
    """

    def __init__(self, seed: int) -> None:
        # Ids of a test server: reproducible matters, secrecy does not.
        self._random = random.Random(seed)  # noqa: S311

    def hex(self, digits: int) -> str:
        """So many lower-case hexadecimal digits."""
        return f"{self._random.getrandbits(4 * digits):0{digits}x}"

    def make(self, prefix: str) -> str:
        """A prefix and 16 hexadecimal digits, such as ``call_0f3c…``."""
        return f"{prefix}_{self.hex(16)}"

    def uuid(self) -> str:
        """A random (version 4) UUID."""
        return str(UUID(int=self._random.getrandbits(128), version=4))

    def ulid(self, prefix: str) -> str:
        """A prefix and 26 characters of the ULID alphabet."""
        return f"{prefix}_{''.join(self._random.choices(_CROCKFORD, k=26))}"
