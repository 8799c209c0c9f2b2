"""A real LiveKit session in a process of its own, observed; prints its results as JSON.

A scripted model, no speech recognition, and an audio output that plays ten times faster than real
time: no network and no room. Arguments: the folder of the journal, the file of the records, and
optionally ``compare``: then Whispey's published package observes the first session as well.
"""

from __future__ import annotations

import asyncio
import json
import logging
import sys
import time
from contextlib import suppress
from typing import Any

from livekit.agents import Agent, AgentSession, APIStatusError, function_tool, llm, tts
from livekit.agents.voice import io

from trunkline.observe import FileDestination, LivekitObserve, status

RATE = 16_000
ANSWERS: dict[str, Any] = {
    "hello": "Good day, what can I do for you?",
    "my order": ("find_order", {"number": 42}),
    "order 42: shipped": "It was shipped yesterday.",
    "billing": ("to_billing", {}),
    "what do I owe": "Twelve euros, and you have until the first of next month to pay by card.",
}


class Mouth(io.AudioOutput):
    """Plays the audio that it is given, and reports where it stopped."""

    def __init__(self) -> None:
        capabilities = io.AudioOutputCapabilities(pause=False)
        super().__init__(label="mouth", capabilities=capabilities, sample_rate=RATE)
        self._length, self._since, self._timer = 0.0, 0.0, None

    async def capture_frame(self, frame: Any) -> None:
        await super().capture_frame(frame)
        if not self._length:
            self._since = time.time()
            self.on_playback_started(created_at=self._since)
        self._length += frame.duration

    def flush(self) -> None:
        super().flush()
        if self._length and self._timer is None:
            loop = asyncio.get_running_loop()
            self._timer = loop.call_later(self._length / 10, self._finish)

    def clear_buffer(self) -> None:
        if self._length:
            self._finish(interrupted=True)

    def _finish(self, *, interrupted: bool = False) -> None:
        if self._timer is not None:
            self._timer.cancel()
        played = min((time.time() - self._since) * 10, self._length)
        self._length, self._timer = 0.0, None
        self.on_playback_finished(playback_position=played, interrupted=interrupted)


class Voice(tts.TTS):
    model, provider = "voice-1", "acme"

    def synthesize(self, text: str, *, conn_options: Any = None) -> Any:
        return VoiceStream(tts=self, input_text=text, conn_options=conn_options)


class VoiceStream(tts.ChunkedStream):
    async def _run(self, output_emitter: Any) -> None:
        output_emitter.initialize(
            request_id="tts", sample_rate=RATE, num_channels=1, mime_type="audio/pcm"
        )
        output_emitter.push(b"\0\0" * int(RATE * 0.06 * len(self.input_text)))


class Model(llm.LLM):
    model, provider = "gpt-4o-mini", "openai"

    def chat(self, *, chat_ctx: Any, tools: Any = None, conn_options: Any = None, **_: Any) -> Any:
        return ModelStream(self, chat_ctx=chat_ctx, tools=tools or [], conn_options=conn_options)


class ModelStream(llm.LLMStream):
    async def _run(self) -> None:
        items = [i for i in self._chat_ctx.items if i.type in {"message", "function_call_output"}]
        last = items[-1]
        said = last.output if last.type == "function_call_output" else last.text_content
        answer = ANSWERS.get(said)
        if answer is None:
            raise APIStatusError("scripted outage", status_code=400, body=None)
        if isinstance(answer, tuple):
            name, arguments = answer
            call = llm.FunctionToolCall(
                name=name, arguments=json.dumps(arguments), call_id=f"call_{name}"
            )
            delta = llm.ChoiceDelta(role="assistant", tool_calls=[call])
        else:
            delta = llm.ChoiceDelta(role="assistant", content=answer)
        usage = llm.CompletionUsage(
            prompt_tokens=100, prompt_cached_tokens=20, completion_tokens=10, total_tokens=110
        )
        self._event_ch.send_nowait(llm.ChatChunk(id="c1", delta=delta))
        self._event_ch.send_nowait(llm.ChatChunk(id="c1", usage=usage))


