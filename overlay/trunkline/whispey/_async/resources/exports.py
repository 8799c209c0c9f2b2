# Derived from whispey/_async/exports.py by `make generate`; do not edit.
"""The resources of the module of the same name, with ``with_raw_response``."""

from __future__ import annotations

from trunkline._engine.client.raw_response import async_raw
from trunkline.whispey._async import exports


class AsyncExports(exports.AsyncExports):
    """Calls as files. One export runs at a time.

    Methods take an export as its id, or as what :meth:`create` and :meth:`get` return.
    """

    __slots__ = ()

    @property
    def with_raw_response(self) -> AsyncExportsRaw:
        """The same methods, returning the response beside the result.

        A method that sends several requests returns the last response; that of a download has
        no content, because the content is in the file.
        """
        return AsyncExportsRaw(self)


class AsyncExportsRaw:
    """:class:`AsyncExports` with the response beside each result."""

    def __init__(self, resource: exports.AsyncExports) -> None:
        self.create = async_raw(resource.create)
        self.get = async_raw(resource.get)
        self.wait = async_raw(resource.wait)
        self.download = async_raw(resource.download)
