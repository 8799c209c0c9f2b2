# Derived from phone_ai/_async/calls.py by `make generate`; do not edit.
"""The resources of the module of the same name, with ``with_raw_response``."""

from __future__ import annotations

from trunkline._engine.client.raw_response import async_raw
from trunkline.phone_ai._async import calls


class AsyncCalls(calls.AsyncCalls):
    """Voice calls.

    The vendor documents no field of any request or response: what you pass is sent as it is, and
    fields of a result are read as ``result["name"]`` or ``result.get("name")``.
    """

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
        self.create = async_raw(resource.create)
        self.hangup = async_raw(resource.hangup)
        self.respond = async_raw(resource.respond)
        self.audio = async_raw(resource.audio)
        self.route = async_raw(resource.route)
