# Derived from whispey/_async/resources/analytics.py by `make generate`; do not edit.
"""The resources of the module of the same name, with ``with_raw_response``."""

from __future__ import annotations

from trunkline._engine.client.raw_response import sync_raw
from trunkline.whispey._sync import analytics


class Analytics(analytics.Analytics):
    """Figures over a period. The currency of costs is not documented."""

    __slots__ = ()

    @property
    def with_raw_response(self) -> AnalyticsRaw:
        """The same methods, returning the response beside the result.

        A method that sends several requests returns the last response; that of a download has
        no content, because the content is in the file.
        """
        return AnalyticsRaw(self)


class AnalyticsRaw:
    """:class:`Analytics` with the response beside each result."""

    def __init__(self, resource: analytics.Analytics) -> None:
        self.agent = sync_raw(resource.agent)
        self.costs = sync_raw(resource.costs)
