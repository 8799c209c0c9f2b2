# Derived from whispey/_async/resources/webhooks.py by `make generate`; do not edit.
"""The resources of the module of the same name, with ``with_raw_response``."""

from __future__ import annotations

from trunkline._engine.client.raw_response import sync_raw
from trunkline.whispey._sync import webhooks


class Webhooks(webhooks.Webhooks):
    """Where events are sent."""

    __slots__ = ()

    @property
    def with_raw_response(self) -> WebhooksRaw:
        """The same methods, returning the response beside the result.

        A method that sends several requests returns the last response; that of a download has
        no content, because the content is in the file.
        """
        return WebhooksRaw(self)


class WebhooksRaw:
    """:class:`Webhooks` with the response beside each result."""

    def __init__(self, resource: webhooks.Webhooks) -> None:
        self.create = sync_raw(resource.create)
