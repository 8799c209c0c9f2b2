# Derived from pamela/_async/tools.py by `make generate`; do not edit.
"""The resources of the module of the same name, with ``with_raw_response``."""

from __future__ import annotations

from trunkline._engine.client.raw_response import async_raw
from trunkline.pamela._async import tools


class AsyncTools(tools.AsyncTools):
    """Functions that the agent may call at your server during a call."""

    __slots__ = ()

    @property
    def with_raw_response(self) -> AsyncToolsRaw:
        """The same methods, returning the response beside the result.

        A method that sends several requests returns the last response; that of a download has
        no content, because the content is in the file.
        """
        return AsyncToolsRaw(self)


class AsyncToolsRaw:
    """:class:`AsyncTools` with the response beside each result."""

    def __init__(self, resource: tools.AsyncTools) -> None:
        self.register = async_raw(resource.register)
        self.list = async_raw(resource.list)
        self.delete = async_raw(resource.delete)
