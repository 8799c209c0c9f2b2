# Derived from pamela/_async/resources/tools.py by `make generate`; do not edit.
"""The resources of the module of the same name, with ``with_raw_response``."""

from __future__ import annotations

from trunkline._engine.client.raw_response import sync_raw
from trunkline.pamela._sync import tools


class Tools(tools.Tools):
    """Functions that the agent may call at your server during a call."""

    __slots__ = ()

    @property
    def with_raw_response(self) -> ToolsRaw:
        """The same methods, returning the response beside the result.

        A method that sends several requests returns the last response; that of a download has
        no content, because the content is in the file.
        """
        return ToolsRaw(self)


class ToolsRaw:
    """:class:`Tools` with the response beside each result."""

    def __init__(self, resource: tools.Tools) -> None:
        self.register = sync_raw(resource.register)
        self.list = sync_raw(resource.list)
        self.delete = sync_raw(resource.delete)