class Billing(Agent):
    async def on_enter(self) -> None:
        await self.session.say("Billing speaking.")


class Reception(Agent):
    @function_tool
    async def find_order(self, number: int) -> str:
        """Find an order."""
        await asyncio.sleep(0.05)
        return f"order {number}: shipped"

    @function_tool
    async def to_billing(self) -> Any:
        """Hand the caller over."""
        return Billing(instructions="You answer questions about bills.")


def new_session() -> AgentSession:
    voice = Voice(
        capabilities=tts.TTSCapabilities(streaming=False), sample_rate=RATE, num_channels=1
    )
    # Releases before 1.5 take flat arguments.
    session = AgentSession(llm=Model(), tts=voice, vad=None, turn_handling={"turn_detection": None})
    session.output.audio = Mouth()
    return session


async def spoken(session: AgentSession, line: str) -> None:
    await session.generate_reply(user_input=line)


def happened(session: AgentSession, name: str, fits: Any) -> asyncio.Event:
    """Return an asyncio event that is set when the session has emitted such an event."""
    event = asyncio.Event()
    session.on(name, lambda emitted: fits(emitted) and event.set())
    return event


class Published:
    """The vendor's own observer of the same session."""

    def __init__(self) -> None:
        from whispey import whispey

        self._package, self._id = whispey, ""

    def start(self, session: AgentSession) -> None:
        self._id = self._package.observe_session(session, "agent-1")

    def data(self) -> dict[str, Any]:
        """Return its turns and its totals."""
        data = self._package.get_session_whispey_data(self._id)
        turns = data["transcript_with_metrics"]
        return {
            "turns": [(turn["user_transcript"], turn["agent_response"]) for turn in turns],
            "usage": data["metadata"]["usage"],
        }


async def conversation(
    observer: LivekitObserve | None, published: Published | None = None
) -> str | None:
    session = new_session()
    if published is not None:
        published.start(session)

    def broken(_event: Any) -> None:
        raise RuntimeError("a handler of the application")

    session.on("agent_state_changed", broken)
    session_id = observer and observer.start_session(session, phone_number="+15555550123")
    await session.start(Reception(instructions="You greet callers."))
    await spoken(session, "hello")
    await spoken(session, "my order")
    greeted = happened(
        session,
        "conversation_item_added",
        lambda e: getattr(e.item, "text_content", "") == "Billing speaking.",
    )
    await spoken(session, "billing")
    await greeted.wait()
    speaking = happened(session, "agent_state_changed", lambda e: e.new_state == "speaking")
    handle = session.generate_reply(user_input="what do I owe")
    await speaking.wait()
    handle.interrupt()
    await handle
    await session.aclose()
    return session_id


async def outage(observer: LivekitObserve) -> str:
    session, closed = new_session(), asyncio.Event()
    session.on("close", lambda _event: closed.set())
    session_id = observer.start_session(session)
    await session.start(Reception(instructions="You greet callers."))
    for number in range(6):
        with suppress(RuntimeError):  # it is closing already
            await spoken(session, f"nobody knows {number}")
    async with asyncio.timeout(60):
        await closed.wait()
    return session_id


async def main() -> None:
    folder, target, *compare = sys.argv[1:]
    published = Published() if compare else None
    places = [FileDestination(target)]
    observer = LivekitObserve("agent-1", destinations=places, journal=folder, capture="full")
    talk = await observer.export(await conversation(observer, published) or "", deadline=60)
    failed = await observer.export(await outage(observer), deadline=60)
    found: dict[str, Any] = {"states": [talk.state, failed.state]}
    found["troubles"] = status(folder).troubles
    if published is not None:
        found["published"] = published.data()
    sys.__stdout__.write(json.dumps(found) + "\n")


if __name__ == "__main__":
    logging.disable(logging.CRITICAL)
    asyncio.run(main())
