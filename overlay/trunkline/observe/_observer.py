"""The observer for any stack: sessions, turns, tool calls and usage, recorded by hand."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from trunkline._engine.client.validation import to_utc
from trunkline.errors import InvalidArgumentError
from trunkline.observe._core import ObserverCore
from trunkline.observe._recording.head import checked_text
from trunkline.observe._recording.metadata import json_value

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from trunkline.observe._recording.recorder import Entry

__all__ = ["SessionObserver"]


class SessionObserver(ObserverCore):
    """Records sessions of voice agents and delivers them, whatever stack they run on.

    Nothing is done at import, and nothing blocks except :meth:`export_sync`, :meth:`recover` and
    :meth:`close`. An observer may be used from several threads, and in forked processes.

    Args:
        agent_id: the agent's id on the server.
        apikey: the key; without it ``WHISPEY_API_KEY`` is read. It is never stored.
        host_url: the complete URL that records are posted to; without it ``WHISPEY_API_URL``, else
            the vendor's hosted service. A self-hosted dashboard accepts them at
            ``<dashboard>/api/logs/call-logs``.
        destinations: where sessions are sent, instead of only to Whispey.
        capture: ``metrics`` keeps no words; ``transcript`` what was said, and the tools with their
            arguments and results; ``full`` also prompts and the names of tools.
        redact: called with the kind of each text (``transcript``, ``tool``, ``error``, ``prompt``)
            and the text; returns the text to keep. It runs in the session's thread and must be
            fast.
        journal: the folder of the journal; without it ``TRUNKLINE_OBSERVE_DIR``, else the
            platform's folder for state. False keeps everything in memory: a crash loses it.
        window: an event is in the journal after at most this many seconds, plus one commit.
        durability: ``normal``, or ``full`` to survive a loss of power.
        delivery: ``at_most_once``, or ``at_least_once``, which may store a call twice.
        call_started: whether the start of a call is sent, so that it is shown while it runs.
        recover: whether this observer delivers sessions whose process has died.
        export_deadline: seconds that an export waits for its delivery, which continues afterwards.
        prices: prices of models, instead of :data:`trunkline.observe.DEFAULT_PRICES`.
        max_record_bytes: larger records are reduced; the guide says how.

    Raises:
        ConfigurationError: there is no key, or a URL or path is not usable.
        InvalidArgumentError: an argument is not usable.
    """

    def start_session(self, *, session_id: str | None = None, **metadata: Any) -> str:
        """Start to observe a session and return its id; does no I/O and needs no event loop.

        Args:
            session_id: your own id; without it a UUID is generated.
            metadata: facts about the session: JSON values, and what :func:`json_value` converts to
                them. ``phone_number`` (or ``customer_number``, ``phone``), ``environment`` and
                ``call_ended_reason`` have their own fields; the members of a mapping ``metadata``
                are added to the others.

        Raises:
            InvalidArgumentError: a value cannot be written as JSON; the text names its key.
        """
        return self._begin(metadata, session_id=session_id).record.head.session_id

    def record_turn(
        self,
        session_id: str,
        *,
        user: str | None = None,
        agent: str | None = None,
        agent_name: str | None = None,
        at: datetime | float | None = None,
        interrupted: bool = False,
        metrics: Mapping[str, Mapping[str, Any]] | None = None,
    ) -> None:
        """Record a turn.

        Args:
            session_id: the session.
            user: what the user said, None if nothing.
            agent: what the agent answered, None if nothing.
            agent_name: name of the agent, where several take turns.
            at: when the turn started; now if omitted.
            interrupted: whether the answer was cut short.
            metrics: measurements by kind (``stt``, ``llm``, ``tts``, ``eou``), in seconds, named as
                the fields of the ingest API.

        Raises:
            InvalidArgumentError: there is no such session, or a value is not usable.
        """
        entry: Entry = {"k": "turn", "t": self._now(), "at": self._seconds("at", at)}
        entry.update({"interrupted": interrupted, "agent": agent_name})
        if metrics:
            entry["metrics"] = json_value("metrics", dict(metrics))
        for name, text in (("user", user), ("reply", agent)):
            if text is not None:
                entry[name] = checked_text(name, text)
        self._known(session_id).take(entry)

    def record_tool_call(
        self,
        session_id: str,
        *,
        name: str,
        arguments: Any = None,
        result: Any = None,
        error: str | None = None,
        call_id: str | None = None,
        started_at: datetime | float | None = None,
        ended_at: datetime | float | None = None,
    ) -> None:
        """Record a tool call; it belongs to the turn that was recorded last.

        Args:
            session_id: the session.
            name: the tool's name.
            arguments: text, or a value that is kept as JSON text.
            result: likewise.
            error: why it failed, None if it did not.
            call_id: the call's id.
            started_at: when it started.
            ended_at: when it ended; now if omitted.

        Raises:
            InvalidArgumentError: there is no such session, or a value is not usable.
        """
        self._known(session_id).take(
            {
                "k": "tool",
                "t": self._now(),
                "name": checked_text("name", name),
                "call_id": call_id,
                "arguments": _as_text("arguments", arguments),
                "output": _as_text("result", result),
                "error": error,
                "status": "success" if error is None else "error",
                "started_at": None
                if started_at is None
                else self._seconds("started_at", started_at),
                "ended_at": self._seconds("ended_at", ended_at),
            }
        )

    def record_usage(
        self,
        session_id: str,
        kind: str,
        *,
        provider: str | None = None,
        model: str | None = None,
        input_tokens: int | None = None,
        input_cached_tokens: int | None = None,
        output_tokens: int | None = None,
        characters_count: int | None = None,
        audio_duration: float | None = None,
    ) -> None:
        """Add to the usage of a session; what is not given stays unknown.

        Args:
            session_id: the session.
            kind: ``llm``, ``tts`` or ``stt``.
            provider: who runs the model.
            model: the model.
            input_tokens: tokens of input, cached ones included.
            input_cached_tokens: those of them that came from a cache.
            output_tokens: tokens of output.
            characters_count: characters that were spoken.
            audio_duration: seconds of audio.

        Raises:
            InvalidArgumentError: there is no such session, or no such kind.
        """
        if kind not in {"llm", "tts", "stt"}:
            raise InvalidArgumentError(f"kind must be llm, tts or stt, not {kind!r:.40}")
        values = {
            "provider": provider,
            "model": model,
            "input_tokens": input_tokens,
            "input_cached_tokens": input_cached_tokens,
            "output_tokens": output_tokens,
            "characters_count": characters_count,
            "audio_duration": audio_duration,
        }
        known = {name: value for name, value in values.items() if value is not None}
        self._known(session_id).take(
            {"k": "consumed", "t": self._now(), "type": kind, "values": json_value("usage", known)}
        )

    def _seconds(self, name: str, moment: datetime | float | None) -> float:
        if moment is None:
            return self._now()
        if isinstance(moment, int | float):
            return float(moment)
        return to_utc(name, moment).timestamp()


def _as_text(name: str, value: Any) -> str | None:
    if value is None or isinstance(value, str):
        return value

    return json.dumps(json_value(name, value), ensure_ascii=False)
