# Derived from _engine/client/_async/download.py by `make generate`; do not edit.
"""Saves response bodies as files."""

from __future__ import annotations

import math
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from trunkline._engine.client.files import AtomicFile, SavedFile
from trunkline._engine.models import Response
from trunkline._engine.options import positive
from trunkline._engine.session.context import context_for_url, is_same_origin
from trunkline._engine.session.error_mapping import from_response
from trunkline._engine.session.telemetry import start_call_span
from trunkline._engine.transport.concurrency import sync_in_thread
from trunkline._engine.transport.failures import TransportError
from trunkline.errors import InvalidArgumentError

if TYPE_CHECKING:
    import os
    from collections.abc import Mapping

    from trunkline._engine.models import Request
    from trunkline._engine.session._sync.session import Session
    from trunkline._engine.session.context import ClientContext
    from trunkline._engine.session.telemetry import CallSpan
    from trunkline.errors import APIStatusError

REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
#: Statuses whose body is not read into memory: the file itself, and redirects.
UNREAD: Final = REDIRECTS | {200}
MAX_REDIRECTS: Final = 5
#: Bytes that are buffered before a thread writes them: a thread per network read costs more.
BLOCK: Final = 1024 * 1024
#: A larger body is certainly a file, not a refusal that was sent with status 200.
LARGEST_REFUSAL: Final = 64 * 1024
#: zlib accepts no larger number, and no disk is as large.
UNBOUNDED: Final = 2**60


class Download:
    """One file from a server.

    A redirect is followed, and a body that breaks off is requested again from its beginning,
    within ``max_retries``. The client's deadline applies until the response's head arrives; the
    body may then take as long as bytes keep coming.

    Args:
        session: the client's session.
        arguments: the request that the generated function makes from the operation's arguments.
        url: another URL to fetch the file from. If it is on the client's own server, ``arguments``
            is used instead. No key is sent to another server, or after a redirect.
        max_bytes: a longer file is refused; None for no limit.
        deadline: seconds for everything, the body included; None for no such limit.
    """

    def __init__(
        self,
        session: Session,
        arguments: Mapping[str, Any],
        url: str | None,
        max_bytes: int | None,
        deadline: float | None,
    ) -> None:
        context = session.context
        self._session, self._arguments = session, arguments
        self._url = None if url is None or is_same_origin(context, url) else url
        self._for_file = context.options.changed(
            max_response_bytes=UNBOUNDED if max_bytes is None else max_bytes
        )
        self._started = context.runtime.monotonic()
        total = None if deadline is None else positive("deadline", deadline, finite=False)
        self._ends = None if total is None else self._started + total
        self._tries = 0
        self._record: CallSpan | None = None

    def run(self, path: str | os.PathLike[str], *, overwrite: bool) -> SavedFile:
        """Save the file.

        Raises:
            InvalidArgumentError: the path or the URL cannot be used.
            LocalFileError: the file exists, or cannot be written.
            APIError: it could not be fetched; nothing is left behind.
        """
        part = AtomicFile(path, overwrite=overwrite)
        try:
            sync_in_thread(part.open)
            response = self._fetch(part)
            sync_in_thread(part.commit)
        finally:
            part.discard()
        if self._session.captured is not None:
            self._session.captured.append(response)
        kind = response.headers.get("content-type", "").partition(";")[0].strip().lower()
        return SavedFile(Path(part.path), part.size, kind or None)

    def _fetch(self, part: AtomicFile) -> Response:
        session, self._request = self._start()
        self._record = start_call_span(session.context.provider, self._request)
        if self._record is None:
            return self._fetch_with_retries(session, part)
        with self._record:
            response = self._fetch_with_retries(session, part)
            self._record.succeeded(response)
            return response

    def _fetch_with_retries(self, session: Session, part: AtomicFile) -> Response:
        policy, runtime = self._session.policy, self._session.context.runtime
        while True:
            try:
                return self._attempt(session, part)
            except TransportError as error:
                delay = policy.next_delay(self._request, error)
            self._tries = self._request.attempts
            runtime.sleep(delay or 0.0)
            session, self._request = self._start()

    def _attempt(self, session: Session, part: AtomicFile) -> Response:
        """Follow redirects to the file and save it."""
        hops = 0
        while True:
            response = session.send_request(self._request, unread=UNREAD)
            if response.status == 200:
                self._save(response, part)
                return self._checked(response, part)
            hops += 1
            session, self._request = self._follow(response.read(), hops)

    def _start(self) -> tuple[Session, Request]:
        context = self._session.context
        if self._url is None:
            return self._session, self._prepared(
                self._session.builder.build_request(**self._arguments)
            )
        try:
            return self._away(*context_for_url(context, self._url))
        except ValueError:
            raise InvalidArgumentError(
                "the file's URL is not one to follow: it must begin with https://, or with "
                "http:// where base_url does too, and hold no user name"
            ) from None

    def _follow(self, response: Response, hops: int) -> tuple[Session, Request]:
        self._tries = self._request.attempts - 1  # a redirect is not a failure
        location = response.headers.get("location", "")
        if hops > MAX_REDIRECTS or response.status not in REDIRECTS or not location:
            raise self._refusal(response)
        try:
            base = self._request.url.decode("ascii")
            return self._away(*context_for_url(self._session.context, location, base))
        except ValueError:
            raise self._refusal(response) from None

    def _away(self, context: ClientContext, target: str) -> tuple[Session, Request]:
        session = self._session.replace(context)
        extensions = self._arguments.get("extensions")
        request = session.builder.build_request("GET", target, extensions=extensions)
        return session, self._prepared(request)

    def _prepared(self, request: Request) -> Request:
        # A file may have any type; a server could refuse a request that accepts only JSON.
        headers = [pair for pair in request.headers if pair[0] != b"Accept"]
        request.headers = [*headers, (b"Accept", b"*/*")]
        request.attempts, request.started = self._tries, self._started
        if self._ends is not None:
            request.expires_at = self._ends
        if self._record is not None:
            self._record.continue_with(request)
        return request

    def _save(self, response: Response, part: AtomicFile) -> None:
        self._request.options = self._for_file
        self._request.expires_at = math.inf if self._ends is None else self._ends
        try:
            sync_in_thread(part.restart)
            gathered = bytearray()
            with closing(response.stream.chunks()) as chunks:
                for chunk in chunks:
                    gathered += chunk
                    if len(gathered) >= BLOCK:
                        sync_in_thread(part.write, gathered)
                        gathered = bytearray()
            sync_in_thread(part.write, gathered)
        finally:
            response.stream.close()

    def _checked(self, response: Response, part: AtomicFile) -> Response:
        """Return the response without its body; raises when the body is a refusal."""
        content = part.content() if part.size <= LARGEST_REFUSAL else b""
        complete = Response(response.status, response.raw_headers, content)
        self._session.policy.next_delay(self._request, complete)
        complete.body = b""
        return complete

    def _refusal(self, response: Response) -> APIStatusError:
        context = self._session.context
        now = context.runtime.monotonic()
        return from_response(context.provider, self._request, response, context.runtime.wall(), now)
