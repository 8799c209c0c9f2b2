# Derived from whispey/_async/ingest.py by `make generate`; do not edit.
"""The resources of the module of the same name, with ``with_raw_response``."""

from __future__ import annotations

from trunkline._engine.client.raw_response import async_raw
from trunkline.whispey._async import ingest


class AsyncIngest(ingest.AsyncIngest):
    """Records of calls: one at the start of a call, and a complete one after its end.

    The API is not idempotent: a record that is sent twice makes two rows, and a start that
    arrives after the end leaves a call that is in progress forever. So send the start first. No
    record is repeated here after a timeout or a 5xx.
    """

    __slots__ = ()

    @property
    def with_raw_response(self) -> AsyncIngestRaw:
        """The same methods, returning the response beside the result.

        A method that sends several requests returns the last response; that of a download has
        no content, because the content is in the file.
        """
        return AsyncIngestRaw(self)


class AsyncIngestRaw:
    """:class:`AsyncIngest` with the response beside each result."""

    def __init__(self, resource: ingest.AsyncIngest) -> None:
        self.call_started = async_raw(resource.call_started)
        self.call_ended = async_raw(resource.call_ended)
        self.send_compressed = async_raw(resource.send_compressed)
        self.send = async_raw(resource.send)
