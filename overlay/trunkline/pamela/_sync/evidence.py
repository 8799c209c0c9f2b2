# Derived from pamela/_async/evidence.py by `make generate`; do not edit.
"""Reading the whole list of calls for the markers of keys."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from trunkline._engine.client.ledgers import (
    ListReading,
    ReconcileReport,
    namespace,
    required_ledger,
    unknown_calls,
)
from trunkline._engine.transport.concurrency import sync_in_thread
from trunkline.pamela._evidence import QUIET, RECORDED_AS, Markers, decide

if TYPE_CHECKING:
    from collections.abc import Callable

    from trunkline._engine.client._sync.page import Page
    from trunkline._engine.session.context import ClientContext
    from trunkline_generated.pamela.models.call_status_response import CallStatusResponse

_PAGE: Final = 100
#: The most readings of a list that keeps changing.
_READINGS: Final = 3


def sync_reconcile(
    context: ClientContext, pages: Callable[..., Page[CallStatusResponse]]
) -> ReconcileReport:
    """Decide the unknown calls of a client's ledger."""
    ledger = required_ledger(context)
    ns = namespace(context, RECORDED_AS, ledger.settings.account)
    # A reading can decide only calls that were unknown before it started.
    rows = sync_in_thread(unknown_calls, ledger, ns, QUIET)
    if not rows:
        return ReconcileReport()
    markers = sync_read_markers(pages)
    return sync_in_thread(decide, ledger, rows, markers)


def sync_read_markers(
    pages: Callable[..., Page[CallStatusResponse]],
) -> Markers:
    """Return the markers of all calls; if the list keeps changing, of those that were read."""
    # Without dates: it is not documented which time they filter, and a call that is filtered out
    # would look absent.
    markers = Markers()
    for _ in range(_READINGS):
        reading, markers.read = ListReading(), 0
        for page in pages(limit=_PAGE).pages():
            reading.note(page.total, page.ids, has_more=page.has_next)
            for call in page.items:
                markers.note(call)
        markers.complete = reading.is_complete
        if markers.complete:
            break
    return markers
