"""What all observers do: start and end sessions, return their data, export and recover them."""

from __future__ import annotations

import asyncio
import copy
import time
from concurrent.futures import Future
from concurrent.futures import TimeoutError as FutureTimeoutError
from typing import TYPE_CHECKING, Any, Final

from trunkline.errors import InvalidArgumentError
from trunkline.observe._export import again, export_task
from trunkline.observe._recording.head import checked_text, head_of
from trunkline.observe._recording.payload import session_data
from trunkline.observe._recording.redaction import Redaction
from trunkline.observe._sending.drain import drain_folder
from trunkline.observe._sending.records import deliveries_of, head_text, started_text
from trunkline.observe._sending.results import ExportResult, result_of
from trunkline.observe._session import ObservedSession
from trunkline.observe._settings import ObserverSettings

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from os import PathLike

    from trunkline._secret import Secret
    from trunkline.observe._hub import Hub
    from trunkline.observe._recording.prices import Price
    from trunkline.observe._recording.recorder import Head
    from trunkline.observe._sending.destinations import Destination
    from trunkline.observe._sending.drain import DrainReport
    from trunkline.observe._storage.journal import Delivery, Journal

__all__ = ["ObserverCore"]

#: This many exported sessions are remembered, so that a second export is recognised.
_REMEMBERED: Final = 100


