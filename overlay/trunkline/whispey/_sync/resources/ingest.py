# Derived from whispey/_async/resources/ingest.py by `make generate`; do not edit.
"""The resources of the module of the same name, with ``with_raw_response``."""

from __future__ import annotations

from trunkline._engine.client.raw_response import sync_raw
from trunkline.whispey._sync import ingest


class Ingest(ingest.Ingest):
    """Records of calls: one at the start of a call, and a complete one after its end.

    The API is not idempotent: a record that is sent twice makes two rows, and a start that
    arrives after the end leaves a call that is in progress forever. So send the start first. No
    record is repeated here after a timeout or a 5xx.
    """

    __slots__ = ()

    @property
    def with_raw_response(self) -> IngestRaw:
        """The same methods, returning the response beside the result.

        A method that sends several requests returns the last response; that of a download has
        no content, because the content is in the file.
        """
        return IngestRaw(self)


class IngestRaw:
    """:class:`Ingest` with the response beside each result."""

    def __init__(self, resource: ingest.Ingest) -> None:
        self.call_started = sync_raw(resource.call_started)
        self.call_ended = sync_raw(resource.call_ended)
        self.send_compressed = sync_raw(resource.send_compressed)
        self.send = sync_raw(resource.send)
