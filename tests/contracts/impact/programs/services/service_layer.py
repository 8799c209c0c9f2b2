"""The consumer's own layer over its port; nothing here knows the SDK."""

from telephony import PamelaTelephony, Telephony

from trunkline import Pamela


class Reminders:
    def __init__(self, telephony: Telephony) -> None:
        self.telephony = telephony

    def remind(self, number: str) -> str | None:
        call_id = self.telephony.dial(number, "Your order is ready.")
        outcome = self.telephony.outcome(call_id)
        return outcome.summary

    def stop(self, call_id: str) -> None:
        self.telephony.abort(call_id)


def build() -> Reminders:
    return Reminders(PamelaTelephony(Pamela(), country="US"))
