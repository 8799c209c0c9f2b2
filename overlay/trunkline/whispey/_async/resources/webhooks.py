# Derived from whispey/_async/webhooks.py by `make generate`; do not edit.
"""The resources of the module of the same name, with ``with_raw_response``."""

from __future__ import annotations

from trunkline._engine.client.raw_response import async_raw
from trunkline.whispey._async import webhooks


class AsyncWebhooks(webhooks.AsyncWebhooks):
    """Where events are sent."""

    __slots__ = ()

    @property
    def with_raw_response(self) -> AsyncWebhooksRaw:
        """The same methods, returning the response beside the result.

        A method that sends several requests returns the last response; that of a download has
        no content, because the content is in the file.
        """
        return AsyncWebhooksRaw(self)


class AsyncWebhooksRaw:
    """:class:`AsyncWebhooks` with the response beside each result."""

    def __init__(self, resource: webhooks.AsyncWebhooks) -> None:
        self.create = async_raw(resource.create)
