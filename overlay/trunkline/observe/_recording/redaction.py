"""The redaction hook: every text passes through it before it is stored or sent."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from trunkline._json import is_array, is_object
from trunkline._redact import redact as mask_sensitive

if TYPE_CHECKING:
    from collections.abc import Callable

    from trunkline.observe._recording.recorder import Entry

__all__ = ["CAPTURES", "Redaction", "mask_sensitive"]

#: How much of a session is recorded; each level includes those before it.
CAPTURES: Final = ("metrics", "transcript", "full")

#: The texts of entries, and the kind that the hook gets for each.
_TEXTS: Final = {
    "text": "transcript",
    "user": "transcript",
    "reply": "transcript",
    "arguments": "tool",
    "output": "tool",
    "error": "error",
}
MAX_TEXT: Final = 20_000
_FAILED: Final = "[redaction failed]"
_CUT: Final = " [cut]"


class Redaction:
    """Prepares entries to be kept.

    Args:
        capture: one of :data:`CAPTURES`.
        hook: called with the kind of a text (``transcript``, ``tool``, ``error``, ``prompt``) and
            the text; returns the text to keep. It runs in the session's thread, so it must be
            fast. When it fails, no part of the text is kept.
    """

    def __init__(self, capture: str, hook: Callable[[str, str], str] | None) -> None:
        self._capture, self._hook = capture, hook
        self.failed = 0
        self.cut = 0

    def prepare(self, entry: Entry) -> Entry:
        """Return an entry without what may not be kept."""
        for name, kind in _TEXTS.items():
            text = entry.get(name)
            if isinstance(text, str):
                if self._capture == "metrics" and kind != "error":
                    del entry[name]
                else:
                    entry[name] = self.text(kind if entry["k"] != "error" else "error", text)
        if entry["k"] == "configure":
            entry["values"] = self._deep(entry["values"])
        return entry

    def text(self, kind: str, text: str) -> str:
        """Return what is kept of a text."""
        if self._hook is not None:
            try:
                text = str(self._hook(kind, text))
            except Exception:  # noqa: BLE001 - a failing hook must not let the text through
                self.failed += 1
                return _FAILED
        if len(text) > MAX_TEXT:
            self.cut += 1
            text = text[:MAX_TEXT] + _CUT
        # A lone surrogate, which some recognisers emit, has no UTF-8 form.
        return text if text.isascii() else text.encode("utf-8", "replace").decode()

    def _deep(self, value: Any) -> Any:
        if is_object(value):
            return {str(name): self._deep(each) for name, each in value.items()}
        if is_array(value):
            return [self._deep(each) for each in value]
        return self.text("prompt", value) if isinstance(value, str) else value