class ObserverCore:
    """The base of observers; see :class:`SessionObserver` for the arguments."""

    def __init__(
        self,
        agent_id: str,
        apikey: str | Secret | None = None,
        host_url: str | None = None,
        *,
        destinations: Sequence[Destination] | None = None,
        capture: str = "transcript",
        redact: Callable[[str, str], str] | None = None,
        journal: str | PathLike[str] | bool | None = None,
        window: float = 0.25,
        durability: str = "normal",
        delivery: str = "at_most_once",
        call_started: bool = True,
        recover: bool = True,
        export_deadline: float = 8.0,
        prices: Mapping[tuple[str, str], Price] | None = None,
        max_record_bytes: int | None = None,
    ) -> None:
        self._settings = ObserverSettings.checked(
            agent_id=agent_id,
            apikey=apikey,
            host_url=host_url,
            destinations=destinations,
            capture=capture,
            redact=redact,
            journal=journal,
            window=window,
            durability=durability,
            delivery=delivery,
            call_started=call_started,
            recover=recover,
            export_deadline=export_deadline,
            prices=prices,
            max_record_bytes=max_record_bytes,
        )
        self._sessions: dict[str, ObservedSession] = {}
        self._exported: list[str] = []
        self._now: Callable[[], float] = time.time

    def __repr__(self) -> str:
        return f"{type(self).__name__}(agent_id={self._settings.agent_id!r})"

    def _begin(
        self,
        metadata: Mapping[str, Any],
        *,
        session_id: str | None = None,
    ) -> ObservedSession:
        head = head_of(self._settings.agent_id, metadata, session_id, self._now())
        if head.session_id in self._sessions:
            raise InvalidArgumentError(f"session {head.session_id!r} was started already")
        redaction = Redaction(self._settings.capture, self._settings.redact)
        session = ObservedSession(head, redaction, self._hub().writer.put)
        self._sessions[head.session_id] = session
        self._announce(head)
        return session

    def _announce(self, head: Head) -> None:
        settings, hub = self._settings, self._hub()
        destinations = settings.destinations
        hub.writer.put((head.session_id, head_text(head, destinations, settings.delivery)))
        for each in destinations:
            hub.deliverer.register(each, head.agent_id)
        if settings.call_started:
            texts = {"started": started_text(head)}
            made = deliveries_of(head, texts, destinations, settings.delivery, self._now())
            if made:
                hub.enqueue_soon(made)
        if settings.recover and hub.folder is not None:
            hub.recover_soon(list(destinations), head.agent_id)

    def _hub(self) -> Hub:
        return self._settings.hub()

    def get_data(self, session_id: str) -> dict[str, Any]:
        """Return a copy of what is known about a session now; changes nothing.

        Returns:
            The record of the call as it would be sent, and ``in_progress``.

        Raises:
            InvalidArgumentError: there is no such session.
        """
        session = self._known(session_id)
        with session.lock:
            return copy.deepcopy(session_data(session.record, prices=self._settings.prices))

    def end(self, session_id: str, reason: str = "completed", *, error: str | None = None) -> bool:
        """End a session; what is recorded afterwards is counted but not kept.

        Args:
            session_id: the session.
            reason: why it ended; the server counts ``completed`` as success.
            error: what went wrong, if something did.

        Returns:
            False if it had ended before; the first reason stays.

        Raises:
            InvalidArgumentError: there is no such session.
        """
        session = self._known(session_id)
        if session.record.ended_at is not None:
            return False
        if session.adapter is not None:
            session.adapter.finish()
            session.adapter.unsubscribe()
        session.take(
            {
                "k": "end",
                "t": self._now(),
                "reason": checked_text("reason", reason),
                "error": error,
            }
        )
        return True

    async def export(
        self, session_id: str, recording_url: str = "", *, deadline: float | None = None
    ) -> ExportResult:
        """Deliver a session; ends it if it has not ended. For asyncio.

        It never waits longer than the deadline, and what is not delivered by then is delivered in
        the background, or by ``trunkline observe drain`` when this process ends.

        Args:
            session_id: the session.
            recording_url: where its recording is. It may be given in a later export, while the
                call waits to be sent, or where the destination can add it afterwards.
            deadline: seconds, instead of ``export_deadline``.

        Raises:
            InvalidArgumentError: there is no such session.
        """
        pending, seconds = self._export(session_id, recording_url, deadline)
        try:
            async with asyncio.timeout(seconds):
                found = await asyncio.shield(asyncio.wrap_future(pending[0]))
        except TimeoutError:
            return _late(session_id)
        return self._result(session_id, found, again=pending[1])

    def export_sync(
        self, session_id: str, recording_url: str = "", *, deadline: float | None = None
    ) -> ExportResult:
        """Do what :meth:`export` does, from a thread: it blocks until the deadline at most."""
        pending, seconds = self._export(session_id, recording_url, deadline)
        try:
            found = pending[0].result(seconds)
        except FutureTimeoutError:
            return _late(session_id)
        return self._result(session_id, found, again=pending[1])

    def _export(
        self, session_id: str, recording_url: str, deadline: float | None
    ) -> tuple[tuple[Future[list[Delivery]], bool], float]:
        session = self._known(session_id)
        url = checked_text("recording_url", recording_url)
        seconds = self._settings.export_deadline if deadline is None else float(deadline)
        self.end(session_id)
        with session.lock:
            first, session.exported = not session.exported, True
        hub = self._hub()
        task: Callable[[Journal], Any]
        if first:
            session.recording_url = url
            task = export_task(session, self._settings, hub, self._now)
            self._remember(session_id)
        else:
            task = again(session, url, self._settings, hub, self._now)
        return (hub.after(task, session_id), not first), seconds

    def _result(self, session_id: str, found: list[Delivery], *, again: bool) -> ExportResult:
        session = self._sessions.get(session_id)
        return result_of(session_id, found, session.refused if session else {}, again=again)

    def _remember(self, session_id: str) -> None:
        self._exported.append(session_id)
        if len(self._exported) > _REMEMBERED:
            self._sessions.pop(self._exported.pop(0), None)

    def close(self, *, seconds: float = 10.0) -> None:
        """Write what is queued, stop the threads and close the journal; blocks, and is optional.

        Observers of this process with the same journal share these: they start a new one when they
        are used again. What was not delivered is left to other processes.

        Args:
            seconds: how long to wait for each thread.
        """
        self._hub().stop(seconds)

    def recover(self, *, deadline: float = 60.0) -> DrainReport:
        """Find sessions whose process has died, and deliver them as interrupted; blocks.

        Args:
            deadline: seconds after which it stops.

        Returns:
            What was found, and the outcome.
        """
        settings = self._settings
        return drain_folder(
            settings.folder,
            settings.destinations,
            agent=settings.agent_id,
            seconds=deadline,
            now=self._now,
        )

    def _known(self, session_id: str) -> ObservedSession:
        session = self._sessions.get(session_id)
        if session is None:
            raise InvalidArgumentError(
                f"there is no session {session_id!r:.60} here: use what start_session returned"
            )
        return session


def _late(session_id: str) -> ExportResult:
    return ExportResult(
        "queued", session_id, "the deadline came first; it is sent in the background"
    )
