"""What records and downloads send beyond the contract."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.providers import Reply

from trunkline.errors import InvalidArgumentError

if TYPE_CHECKING:
    from pathlib import Path

    from tests.providers import Backend, Scripted

STORED = Reply(200, {"success": True, "data": {"message": "stored", "log_id": "l-1"}})


def test_a_record_with_further_members_is_sent_whole(whispey: Backend, server: Scripted) -> None:
    """They are top-level members, so the record is never compressed, however long."""
    server.then(STORED)
    whispey(
        lambda client: client.ingest.call_ended(
            call_id="c",
            agent_id="a",
            transcript_json=[{"role": "user", "content": "x" * 20_000}],
            extra_body={"region": "eu"},
            extra_query={"y": 2},
            extra_headers={"X-A": "1"},
        )
    )
    asked = server.asked[0]
    assert (asked.json["region"], asked.json["call_id"]) == ("eu", "c")
    assert asked.path == "/api/logs/call-logs?x=1&y=2"
    assert asked.headers["x-a"] == "1"


def test_a_redirect_takes_none_of_them_along(
    whispey: Backend, server: Scripted, elsewhere: Scripted, tmp_path: Path
) -> None:
    """A download sends them to the API, and not to the redirect's target."""
    server.then(Reply(302, headers={"Location": f"{elsewhere.url}/file"}))
    elsewhere.then(Reply(200, b"a,b\n", {"Content-Type": "text/csv"}))
    whispey(
        lambda client: client.exports.download(
            "e", tmp_path / "f.csv", extra_query={"q": "1"}, extra_headers={"X-A": "1"}
        )
    )
    assert server.asked[0].path.endswith("/download?q=1")
    assert server.asked[0].headers["x-a"] == "1"
    assert elsewhere.asked[0].path == "/file"
    assert "x-a" not in elsewhere.asked[0].headers


def test_a_download_url_takes_none(whispey: Backend, server: Scripted, tmp_path: Path) -> None:
    """They cannot go to another host, so both arguments together are refused."""
    with pytest.raises(InvalidArgumentError, match="extra_query cannot be sent to the export's"):
        whispey(
            lambda client: client.exports.download(
                "e", tmp_path / "f.csv", use_download_url=True, extra_query={"q": "1"}
            )
        )
    assert server.asked == []
