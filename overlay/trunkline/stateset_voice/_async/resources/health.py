# Derived from stateset_voice/_async/health.py by `make generate`; do not edit.
"""The resources of the module of the same name, with ``with_raw_response``."""

from __future__ import annotations

from trunkline._engine.client.raw_response import async_raw
from trunkline.stateset_voice._async import health


class AsyncHealth(health.AsyncHealth):
    """Whether the service can take calls."""

    __slots__ = ()

    @property
    def with_raw_response(self) -> AsyncHealthRaw:
        """The same methods, returning the response beside the result.

        A method that sends several requests returns the last response; that of a download has
        no content, because the content is in the file.
        """
        return AsyncHealthRaw(self)


class AsyncHealthRaw:
    """:class:`AsyncHealth` with the response beside each result."""

    def __init__(self, resource: health.AsyncHealth) -> None:
        self.ready = async_raw(resource.ready)
