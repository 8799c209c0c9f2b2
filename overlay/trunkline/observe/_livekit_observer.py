"""The observer of LiveKit's agent sessions, under the name that Whispey's page gives it."""

from __future__ import annotations

import warnings
from typing import Any, Final

from trunkline.errors import InvalidArgumentError
from trunkline.observe._observer import SessionObserver
from trunkline.observe._recording.livekit import LivekitAdapter

__all__ = ["LivekitObserve"]

_DOUBLED: Final = (
    "LiveKit makes spans of its own for the same tracer provider: every turn and token will be "
    "counted twice. Give OpenTelemetryDestination another provider, or leave it out"
)


class LivekitObserve(SessionObserver):
    """Observes sessions of ``livekit-agents`` 1.2 and later.

    Args:
        agent_id: the agent's id on the server.
        apikey: see :class:`SessionObserver`, as for all that follows.
        host_url: likewise.
        enable_otel: the published package's switch; True is refused with the remedy.
        bug_reports_enable: likewise.
        bug_reports_config: likewise.
        keywords: those of :class:`SessionObserver`.

    Raises:
        ConfigurationError: there is no key, or a URL or path is not usable.
        InvalidArgumentError: an argument is not usable.
    """

    def __init__(
        self,
        agent_id: str,
        apikey: Any = None,
        host_url: str | None = None,
        *,
        enable_otel: bool = False,
        bug_reports_enable: bool = False,
        bug_reports_config: Any = None,
        **keywords: Any,
    ) -> None:
        if enable_otel:
            raise InvalidArgumentError(
                "enable_otel is not taken: LiveKit makes spans by itself; to send sessions to"
                " OpenTelemetry as well, name OpenTelemetryDestination in destinations="
            )
        if bug_reports_enable or bug_reports_config:
            raise InvalidArgumentError(
                "bug_reports_enable and bug_reports_config are not supported: leave them out"
            )
        super().__init__(agent_id, apikey, host_url, **keywords)
        for each in self._settings.destinations:
            if getattr(each, "doubles_livekit", False):
                warnings.warn(_DOUBLED, UserWarning, stacklevel=2)

    def start_session(
        self, session: Any = None, *, session_id: str | None = None, **metadata: Any
    ) -> str:
        """Start to observe a session and return its id; does no I/O and needs no event loop.

        Args:
            session: the ``AgentSession``, before or after its ``start()``; None records by hand.
            session_id: your own id; without it a UUID is generated.
            metadata: see :meth:`SessionObserver.start_session`.

        Raises:
            InvalidArgumentError: the session has no ``on``, or a value cannot be written as JSON.
        """
        if session is not None and not callable(getattr(session, "on", None)):
            raise InvalidArgumentError(
                f"session must be an AgentSession, not {type(session).__name__}"
            )
        begun = self._begin(metadata, session_id=session_id)
        if session is not None:
            begun.adapter = LivekitAdapter(
                session,
                begun.take,
                begun.handler_failed,
                self._now,
                full=self._settings.capture == "full",
            )
            begun.adapter.subscribe()
        return begun.record.head.session_id
