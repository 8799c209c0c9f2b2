"""An export's file as the server sends it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.providers import Reply

if TYPE_CHECKING:
    from tests.providers import Backend
CSV = b"id,status\ncall-1,completed\n"
AS_CSV = {"Content-Type": "text/csv; charset=utf-8"}
FILE = Reply(200, CSV, AS_CSV)
CUT = Reply(200, CSV, AS_CSV, promised=1000)


def fetch(whispey: Backend, target: Any, *, more: Any = None, **arguments: Any) -> Any:
    return whispey(
        lambda client: client.exports.download("export-456", target, **arguments), **(more or {})
    )
