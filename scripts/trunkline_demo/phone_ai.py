"""Phone.ai: a call, the operations on it, an agent, and a text message."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trunkline import PhoneAI

if TYPE_CHECKING:
    from .runner import Runner


def run(runner: Runner) -> None:
    """Use every documented operation; survive a 429 and a lost response."""
    control = runner.sandbox.control
    control.configure(phone_ai={"webhook_url": f"{runner.receiver.url}/phone-ai"})
    with PhoneAI("phone_ai_sandbox", base_url=runner.sandbox.urls["phone_ai"]) as phone:
        call = runner.step("create a call", lambda: phone.calls.create(data="your_request_data"))
        call_id = str(call["callId"])
        runner.step("respond", lambda: phone.calls.respond(call_id, text="Hello"))
        runner.step(
            "inject audio", lambda: phone.calls.audio(call_id, url="https://example.com/a.wav")
        )
        runner.step("route it", lambda: phone.calls.route(call_id, to="+15555550199"))
        runner.step("hang up", lambda: phone.calls.hangup(call_id))
        agent = runner.step("create an agent", lambda: phone.agents.create(name="Front desk"))
        agent_id = str(agent["agentId"])
        runner.step("update it", lambda: phone.agents.update(agent_id, name="Desk"))
        runner.step("give it a persona", lambda: phone.agents.persona(agent_id, tone="calm"))
        control.emit("phone_ai", "inboundText", text="Are you open?")
        runner.check("a text arrived", len(runner.receiver.events["phone-ai"]) == 1)

        def place_call() -> object:
            return phone.calls.create(data="again")

        runner.survive_faults("phone_ai", "create_call", place_call)
        runner.check_ambiguous("phone_ai", "create_call", place_call)
