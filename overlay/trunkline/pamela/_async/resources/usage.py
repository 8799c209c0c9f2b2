# Derived from pamela/_async/usage.py by `make generate`; do not edit.
"""The resources of the module of the same name, with ``with_raw_response``."""

from __future__ import annotations

from trunkline._engine.client.raw_response import async_raw
from trunkline.pamela._async import usage


class AsyncUsage(usage.AsyncUsage):
    """Calls and minutes of a calendar month."""

    __slots__ = ()

    @property
    def with_raw_response(self) -> AsyncUsageRaw:
        """The same methods, returning the response beside the result.

        A method that sends several requests returns the last response; that of a download has
        no content, because the content is in the file.
        """
        return AsyncUsageRaw(self)


class AsyncUsageRaw:
    """:class:`AsyncUsage` with the response beside each result."""

    def __init__(self, resource: usage.AsyncUsage) -> None:
        self.get = async_raw(resource.get)
