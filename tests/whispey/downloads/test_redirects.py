"""Where an export is downloaded from: the key goes only to the client's own server."""

from __future__ import annotations

from typing import TYPE_CHECKING

import anyio
import httpx
import pytest
from tests.providers import Reply
from tests.whispey import page
from tests.whispey.conftest import KEY
from tests.whispey.page import success

from trunkline import AsyncWhispey, Whispey
from trunkline.errors import (
    InvalidArgumentError,
    UnexpectedStatusError,
)
from trunkline.whispey import Export

if TYPE_CHECKING:
    from pathlib import Path

    from tests.providers import Backend, Scripted
from tests.whispey.downloads.support import CSV, CUT, FILE, fetch


def test_a_redirect_is_followed_without_the_key(
    whispey: Backend, server: Scripted, elsewhere: Scripted, target: Path
) -> None:
    """Neither the key nor a caller's header reaches another host; the query does."""
    place = f"{elsewhere.url}/bucket/a%2Fb.csv?X-Amz-Signature=%2Babc"
    server.then(Reply(302, {"moved": 1}, {"Location": place}))
    elsewhere.then(FILE)
    fetch(whispey, target, more={"headers": {"X-Mine": "secret"}})
    assert server.asked[0].headers["x-mine"] == "secret"
    asked = elsewhere.asked[0]
    assert asked.path == "/bucket/a%2Fb.csv?X-Amz-Signature=%2Babc"
    assert KEY not in repr(asked)
    assert "secret" not in repr(asked)
    assert asked.headers["host"] == elsewhere.url.removeprefix("http://")
    assert target.read_bytes() == CSV


@pytest.mark.parametrize("location", ["/files/1", "1?a=b", "//{host}/files/1"])
def test_a_redirect_to_the_same_origin_gets_no_key(
    whispey: Backend, server: Scripted, target: Path, location: str
) -> None:
    """Relative locations are resolved, and requested without the key too."""
    host = server.url.removeprefix("http://")
    server.then(Reply(307, b"", {"Location": location.format(host=host)}), FILE)
    fetch(whispey, target)
    assert "authorization" in server.asked[0].headers
    assert "authorization" not in server.asked[1].headers


def test_a_presigned_url_may_expire(
    whispey: Backend, server: Scripted, elsewhere: Scripted, target: Path
) -> None:
    """If the file breaks off after a redirect, the retry starts at the API again."""
    server.then(
        Reply(302, b"", {"Location": f"{elsewhere.url}/1"}),
        Reply(302, b"", {"Location": f"{elsewhere.url}/2"}),
    )
    elsewhere.then(CUT, FILE)
    assert fetch(whispey, target).size == len(CSV)
    assert [asked.path for asked in elsewhere.asked] == ["/1", "/2"]
    assert [("authorization" in asked.headers) for asked in server.asked] == [True, True]


def test_a_redirect_to_nowhere_new_ends(whispey: Backend, server: Scripted, target: Path) -> None:
    """A redirect loop ends after a few redirects."""
    server.then(*(Reply(301, b"", {"Location": "/again"}) for _ in range(20)))
    with pytest.raises(UnexpectedStatusError, match="not followed"):
        fetch(whispey, target)
    assert len(server.asked) == 6


def test_a_foreign_url_is_used_on_demand_and_without_the_key(
    whispey: Backend, server: Scripted, elsewhere: Scripted, target: Path
) -> None:
    """The id is looked up first, with the key; the vendor's other host does not get the key."""
    server.then(Reply(200, success({**page.EXPORT, "download_url": f"{elsewhere.url}/f?s=1"})))
    elsewhere.then(FILE)
    fetch(whispey, target, use_download_url=True)
    assert [asked.path for asked in server.asked] == ["/v1/exports/export-456"]
    assert elsewhere.asked[0].path == "/f?s=1"
    assert KEY not in repr(elsewhere.asked[0])
    assert target.read_bytes() == CSV


def test_a_url_of_the_same_origin_uses_the_id(
    whispey: Backend, server: Scripted, target: Path
) -> None:
    """If the URL is on our own server, the path is made from the id, with the key."""
    export = Export(id="export-456", download_url=f"{server.url}/v1/exports/other/download")
    server.then(FILE)
    whispey(lambda client: client.exports.download(export, target, use_download_url=True))
    assert server.asked[0].path == "/v1/exports/export-456/download"
    assert "authorization" in server.asked[0].headers


@pytest.mark.parametrize(
    "url", [None, 5, "ftp://a.example/x", "/v1/x", "https://", "https://u@a.example"]
)
def test_urls_that_lead_nowhere(
    whispey: Backend, server: Scripted, target: Path, url: str | None
) -> None:
    """They are refused before sending, and not shown: they may contain a signature."""
    export = Export(id="export-456", download_url=url)
    with pytest.raises(InvalidArgumentError, match=r"(?i)url"):
        whispey(lambda client: client.exports.download(export, target, use_download_url=True))
    assert not server.asked


def test_https_never_becomes_http(target: Path, elsewhere: Scripted) -> None:
    """A file of call data is not sent in the clear when the API is encrypted."""
    export = Export(id="export-456", download_url=f"{elsewhere.url}/f")
    with Whispey(KEY) as whispey, pytest.raises(InvalidArgumentError, match="https"):
        whispey.exports.download(export, target, use_download_url=True)
    assert not elsewhere.asked


def test_downloads_go_through_a_transport_of_the_caller_s(
    server: Scripted, elsewhere: Scripted, target: Path
) -> None:
    """A user's own httpx transport is used for files too, with redirects and retries."""
    server.then(CUT, Reply(302, b"", {"Location": f"{elsewhere.url}/1"}))
    elsewhere.then(FILE)
    with Whispey(KEY, base_url=server.url, transport=httpx.HTTPTransport()) as whispey:
        assert whispey.exports.download("export-456", target).size == len(CSV)
    assert KEY not in repr(elsewhere.asked)


@pytest.mark.parametrize("backend", ["asyncio", "trio"])
def test_async_downloads_go_through_a_transport_of_the_caller_s(
    server: Scripted, target: Path, backend: str
) -> None:
    """The same in the other backends."""
    server.then(FILE)

    async def scenario() -> None:
        transport = httpx.AsyncHTTPTransport()
        async with AsyncWhispey(KEY, base_url=server.url, transport=transport) as whispey:
            await whispey.exports.download("export-456", target)

    anyio.run(scenario, backend=backend)
    assert target.read_bytes() == CSV
