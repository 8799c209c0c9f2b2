# Derived from _engine/_async/_download.py by `make generate`; do not edit.
"""Bodies that go into a file."""

from __future__ import annotations

import math
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from trunkline._engine._elsewhere import elsewhere, is_home, url_of
from trunkline._engine._faults import status_error
from trunkline._engine._files import PartFile, SavedFile
from trunkline._engine._options import positive
from trunkline._engine._shim import sync_in_thread
from trunkline._engine._sync._road import complete
from trunkline._engine._telemetry import recording
from trunkline._engine._wire import Answer, Broken
from trunkline.errors import InvalidArgumentError

if TYPE_CHECKING:
    import os
    from collections.abc import Mapping

    from trunkline._engine._core import Core
    from trunkline._engine._sync._road import Road
    from trunkline._engine._sync._sender import Body
    from trunkline._engine._telemetry import Recording
    from trunkline._engine._wire import Trip
    from trunkline.errors import APIStatusError

REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
MOST_HOPS: Final = 5
#: Bytes that are gathered before a thread writes them: a thread for each network read costs more.
BLOCK: Final = 1024 * 1024
#: A larger body is a file for certain, and not a refusal that was sent with status 200.
LARGEST_REFUSAL: Final = 64 * 1024
#: zlib takes no larger number, and no disk is as large.
UNBOUNDED: Final = 2**60


class Download:
    """One file from a server.

    A redirect is followed, and a body that breaks off is asked for again from its beginning,
    within ``max_retries``. The client's deadline bounds the way to the response's head; the body
    may then take as long as bytes keep coming.

    Args:
        road: the client's road.
        request: what the generated function makes of the operation's arguments.
        url: another address to fetch the file from. On the client's own server it is ignored in
            favour of ``request``; anywhere else, as across a redirect, no key goes there.
        max_bytes: a longer file is refused; None for no limit.
        deadline: seconds for everything, the body included; None for no such limit.
    """

    def __init__(
        self,
        road: Road,
        request: Mapping[str, Any],
        url: str | None,
        max_bytes: int | None,
        deadline: float | None,
    ) -> None:
        core = road.core
        self._road, self._request = road, request
        self._url = None if url is None or is_home(core, url) else url
        self._for_file = core.options.changed(
            max_response_bytes=UNBOUNDED if max_bytes is None else max_bytes
        )
        self._started = core.runtime.monotonic()
        total = None if deadline is None else positive("deadline", deadline, finite=False)
        self._ends = None if total is None else self._started + total
        self._tries = 0
        self._record: Recording | None = None

    def run(self, path: str | os.PathLike[str], *, overwrite: bool) -> SavedFile:
        """Save the file.

        Raises:
            InvalidArgumentError: the path or the URL cannot be used.
            LocalFileError: the file exists, or cannot be written.
            APIError: it could not be fetched; nothing is left behind.
        """
        part = PartFile(path, overwrite=overwrite)
        try:
            sync_in_thread(part.open)
            answer = self._fetch(part)
            sync_in_thread(part.settle)
        finally:
            part.discard()
        if self._road.answers is not None:
            self._road.answers.append(answer)
        kind = answer.headers.get("content-type", "").partition(";")[0].strip().lower()
        return SavedFile(Path(part.path), part.size, kind or None)

    def _fetch(self, part: PartFile) -> Answer:
        road, self._trip = self._start()
        self._record = recording(road.core, self._trip)
        if self._record is None:
            return self._tried(road, part)
        with self._record:
            answer = self._tried(road, part)
            self._record.succeeded(answer)
            return answer

    def _tried(self, road: Road, part: PartFile) -> Answer:
        core = self._road.core
        while True:
            try:
                return self._attempt(road, part)
            except Broken as broken:
                delay = core.judge(self._trip, broken)
            self._tries = self._trip.attempts
            core.runtime.sleep(delay or 0.0)
            road, self._trip = self._start()

    def _attempt(self, road: Road, part: PartFile) -> Answer:
        """Follow redirects to the file and save it."""
        hops = 0
        while True:
            body = road.open(self._trip, REDIRECTS)
            if body.status == 200:
                self._save(body, part)
                return self._judged(body, part)
            hops += 1
            road, self._trip = self._follow(complete(body), hops)

    def _start(self) -> tuple[Road, Trip]:
        core = self._road.core
        if self._url is None:
            return self._road, self._prepared(core.plan(**self._request))
        try:
            return self._away(*elsewhere(core, self._url))
        except ValueError:
            raise InvalidArgumentError(
                "the file's URL is not one to follow: it must begin with https://, or with "
                "http:// where base_url does too, and hold no user name"
            ) from None

    def _follow(self, answer: Answer, hops: int) -> tuple[Road, Trip]:
        self._tries = self._trip.attempts - 1  # a redirect is no failure
        location = answer.headers.get("location", "")
        if hops > MOST_HOPS or answer.status not in REDIRECTS or not location:
            raise self._refusal(answer)
        try:
            return self._away(*elsewhere(self._road.core, location, url_of(self._trip)))
        except ValueError:
            raise self._refusal(answer) from None

    def _away(self, core: Core, target: str) -> tuple[Road, Trip]:
        trip = core.plan("GET", target, extensions=self._request.get("extensions"))
        return self._road.changed(core), self._prepared(trip)

    def _prepared(self, trip: Trip) -> Trip:
        # A file is of any type; asking for JSON alone would be a reason to refuse it.
        headers = [pair for pair in trip.headers if pair[0] != b"Accept"]
        trip.headers = [*headers, (b"Accept", b"*/*")]
        trip.attempts, trip.started = self._tries, self._started
        if self._ends is not None:
            trip.expires_at = self._ends
        if self._record is not None:
            self._record.follow(trip)
        return trip

    def _save(self, body: Body, part: PartFile) -> None:
        self._trip.options = self._for_file
        self._trip.expires_at = math.inf if self._ends is None else self._ends
        try:
            sync_in_thread(part.restart)
            gathered = bytearray()
            with closing(body.chunks()) as chunks:
                for chunk in chunks:
                    gathered += chunk
                    if len(gathered) >= BLOCK:
                        sync_in_thread(part.write, gathered)
                        gathered = bytearray()
            sync_in_thread(part.write, gathered)
        finally:
            body.close()

    def _judged(self, body: Body, part: PartFile) -> Answer:
        """Return the response without its body; raises when the body is a refusal."""
        content = part.content() if part.size <= LARGEST_REFUSAL else b""
        answer = Answer(body.status, body.raw_headers, content)
        self._road.core.judge(self._trip, answer)
        return replace(answer, body=b"")

    def _refusal(self, answer: Answer) -> APIStatusError:
        core = self._road.core
        now = core.runtime.monotonic()
        return status_error(core.provider, self._trip, answer, core.runtime.wall(), now)
