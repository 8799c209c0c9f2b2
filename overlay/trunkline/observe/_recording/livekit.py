"""Converts the events of a LiveKit session to entries, without importing livekit-agents.

Fields are picked by hand: a dump of a whole event fails in some releases, and holds more than is
needed. Each handler is wrapped whole, because a ``TypeError`` that escapes makes LiveKit's
``session.start()`` fail, or silences the agent.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from trunkline._redact import excerpt
from trunkline.observe._recording.livekit_fields import (
    LONGEST_ERROR,
    METRICS,
    USAGE,
    configuration_of,
    message_metrics,
    model_of,
    picked,
    reason_of,
    text_of,
    usage_of,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from trunkline.observe._recording.recorder import Entry

__all__ = ["LivekitAdapter"]


class LivekitAdapter:
    """Subscribes to one session and passes on what it emits.

    Args:
        session: an ``AgentSession``, or anything with its ``on`` and ``off``.
        sink: receives each entry.
        failed: called with the name of the event when a handler failed.
        now: seconds since the epoch.
        full: whether prompts and schemas of tools are recorded.
    """

    def __init__(
        self,
        session: Any,
        sink: Callable[[Entry], None],
        failed: Callable[[str], None],
        now: Callable[[], float],
        *,
        full: bool = False,
    ) -> None:
        self._session, self._sink, self._failed, self._now = session, sink, failed, now
        self._full = full
        self._handlers: dict[str, Callable[[Any], None]] = {}
        self._seen: set[str] = set()
        self._speeches: dict[str, Any] = {}
        self._usage: list[dict[str, Any]] = []
        self._agent: str | None = None

    def subscribe(self) -> None:
        """Register the handlers, chosen by what the session has."""
        wanted: dict[str, Callable[[Any], None]] = {
            "conversation_item_added": self._item,
            "user_input_transcribed": self._transcribed,
            "speech_created": self._speech,
            "function_tools_executed": self._tools,
            "tool_execution_updated": self._tool_progress,
            "user_state_changed": lambda event: self._state("user", event),
            "agent_state_changed": lambda event: self._state("agent", event),
            "error": self._error,
            "close": self._close,
        }
        if hasattr(self._session, "usage"):
            wanted["session_usage_updated"] = self._usage_updated
        else:
            wanted["metrics_collected"] = self._metrics
        for name, handler in wanted.items():
            self._handlers[name] = self._session.on(name, self._whole(name, handler))

    def unsubscribe(self) -> None:
        """Remove the handlers."""
        for name, handler in self._handlers.items():
            try:
                self._session.off(name, handler)
            except Exception:  # noqa: BLE001 - a session that is gone already
                self._failed(name)
        self._handlers = {}
        self._speeches = {}

    def finish(self) -> None:
        """Record what the events left out: open speeches, and items that were added by hand."""
        for speech_id in list(self._speeches):
            self._guarded("speech_done", self._done, self._speeches[speech_id])
        self._guarded("history", self._reconcile, self._session)

    def _whole(self, name: str, handler: Callable[[Any], None]) -> Callable[[Any], None]:
        def guarded(event: Any) -> None:
            self._guarded(name, handler, event)

        return guarded

    def _guarded(self, name: str, handler: Callable[[Any], None], event: Any) -> None:
        try:
            handler(event)
        except Exception:  # noqa: BLE001 - whatever it is, it must not reach the session
            self._failed(name)

    def _put(self, kind: str, **values: Any) -> None:
        self._sink({"k": kind, "t": self._now(), **values})

    def _item(self, event: Any) -> None:
        self._take(event.item)

    def _take(self, item: Any) -> None:
        kind = getattr(item, "type", "message")
        if kind == "agent_handoff":
            self._agent_is(item.new_agent_id)
        elif kind == "message" and item.role in {"user", "assistant"}:
            self._look_at_agent()
            self._seen.add(item.id)
            metrics = message_metrics(item)
            self._put(
                "message",
                id=item.id,
                role=item.role,
                text=text_of(item),
                interrupted=bool(getattr(item, "interrupted", False)),
                metrics=metrics,
            )

    def _look_at_agent(self) -> None:
        # Before 1.5 no item reports a handoff.
        agent = getattr(self._session, "current_agent", None)
        name = getattr(agent, "id", None) or getattr(agent, "label", None)
        if isinstance(name, str):
            self._agent_is(name, agent)

    def _agent_is(self, name: str, agent: Any = None) -> None:
        if name == self._agent:
            return
        self._agent = name
        self._put("agent", name=name)
        if self._full:
            agent = agent or getattr(self._session, "current_agent", None)
            self._put("configure", values=configuration_of(name, agent))

    def _transcribed(self, event: Any) -> None:
        if event.is_final and event.transcript:
            self._put("heard", text=event.transcript)

    def _speech(self, event: Any) -> None:
        handle = getattr(event, "speech_handle", None)
        speech_id = getattr(handle, "id", None) or getattr(event, "speech_id", None)
        self._look_at_agent()
        self._put("speech", id=speech_id, source=getattr(event, "source", None))
        if handle is not None and speech_id:
            self._speeches[speech_id] = handle
            handle.add_done_callback(self._whole("speech_done", self._done))

    def _done(self, handle: Any) -> None:
        if self._speeches.pop(handle.id, None) is None:
            return
        items = list(getattr(handle, "chat_items", None) or ())
        for item in items:
            if getattr(item, "type", None) == "message" and item.id not in self._seen:
                self._take(item)
        self._put(
            "done",
            id=handle.id,
            interrupted=bool(handle.interrupted),
            items=[item.id for item in items if item.type == "message"],
            calls=[item.call_id for item in items if item.type == "function_call"],
        )

    def _tools(self, event: Any) -> None:
        outputs = list(event.function_call_outputs or ())
        for index, call in enumerate(event.function_calls):
            output = outputs[index] if index < len(outputs) else None
            failed = bool(getattr(output, "is_error", False))
            self._put(
                "tool",
                call_id=call.call_id,
                name=call.name,
                arguments=call.arguments,
                output=getattr(output, "output", None),
                status="error" if failed else "success" if output is not None else None,
                started_at=getattr(call, "created_at", None),
                ended_at=getattr(output, "created_at", None),
            )

    def _tool_progress(self, event: Any) -> None:
        update = event.update
        if update.type == "tool_call_started":
            call = update.function_call
            self._put(
                "tool",
                call_id=call.call_id,
                name=call.name,
                arguments=call.arguments,
                started_at=event.created_at,
            )
        elif update.type == "tool_call_ended":
            status = str(update.status)
            self._put(
                "tool",
                call_id=update.call_id,
                status="success" if status == "done" else status,
                # The text of the exception itself, which the model never sees.
                error=excerpt(str(update.message), LONGEST_ERROR) if status == "error" else None,
                ended_at=event.created_at,
            )

    def _state(self, who: str, event: Any) -> None:
        self._put("state", who=who, new=str(event.new_state), at=event.created_at)

    def _usage_updated(self, event: Any) -> None:
        models = [
            picked(each, ("type", "provider", "model", *USAGE)) for each in event.usage.model_usage
        ]
        models = [usage_of(each) for each in models]
        if models != self._usage:  # it arrives every second, changed or not
            self._usage = models
            self._put("usage", models=models)

    def _metrics(self, event: Any) -> None:
        metrics = event.metrics
        if metrics.type not in METRICS:
            return
        kind, names = METRICS[metrics.type]
        values = picked(metrics, names)
        values.update(model_of(getattr(metrics, "metadata", None)))
        self._put("metric", type=kind, speech_id=getattr(metrics, "speech_id", None), values=values)

    def _error(self, event: Any) -> None:
        error = event.error
        self._put(
            "error",
            type=str(getattr(error, "type", type(error).__name__)),
            source=str(getattr(error, "label", "")) or None,
            recoverable=getattr(error, "recoverable", None),
            text=reason_of(error),
        )

    def _close(self, event: Any) -> None:
        self.finish()
        reason = getattr(event, "reason", None)
        reason = str(getattr(reason, "value", reason)) if reason is not None else None
        error = getattr(event, "error", None)
        self._put(
            "end",
            reason="error" if error is not None or reason == "error" else "completed",
            close_reason=reason,
            error=reason_of(error) if error is not None else None,
        )

    def _reconcile(self, session: Any) -> None:
        history = getattr(session, "history", None)
        for item in list(getattr(history, "items", None) or ()):
            if getattr(item, "type", None) == "message" and item.id not in self._seen:
                self._take(item)
