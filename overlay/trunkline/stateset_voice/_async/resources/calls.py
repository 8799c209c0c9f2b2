# Derived from stateset_voice/_async/calls.py by `make generate`; do not edit.
"""The resources of the module of the same name, with ``with_raw_response``."""

from __future__ import annotations

from trunkline._engine.client.raw_response import async_raw
from trunkline.stateset_voice._async import calls


class AsyncCalls(calls.AsyncCalls):
    """Outbound calls."""

    __slots__ = ()

    @property
    def with_raw_response(self) -> AsyncCallsRaw:
        """The same methods, returning the response beside the result.

        A method that sends several requests returns the last response; that of a download has
        no content, because the content is in the file.
        """
        return AsyncCallsRaw(self)


class AsyncCallsRaw:
    """:class:`AsyncCalls` with the response beside each result."""

    def __init__(self, resource: calls.AsyncCalls) -> None:
        self.make = async_raw(resource.make)
        self.find = async_raw(resource.find)
        self.reconcile = async_raw(resource.reconcile)
        self.wait = async_raw(resource.wait)
        self.incoming = async_raw(resource.incoming)
