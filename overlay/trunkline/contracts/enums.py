"""Levels, directions and the other enums used in findings."""

from __future__ import annotations

from enum import IntEnum, StrEnum

__all__ = ["Confidence", "Direction", "Level", "OperationKind"]


class Level(IntEnum):
    """How urgent an edit is for a client of the API; levels compare by urgency."""

    DOC = 0
    INFO = 1
    WARNING = 2
    BREAKING = 3

    @property
    def label(self) -> str:
        """The lower-case name, as written in options and outputs."""
        return self.name.lower()

    @classmethod
    def parse(cls, text: str) -> Level:
        """Return the level with this label, in any letter case; ValueError names the choices."""
        try:
            return cls[text.strip().upper()]
        except KeyError:
            known = ", ".join(level.label for level in cls)
            raise ValueError(f"{text!r} is not a level: use one of {known}") from None


class Direction(StrEnum):
    """Which way data flows, seen from the client.

    A request body and a parameter are sent, a response is received. In a webhook or a callback, the
    server sends the request, so the request is received and the response is sent.
    """

    SENT = "sent"
    RECEIVED = "received"


class OperationKind(StrEnum):
    """Who starts the exchange: the client (`path`) or the server (`webhook`, `callback`)."""

    PATH = "path"
    WEBHOOK = "webhook"
    CALLBACK = "callback"


class Confidence(StrEnum):
    """Whether a call site certainly hits the edit, or only an attribute name matches."""

    CERTAIN = "certain"
    POSSIBLE = "possible"
