# Derived from stateset_voice/_async/lists.py by `make generate`; do not edit.
"""The resources of the module of the same name, with ``with_raw_response``."""

from __future__ import annotations

from trunkline._engine.client.raw_response import async_raw
from trunkline.stateset_voice._async import lists


class AsyncCallLogs(lists.AsyncCallLogs):
    """The history of calls."""

    __slots__ = ()

    @property
    def with_raw_response(self) -> AsyncCallLogsRaw:
        """The same methods, returning the response beside the result.

        A method that sends several requests returns the last response; that of a download has
        no content, because the content is in the file.
        """
        return AsyncCallLogsRaw(self)


class AsyncCallLogsRaw:
    """:class:`AsyncCallLogs` with the response beside each result."""

    def __init__(self, resource: lists.AsyncCallLogs) -> None:
        self.list = async_raw(resource.list)


class AsyncVoiceSessions(lists.AsyncVoiceSessions):
    """The persisted sessions of calls: transcripts, tool calls, tags."""

    __slots__ = ()

    @property
    def with_raw_response(self) -> AsyncVoiceSessionsRaw:
        """The same methods, returning the response beside the result.

        A method that sends several requests returns the last response; that of a download has
        no content, because the content is in the file.
        """
        return AsyncVoiceSessionsRaw(self)


class AsyncVoiceSessionsRaw:
    """:class:`AsyncVoiceSessions` with the response beside each result."""

    def __init__(self, resource: lists.AsyncVoiceSessions) -> None:
        self.list = async_raw(resource.list)
