"""A service class of a CRM that wraps the client."""

from __future__ import annotations

import trunkline
from trunkline.pamela import CallStatus


class Record:
    summary = ""
    status = "new"


class Telephony:
    def __init__(self, key: str) -> None:
        self.client = trunkline.Pamela(key)
        self.patient = self.client.with_options(timeout=60, max_retries=5)
        self.records: list[Record] = []

    def start(self, number: str, task: str) -> str:
        raw = self.client.calls.with_raw_response.create(  # hit: consent
            to=number,
            task=task,
            country="DE",  # hit: country
        )
        print(raw.status_code, raw.request_id)
        return raw.parsed.id

    def outcome(self, call_id: str) -> str:
        call = self.patient.calls.get(call_id)
        if call.status is CallStatus.COMPLETED:  # hit: no_answer
            return call.summary or ""  # hit: summary
        elif call.status in {CallStatus.FAILED, CallStatus.CANCELLED}:
            return "no conversation"
        elif call.status in {CallStatus.QUEUED, CallStatus.RINGING, CallStatus.IN_PROGRESS}:
            return "running"

    def stop(self, call_id: str) -> None:
        calls = self.client.calls
        calls.cancel(call_id)  # hit: cancel_call

    def summaries(self) -> list[str]:
        return [record.summary for record in self.records]

    def minutes(self) -> float:
        return self.client.usage.get(period="2026-01").api_minutes or 0.0  # hit: api_minutes
