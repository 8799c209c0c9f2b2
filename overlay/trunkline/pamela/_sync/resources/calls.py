# Derived from pamela/_async/resources/calls.py by `make generate`; do not edit.
"""The resources of the module of the same name, with ``with_raw_response``."""

from __future__ import annotations

from trunkline._engine.client.raw_response import sync_raw
from trunkline.pamela._sync import calls


class Calls(calls.Calls):
    """Outbound calls."""

    __slots__ = ()

    @property
    def with_raw_response(self) -> CallsRaw:
        """The same methods, returning the response beside the result.

        A method that sends several requests returns the last response; that of a download has
        no content, because the content is in the file.
        """
        return CallsRaw(self)


class CallsRaw:
    """:class:`Calls` with the response beside each result."""

    def __init__(self, resource: calls.Calls) -> None:
        self.create = sync_raw(resource.create)
        self.find = sync_raw(resource.find)
        self.reconcile = sync_raw(resource.reconcile)
        self.get = sync_raw(resource.get)
        self.list = sync_raw(resource.list)
        self.cancel = sync_raw(resource.cancel)
        self.hangup = sync_raw(resource.hangup)
        self.wait = sync_raw(resource.wait)
