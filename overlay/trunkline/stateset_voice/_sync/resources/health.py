# Derived from stateset_voice/_async/resources/health.py by `make generate`; do not edit.
"""The resources of the module of the same name, with ``with_raw_response``."""

from __future__ import annotations

from trunkline._engine.client.raw_response import sync_raw
from trunkline.stateset_voice._sync import health


class Health(health.Health):
    """Whether the service can take calls."""

    __slots__ = ()

    @property
    def with_raw_response(self) -> HealthRaw:
        """The same methods, returning the response beside the result.

        A method that sends several requests returns the last response; that of a download has
        no content, because the content is in the file.
        """
        return HealthRaw(self)


class HealthRaw:
    """:class:`Health` with the response beside each result."""

    def __init__(self, resource: health.Health) -> None:
        self.ready = sync_raw(resource.ready)
