# Derived from whispey/_async/analytics.py by `make generate`; do not edit.
"""The resources of the module of the same name, with ``with_raw_response``."""

from __future__ import annotations

from trunkline._engine.client.raw_response import async_raw
from trunkline.whispey._async import analytics


class AsyncAnalytics(analytics.AsyncAnalytics):
    """Figures over a period. The currency of costs is not documented."""

    __slots__ = ()

    @property
    def with_raw_response(self) -> AsyncAnalyticsRaw:
        """The same methods, returning the response beside the result.

        A method that sends several requests returns the last response; that of a download has
        no content, because the content is in the file.
        """
        return AsyncAnalyticsRaw(self)


class AsyncAnalyticsRaw:
    """:class:`AsyncAnalytics` with the response beside each result."""

    def __init__(self, resource: analytics.AsyncAnalytics) -> None:
        self.agent = async_raw(resource.agent)
        self.costs = async_raw(resource.costs)
