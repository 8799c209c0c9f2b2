"""Turns of a session, and which of them a message, a tool call or a measurement belongs to.

A turn is one speech of the agent (in LiveKit a speech handle). Not all events name it: metrics do,
messages do not, and the handle lists its messages when it is done. So a message is attached to the
most likely turn when it arrives, and moved when the handle lists it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

__all__ = ["Message", "ToolCall", "Turn", "Turns"]

T = TypeVar("T")

#: Events belong to one of the latest turns, so the cost does not grow with the session.
_RECENT: Final = 32


@dataclass(slots=True)
class Message:
    """What one side said.

    Attributes:
        id: the item's id in its stack, None if it has none.
        text: the words, None if they are not captured.
        at: when it became known, in epoch seconds.
        interrupted: whether it was cut short; the text may then hold words that nobody heard.
        metrics: measurements that came with it.
    """

    id: str | None
    text: str | None
    at: float
    interrupted: bool = False
    metrics: Mapping[str, Any] = field(default_factory=dict[str, Any])


@dataclass(slots=True)
class ToolCall:
    """A tool that the agent ran; times in epoch seconds, None where they are not known."""

    call_id: str | None
    name: str | None = None
    arguments: str | None = None
    output: str | None = None
    status: str | None = None
    error: str | None = None
    started_at: float | None = None
    ended_at: float | None = None


@dataclass(slots=True)
class Turn:
    """One turn.

    Attributes:
        speech_id: id of the agent's speech; None for a turn in which the agent had none.
        at: when it started, in epoch seconds.
        agent: name of the agent whose turn it is.
        source: ``say`` for fixed words, ``generate_reply`` for the model's, None if not known.
        user: what the user had said before.
        user_committed: False if the words were recognised but never became part of the history.
        replies: what the agent said.
        tools: the tools that it ran.
        metrics: measurements by kind (``llm``, ``tts``, ``stt``, ``eou``).
        states: changes of state during it.
        cut_short: whether the stack said that the speech as a whole was interrupted.
        done: whether nothing more is expected.
    """

    speech_id: str | None
    at: float
    agent: str | None = None
    source: str | None = None
    user: list[Message] = field(default_factory=list[Message])
    user_committed: bool = True
    replies: list[Message] = field(default_factory=list[Message])
    tools: list[ToolCall] = field(default_factory=list[ToolCall])
    metrics: dict[str, dict[str, Any]] = field(default_factory=dict[str, dict[str, Any]])
    states: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])
    cut_short: bool = False
    done: bool = False

    @property
    def interrupted(self) -> bool:
        """Whether the speech was interrupted: its text may hold words that nobody heard."""
        return self.cut_short or any(each.interrupted for each in self.replies)

    @property
    def empty(self) -> bool:
        """Whether nothing was said or done: a reply that was prepared and discarded."""
        return not (self.user or self.replies or self.tools)


class Turns:
    """The turns of one session, in the order in which they started."""

    def __init__(self) -> None:
        self._all: list[Turn] = []
        self._by_speech: dict[str, Turn] = {}
        self._waiting: list[Message] = []

    def __iter__(self) -> Iterator[Turn]:
        return (turn for turn in self._all if not turn.empty)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    @property
    def _recent(self) -> list[Turn]:
        return self._all[-_RECENT:]

    @property
    def latest(self) -> Turn | None:
        """The turn that started last."""
        return self._all[-1] if self._all else None

    def begin(self, turn: Turn) -> None:
        """Add a turn; words of the user that are not answered yet are added to it."""
        if turn.speech_id is not None and turn.speech_id in self._by_speech:
            return
        self._all.append(turn)
        if turn.speech_id is not None:
            self._by_speech[turn.speech_id] = turn
        if self._waiting and turn.source != "say":
            turn.user, self._waiting = self._waiting, []

    def of_speech(self, speech_id: str | None) -> Turn | None:
        """Return the turn of a speech, None if it is not known."""
        return self._by_speech.get(speech_id) if speech_id else None

    def add_user(self, message: Message) -> None:
        """Attach the user's words to the reply in preparation, or keep them for the next one."""
        turn = self._last_open(lambda each: each.source != "say" and not each.replies)
        if turn is None or turn.user or turn.tools:
            self._waiting.append(message)
        else:
            turn.user.append(message)

    def add_reply(self, message: Message, agent: str | None) -> None:
        """Attach the agent's words to the turn that is being spoken."""
        # Speeches are played in order: the first one that has audio and no words yet.
        turn = next(
            (t for t in self._recent if not t.done and "tts" in t.metrics and not t.replies), None
        )
        turn = turn or self._last_open(lambda each: not each.replies)
        turn = turn or self._last_open(lambda each: bool(each.tools))
        if turn is None:
            turn = Turn(None, message.at, agent)
            self.begin(turn)
        turn.replies.append(message)

    def tool(self, call_id: str | None, at: float, agent: str | None) -> ToolCall:
        """Return a tool call; a new one belongs to the turn in preparation."""
        if call_id is not None and (found := self._tool(call_id)) is not None:
            return found
        turn = self._last_open(lambda each: each.source != "say") or self._last_of_any()
        if turn is None:
            turn = Turn(None, at, agent)
            self.begin(turn)
        made = ToolCall(call_id)
        turn.tools.append(made)
        return made

    def finish(
        self, speech_id: str, items: set[str], calls: set[str], *, interrupted: bool
    ) -> None:
        """Apply what the handle of a speech reports about its messages and tools."""
        turn = self._by_speech.get(speech_id)
        if turn is None:
            return
        turn.done, turn.cut_short = True, interrupted
        for other in self._recent:
            if other is not turn:
                _move(other.replies, turn.replies, lambda each: each.id in items)
                _move(other.tools, turn.tools, lambda each: each.call_id in calls)

    def close(self, heard: list[Message], at: float, agent: str | None) -> None:
        """End the session: remaining words of the user become turns without a reply.

        Args:
            heard: words that were recognised and never became part of the history.
            at: when the session ended.
            agent: the agent at that time.
        """
        for message in self._waiting:
            self._all.append(Turn(None, message.at, agent, user=[message], done=True))
        self._waiting = []
        if not heard:
            return
        turn = self._last_open(lambda each: each.source != "say" and each.empty)
        if turn is None:
            turn = Turn(None, at, agent)
            self._all.append(turn)
        turn.user, turn.user_committed = list(heard), False

    def _tool(self, call_id: str) -> ToolCall | None:
        for turn in reversed(self._recent):
            for each in turn.tools:
                if each.call_id == call_id:
                    return each
        return None

    def _last_open(self, fits: Callable[[Turn], bool]) -> Turn | None:
        return next((t for t in reversed(self._recent) if not t.done and fits(t)), None)

    def _last_of_any(self) -> Turn | None:
        return self._all[-1] if self._all else None


def _move(source: list[T], target: list[T], belongs: Callable[[T], bool]) -> None:
    moved = [each for each in source if belongs(each)]
    if moved:
        source[:] = [each for each in source if not belongs(each)]
        target += moved
