# Derived from phone_ai/_async/agents.py by `make generate`; do not edit.
"""The resources of the module of the same name, with ``with_raw_response``."""

from __future__ import annotations

from trunkline._engine.client.raw_response import async_raw
from trunkline.phone_ai._async import agents


class AsyncAgents(agents.AsyncAgents):
    """Voice agents and their personas.

    As with calls, fields are not documented: what you pass is sent as it is.
    """

    __slots__ = ()

    @property
    def with_raw_response(self) -> AsyncAgentsRaw:
        """The same methods, returning the response beside the result.

        A method that sends several requests returns the last response; that of a download has
        no content, because the content is in the file.
        """
        return AsyncAgentsRaw(self)


class AsyncAgentsRaw:
    """:class:`AsyncAgents` with the response beside each result."""

    def __init__(self, resource: agents.AsyncAgents) -> None:
        self.create = async_raw(resource.create)
        self.update = async_raw(resource.update)
        self.persona = async_raw(resource.persona)
