# Derived from whispey/_async/resources/agents.py by `make generate`; do not edit.
"""The resources of the module of the same name, with ``with_raw_response``."""

from __future__ import annotations

from trunkline._engine.client.raw_response import sync_raw
from trunkline.whispey._sync import agents


class Agents(agents.Agents):
    """Voice agents that are observed."""

    __slots__ = ()

    @property
    def with_raw_response(self) -> AgentsRaw:
        """The same methods, returning the response beside the result.

        A method that sends several requests returns the last response; that of a download has
        no content, because the content is in the file.
        """
        return AgentsRaw(self)


class AgentsRaw:
    """:class:`Agents` with the response beside each result."""

    def __init__(self, resource: agents.Agents) -> None:
        self.list = sync_raw(resource.list)
        self.get = sync_raw(resource.get)
