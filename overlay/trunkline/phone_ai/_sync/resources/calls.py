# Derived from phone_ai/_async/resources/calls.py by `make generate`; do not edit.
"""The resources of the module of the same name, with ``with_raw_response``."""

from __future__ import annotations

from trunkline._engine.client.raw_response import sync_raw
from trunkline.phone_ai._sync import calls


class Calls(calls.Calls):
    """Voice calls.

    The vendor documents no field of any request or response: what you pass is sent as it is, and
    fields of a result are read as ``result["name"]`` or ``result.get("name")``.
    """

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
        self.hangup = sync_raw(resource.hangup)
        self.respond = sync_raw(resource.respond)
        self.audio = sync_raw(resource.audio)
        self.route = sync_raw(resource.route)
