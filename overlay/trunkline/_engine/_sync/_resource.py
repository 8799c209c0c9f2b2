# Derived from _engine/_async/_resource.py by `make generate`; do not edit.
"""What all groups of operations have in common."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final, Generic, Self, TypeVar

from trunkline._engine._faults import misfit
from trunkline._engine._lists import PageRequest, sync_start
from trunkline._engine._paging import as_bytes
from trunkline._engine._sync._api import API
from trunkline._engine._sync._page import Page, Source
from trunkline._engine._sync._wait import Wait
from trunkline.errors import ResponseValidationError

if TYPE_CHECKING:
    import os
    from collections.abc import Callable, Mapping

    from trunkline._engine._files import SavedFile
    from trunkline._engine._options import Options
    from trunkline._engine._paging import PageInfo
    from trunkline._engine._sync._road import Road

#: What reading JSON of another shape than the contract's raises.
DECODE_ERRORS: Final = (KeyError, TypeError, ValueError, AttributeError, RecursionError)

T = TypeVar("T")
ClientT = TypeVar("ClientT", bound=API)


class Resource(Generic[ClientT]):
    """A group of operations of one client."""

    __slots__ = ("_api", "_road")

    def __init__(self, api: ClientT) -> None:
        self._api = api
        self._road: Road = api._road  # noqa: SLF001 - a resource is a part of its client

    @property
    def _options(self) -> Options:
        return self._road.core.options

    def _captured(self) -> tuple[Self, Road]:
        """Return a copy whose road keeps its answers, and that road."""
        api = self._api._changed(self._road.core, capture=True)  # noqa: SLF001 - as above
        captured = type(self)(api)
        return captured, captured._road  # noqa: SLF001 - the same class

    def _list(
        self,
        request: Callable[..., dict[str, Any]],
        query: Mapping[str, Any],
        read: Callable[[Any], PageInfo],
        model: Callable[[Any], T],
        offset: int | None,
    ) -> PageRequest[T]:
        """Return a list.

        Args:
            request: the generated function that makes a request's arguments of a query.
            query: the query without the offset.
            read: finds the items and the paging facts in a response; raises for another shape.
            model: makes a model of an item.
            offset: where the first page begins; None leaves it to the server.
        """
        road = self._road

        def fetch(place: int) -> PageInfo:
            asked = {"offset": place} if place or offset == 0 else {}
            response = road.request(**request(**query, **asked))
            try:
                info = read(response.json())
            except DECODE_ERRORS as error:
                raise road.core.invalid_response(response, error) from error
            return replace(info, facts=road.core.facts(response))

        def decode(facts: Mapping[str, Any], item: Any) -> T:
            try:
                return model(item)
            except DECODE_ERRORS as error:
                text = f"an item of the list: {misfit(error)}"
                raise ResponseValidationError(text, body=as_bytes(item), **facts) from error

        source = Source(fetch, decode)

        def first() -> Page[T]:
            return source.page(offset or 0)

        return sync_start(first)

    def _download(
        self,
        request: Mapping[str, Any],
        path: str | os.PathLike[str],
        *,
        overwrite: bool,
        url: str | None,
        max_bytes: int | None,
        deadline: float | None,
    ) -> SavedFile:
        """Save the body of a response as a file; the arguments are those of Download."""
        from trunkline._engine._sync._download import Download

        download = Download(self._road, request, url, max_bytes, deadline)
        return download.run(path, overwrite=overwrite)

    def _wait(
        self,
        read: Callable[[], T],
        done: Callable[[T], bool],
        what: str,
        timeout: float,
        interval: float,
    ) -> T:
        runtime = self._road.core.runtime
        return Wait(read, done, what, timeout, interval, runtime).run()
