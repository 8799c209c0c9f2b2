# Derived from pamela/_async/resources/usage.py by `make generate`; do not edit.
"""The resources of the module of the same name, with ``with_raw_response``."""

from __future__ import annotations

from trunkline._engine.client.raw_response import sync_raw
from trunkline.pamela._sync import usage


class Usage(usage.Usage):
    """Calls and minutes of a calendar month."""

    __slots__ = ()

    @property
    def with_raw_response(self) -> UsageRaw:
        """The same methods, returning the response beside the result.

        A method that sends several requests returns the last response; that of a download has
        no content, because the content is in the file.
        """
        return UsageRaw(self)


class UsageRaw:
    """:class:`Usage` with the response beside each result."""

    def __init__(self, resource: usage.Usage) -> None:
        self.get = sync_raw(resource.get)
