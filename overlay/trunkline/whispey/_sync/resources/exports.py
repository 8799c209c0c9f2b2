# Derived from whispey/_async/resources/exports.py by `make generate`; do not edit.
"""The resources of the module of the same name, with ``with_raw_response``."""

from __future__ import annotations

from trunkline._engine.client.raw_response import sync_raw
from trunkline.whispey._sync import exports


class Exports(exports.Exports):
    """Calls as files. One export runs at a time.

    Methods take an export as its id, or as what :meth:`create` and :meth:`get` return.
    """

    __slots__ = ()

    @property
    def with_raw_response(self) -> ExportsRaw:
        """The same methods, returning the response beside the result.

        A method that sends several requests returns the last response; that of a download has
        no content, because the content is in the file.
        """
        return ExportsRaw(self)


class ExportsRaw:
    """:class:`Exports` with the response beside each result."""

    def __init__(self, resource: exports.Exports) -> None:
        self.create = sync_raw(resource.create)
        self.get = sync_raw(resource.get)
        self.wait = sync_raw(resource.wait)
        self.download = sync_raw(resource.download)
