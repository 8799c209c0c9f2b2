# Derived from _engine/client/_async/resource.py by `make generate`; do not edit.
"""What all groups of operations have in common."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Generic, Protocol, Self, TypeVar

from trunkline._engine.client._sync.page import Page, PageFetcher
from trunkline._engine.client._sync.waiter import Waiter
from trunkline._engine.client.envelopes import Model, Reading
from trunkline._engine.client.paging import next_cursor, next_offset, to_json_bytes
from trunkline._engine.session.error_mapping import describe_decode_error
from trunkline._engine.session.extra_options import extra_changes, reject_position
from trunkline._engine.transport.httpx_adapter import REQUEST
from trunkline.errors import ResponseValidationError

if TYPE_CHECKING:
    import os
    from collections.abc import Callable, Mapping

    from trunkline._engine.client.envelopes import ListBody
    from trunkline._engine.client.files import SavedFile
    from trunkline._engine.client.ledgers import KeyedRequest
    from trunkline._engine.client.paging import PageInfo, Position
    from trunkline._engine.options import Options
    from trunkline._engine.session._sync.session import Session
    from trunkline._engine.session.context import ClientContext
    from trunkline._engine.session.extra_options import ExtraOptions

#: What reading JSON raises where its shape differs from the contract's.
DECODE_ERRORS: Final = (KeyError, TypeError, ValueError, AttributeError, RecursionError)


T = TypeVar("T")
ModelT = TypeVar("ModelT", bound=Model)


ClientT = TypeVar("ClientT")
ClientT_co = TypeVar("ClientT_co", covariant=True)


class Owner(Protocol[ClientT_co]):
    """The part of a client that its resources use."""

    _session: Session

    @property
    def raw(self) -> ClientT_co:
        """The generated client."""
        ...

    def with_options(
        self,
        *,
        deadline: float | None = None,
        headers: Mapping[str, str] | None = None,
        key: str | None = None,
    ) -> Self:
        """Return a client with other options."""
        ...

    def _replaced(self, context: ClientContext, *, capture: bool = False) -> Self: ...


class APIResource(Generic[ClientT]):
    """A group of operations, which calls one generated client.

    Args:
        api: the client.
    """

    __slots__ = ("_api", "_session")

    def __init__(self, api: Owner[ClientT]) -> None:
        self._api = api
        self._session: Session = api._session  # noqa: SLF001 - a resource is part of its client

    def _raw_with(self, extra: ExtraOptions, key: str | None = None) -> ClientT:
        return self._with(extra, key)._api.raw  # noqa: SLF001 - the same class

    def _session_with(self, extra: ExtraOptions) -> Session:
        return self._with(extra)._session  # noqa: SLF001 - the same class

    def _with(self, extra: ExtraOptions, key: str | None = None, hook: Any = None) -> Self:
        """Return this resource for one call, with its extra arguments and the caller's own key."""
        if not extra and key is None:
            return self
        context = self._session.context
        options = context.options.changed(**extra_changes(extra), key=key, send_hook=hook)
        return type(self)(self._api._replaced(context.replace(options=options)))  # noqa: SLF001 - as above

    def _place(
        self,
        call: KeyedRequest,
        extra: ExtraOptions,
        send: Callable[[ClientT, str], T],
        load: Callable[[Any], T],
        reconcile: Callable[[], object] | None = None,
    ) -> T:
        """Place a call under a key: only once where the client has a ledger.

        Args:
            call: the call.
            extra: the method's extra arguments.
            send: sends it with a client and a marker; the marker is empty without a ledger.
            load: makes a result from a recorded response.
            reconcile: looks for unknown calls at the provider.
        """
        ledger = self._session.context.ledger
        if ledger is None:
            return send(self._raw_with(extra, call.key), "")
        from trunkline._engine.client._sync.keyed import KeyedCall

        keyed = KeyedCall[T](self._session.context, ledger, call, reconcile)
        client = self._with(extra, call.key, keyed)._api.raw  # noqa: SLF001 - the same class

        def send_marked(marker: str) -> T:
            return send(client, marker)

        return keyed.run(send_marked, load)

    @property
    def _options(self) -> Options:
        return self._session.context.options

    def _with_capture(self) -> tuple[Self, Session]:
        """Return a copy whose session keeps its responses, and that session."""
        api = self._api._replaced(self._session.context, capture=True)  # noqa: SLF001 - as above
        captured = type(self)(api)
        return captured, captured._session  # noqa: SLF001 - the same class

    def _list(
        self,
        request: Callable[..., dict[str, Any]],
        query: Mapping[str, Any],
        read: Callable[[Any], PageInfo],
        contents: ListBody[ModelT],
        start: Position,
        extra: ExtraOptions,
        *,
        cursor: str | None = None,
    ) -> Page[ModelT]:
        """Return a list.

        Args:
            request: the generated function that makes a request's arguments from a query.
            query: the query without the offset or cursor.
            read: finds the items and the paging facts in a response; raises for a wrong shape.
            contents: the models of a page and of its items.
            start: the offset or cursor of the first page; None leaves it to the server.
            cursor: the query parameter of a list that is paged by cursor or token; None for
                ``offset``.
            extra: what every request of a page sends in addition.
        """
        session = self._session_with(extra)
        reject_position(session.context.options.extra_query, cursor or "offset")
        reading = Reading("")
        read_item = contents.item.item_reader(reading)

        def fetch(position: Position) -> PageInfo:
            asked = {cursor or "offset": position} if position or start == 0 else {}
            response = session.request(**request(**query, **asked))
            try:
                body = response.json()
                info = read(body)
            except DECODE_ERRORS as error:
                raise session.invalid_response(response, error) from error
            contents.check(session, response, body)
            reading.operation_id = response.extensions[REQUEST].operation_id or ""
            return info._replace(facts=session.later_context(response))

        def decode(facts: Callable[[], Mapping[str, Any]], item: Any) -> ModelT:
            try:
                made = read_item(item)  # the only call for a usual item
                return (
                    contents.unusual_item(session, reading, item, made) if reading.unusual else made
                )
            except DECODE_ERRORS as error:
                text = f"an item of the list: {describe_decode_error(error)}"
                raise ResponseValidationError(text, body=to_json_bytes(item), **facts()) from error

        source = PageFetcher(fetch, decode, next_cursor if cursor else next_offset)
        begin = start if cursor else start or 0

        def first() -> Page[ModelT]:
            return source.page(begin)

        return first()

    def _download(
        self,
        request: Mapping[str, Any],
        path: str | os.PathLike[str],
        *,
        overwrite: bool,
        url: str | None,
        max_bytes: int | None,
        deadline: float | None,
        extra: ExtraOptions,
    ) -> SavedFile:
        """Save the body of a response as a file; the arguments are those of Download."""
        from trunkline._engine.client._sync.download import Download

        session = self._session_with(extra)
        download = Download(session, request, url, max_bytes, deadline)
        return download.run(path, overwrite=overwrite)

    def _wait(
        self,
        read: Callable[[Self], T],
        done: Callable[[T], bool],
        what: str,
        timeout: float,
        interval: float,
    ) -> T:
        def within(seconds: float) -> T:
            deadline = min(seconds, self._options.deadline)
            return read(type(self)(self._api.with_options(deadline=deadline)))

        runtime = self._session.context.runtime
        return Waiter(within, done, what, timeout, interval, runtime).run()
