"""Phone.ai: a call, what one can do to it, an agent, and a text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trunkline import PhoneAI

if TYPE_CHECKING:
    from .stage import Stage


def run(stage: Stage) -> None:
    """Use every documented operation; survive a 429 and a lost answer."""
    control = stage.sandbox.control
    control.configure(phone_ai={"webhook_url": f"{stage.receiver.url}/phone-ai"})
    with PhoneAI("phone_ai_sandbox", base_url=stage.sandbox.urls["phone_ai"]) as phone:
        call = stage.step("create a call", lambda: phone.calls.create(data="your_request_data"))
        call_id = str(call["callId"])
        stage.step("respond", lambda: phone.calls.respond(call_id, text="Hello"))
        stage.step(
            "inject audio", lambda: phone.calls.audio(call_id, url="https://example.com/a.wav")
        )
        stage.step("route it", lambda: phone.calls.route(call_id, to="+15555550199"))
        stage.step("hang up", lambda: phone.calls.hangup(call_id))
        agent = stage.step("create an agent", lambda: phone.agents.create(name="Front desk"))
        agent_id = str(agent["agentId"])
        stage.step("update it", lambda: phone.agents.update(agent_id, name="Desk"))
        stage.step("give it a persona", lambda: phone.agents.persona(agent_id, tone="calm"))
        control.emit("phone_ai", "inboundText", text="Are you open?")
        stage.check("a text arrived", len(stage.receiver.events["phone-ai"]) == 1)

        def place() -> object:
            return phone.calls.create(data="again")

        stage.survive_faults("phone_ai", "create_call", place)
        stage.ambiguous("phone_ai", "create_call", place)
