# Derived from stateset_voice/_async/resources/lists.py by `make generate`; do not edit.
"""The resources of the module of the same name, with ``with_raw_response``."""

from __future__ import annotations

from trunkline._engine.client.raw_response import sync_raw
from trunkline.stateset_voice._sync import lists


class CallLogs(lists.CallLogs):
    """The history of calls."""

    __slots__ = ()

    @property
    def with_raw_response(self) -> CallLogsRaw:
        """The same methods, returning the response beside the result.

        A method that sends several requests returns the last response; that of a download has
        no content, because the content is in the file.
        """
        return CallLogsRaw(self)


class CallLogsRaw:
    """:class:`CallLogs` with the response beside each result."""

    def __init__(self, resource: lists.CallLogs) -> None:
        self.list = sync_raw(resource.list)


class VoiceSessions(lists.VoiceSessions):
    """The persisted sessions of calls: transcripts, tool calls, tags."""

    __slots__ = ()

    @property
    def with_raw_response(self) -> VoiceSessionsRaw:
        """The same methods, returning the response beside the result.

        A method that sends several requests returns the last response; that of a download has
        no content, because the content is in the file.
        """
        return VoiceSessionsRaw(self)


class VoiceSessionsRaw:
    """:class:`VoiceSessions` with the response beside each result."""

    def __init__(self, resource: lists.VoiceSessions) -> None:
        self.list = sync_raw(resource.list)
